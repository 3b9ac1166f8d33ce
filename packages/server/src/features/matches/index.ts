// Public door of the matches.
export { matchRoutes } from './routes.js';
export { compareMedia, listMatches } from './service.js';
export { matchInWords } from './words.js';
