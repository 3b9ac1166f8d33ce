// Public door of the media.
export { mediaNamed } from './named-media.js';
export { readOccurrences } from './occurrences.js';
export { readVeiled, readVeiledStoryboard, revealMedia } from './renditions.js';
export { mediaRoutes } from './routes.js';
export { listOccurrences, oneMedia, requireMedia, showMedia, stackOf } from './service.js';
