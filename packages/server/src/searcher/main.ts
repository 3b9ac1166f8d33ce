// Entry of the searcher process that a server starts.
import { runChildProcess } from '../app/child-process.js';
import { runSearcher } from './searcher-process.js';

await runChildProcess(runSearcher);
