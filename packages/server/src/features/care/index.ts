// Public door of care.
export { careRoutes } from './routes.js';
