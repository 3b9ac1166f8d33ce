// Public door of the lists.
export { listRoutes } from './routes.js';
export { importList } from './import.js';
export { listByName } from './service.js';
