// Public door of where and when.
export { whereAndWhenRoutes } from './routes.js';
