// Public door of the stacks.
export { readTiles } from './queries.js';
export { stackRoutes } from './routes.js';
export { listStacks } from './service.js';
