// Public door of reports of phones and of providers: written by whoever reads an export, shown with its exhibit.
export { phoneReportRoutes } from './routes.js';
export { ReportWriter, type ReportTarget } from './write/report-writer.js';
