// Public door of contribution packages.
export { packageRoutes } from './routes.js';
export { putReceipt } from './receive.js';
