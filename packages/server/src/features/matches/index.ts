// Public door of the matches.
export { matchRoutes } from './routes.js';
export { matchInWords, type Measured } from './words.js';
