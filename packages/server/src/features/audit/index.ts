// Public door of the audit record.
export { auditRoutes } from './routes.js';
export { listAudit } from './service.js';
