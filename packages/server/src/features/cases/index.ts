// Public door of the cases.
export { namedCase } from './named-case.js';
export { caseByReference, colleagueByLogin, readCases } from './queries.js';
export { caseRoutes } from './routes.js';
export { createCase, ownCase, requireCase, requireWritable } from './service.js';
