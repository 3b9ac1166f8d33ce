// Entry of a sealer process that a supervisor starts.
import { runChildProcess } from '../app/child-process.js';
import { runSealer } from './sealer.js';

await runChildProcess(runSealer);
