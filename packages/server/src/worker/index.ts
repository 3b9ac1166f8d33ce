// Public door of the worker.
export { runWorker } from './worker.js';
