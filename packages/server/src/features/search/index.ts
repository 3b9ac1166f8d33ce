// Public door of the search.
export { searchRoutes } from './routes.js';
