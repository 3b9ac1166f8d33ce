// Public door of break-glass access.
export { breakGlassRoutes } from './routes.js';
export { breakGlass } from './service.js';
