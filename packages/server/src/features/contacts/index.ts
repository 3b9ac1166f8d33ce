// Public door of the contacts.
export { contactRoutes } from './routes.js';
