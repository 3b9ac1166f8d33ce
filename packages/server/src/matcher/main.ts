// Entry of a matcher process that a supervisor starts.
import { runChildProcess } from '../app/child-process.js';
import { runMatcher } from './matcher.js';

await runChildProcess(runMatcher);
