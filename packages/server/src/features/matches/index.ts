// Public door of the matches.
export { matchRoutes } from './routes.js';
export { matchInWords } from './words.js';
