// Public door of the media.
export { readOccurrences } from './occurrences.js';
export { mediaRoutes } from './routes.js';
export { listOccurrences, oneMedia, requireMedia } from './service.js';
