// Door of the threads that compare.
export { CompareThreads } from './compare-threads.js';
