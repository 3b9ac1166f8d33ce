// Public door of the operations.
export { operationByReference } from './queries.js';
export { operationRoutes } from './routes.js';
export { addOperation, joinOperation, listOperations } from './service.js';
