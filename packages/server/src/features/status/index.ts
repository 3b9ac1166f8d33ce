// Public door of the status.
export { statusRoutes } from './routes.js';
export { readinessOf, sealingOf } from './service.js';
