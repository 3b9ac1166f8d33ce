// Door of the walk: folders and archives as one stream of entries.
export { isWalkable } from './archive.js';
export { bufferAccess, fileAccess, streamRange, type RandomAccess } from './random-access.js';
export { WALK_DEFAULTS, type Entry, type ItemProblem, type SourceTime, type WalkLimits } from './types.js';
export { walk, walkArchive, type WalkOptions } from './walk.js';
