// Public door of the matches.
export { matchRoutes } from './routes.js';
export { comparisonOf } from './service.js';
export { matchInWords, type Measured } from './words.js';
