// Public door of the graph.
export { graphRoutes } from './routes.js';
