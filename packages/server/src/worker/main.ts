// Entry of a worker process that a supervisor starts.
import { runChildProcess } from '../app/child-process.js';
import { runWorker } from './worker.js';

await runChildProcess(runWorker);
