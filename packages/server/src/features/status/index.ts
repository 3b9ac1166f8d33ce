// Public door of the status.
export { statusRoutes } from './routes.js';
export { readinessOf, readStatus, sealingOf } from './service.js';
