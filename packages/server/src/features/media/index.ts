// Public door of the media.
export { readOccurrences } from './occurrences.js';
export { mediaRoutes } from './routes.js';
export { readVeiled, revealMedia } from './renditions.js';
export { listOccurrences, oneMedia, requireMedia, showMedia, showStack } from './service.js';
