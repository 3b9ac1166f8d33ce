// Public door of the stacks.
export { BYTES, CAMERA, metadataOf, PLACE, platformOf, structureOf, WRITTEN, YEAR } from './filters.js';
export { chosenTiles, readTiles } from './queries.js';
export { stackRoutes } from './routes.js';
export { listStacks, requireContentStep } from './service.js';
