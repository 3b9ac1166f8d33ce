// Public door of the reports.
export { makeReport, type MadeReport } from './make/make-report.js';
export { reportRoutes } from './routes.js';
