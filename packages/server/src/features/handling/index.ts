// Public door of the handling codes.
export { handlingRoutes } from './routes.js';
export { mark, requireHandling } from './service.js';
