// Public door of the audit record.
export { auditRoutes } from './routes.js';
export { stateLines } from './print.js';
export { readRecordState } from './record-state.js';
