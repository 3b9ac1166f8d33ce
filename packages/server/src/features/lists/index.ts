// Public door of the lists.
export { listRoutes } from './routes.js';
export { importList } from './service.js';
