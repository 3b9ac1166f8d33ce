// Public door of the handling codes.
export { handlingRoutes } from './routes.js';
export { byTrafficLight, hasCode } from './queries.js';
export { mark, requireHandling } from './service.js';
