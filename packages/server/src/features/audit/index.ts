// Public door of the audit record.
export { auditRoutes } from './routes.js';
