// Public door of the lists.
export { listRoutes } from './routes.js';
export { importList, listByName } from './service.js';
