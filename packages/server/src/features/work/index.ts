// Public door of the queue.
export { announceWork, WORK_CHANNEL } from './channel.js';
export * from './leases.js';
