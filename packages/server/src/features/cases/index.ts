// Public door of the cases and their exhibits.
export { exhibitRoutes } from './exhibit-routes.js';
export { listExhibits, listFailures, readExhibit } from './exhibits.js';
export { caseByReference } from './queries.js';
export { caseRoutes } from './routes.js';
export { createCase, listCases, readCase, requireWritable } from './service.js';
