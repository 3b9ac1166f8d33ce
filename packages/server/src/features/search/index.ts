// Public door of the search.
export { searchRoutes } from './routes.js';
export { search, type SearchInput } from './service.js';
