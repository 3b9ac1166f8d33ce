// Public door of the cases.
export { caseByReference } from './queries.js';
export { caseRoutes } from './routes.js';
export { createCase, requireWritable } from './service.js';
