// Public door of the connections.
export { connectionEnd, connectionLines } from './commands.js';
export { connectionRoutes } from './routes.js';
export { listConnections } from './service.js';
