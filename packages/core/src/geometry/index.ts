// Public door of the geometry between two pictures.
export { correspondences, type Correspondences } from './correspondences.js';
export { findCopy, LEAST_BUSY, type CopyEvidence } from './copy.js';
export { usedRegion } from './cells.js';
export { unlikeOthers } from './twins.js';
export { findView, type ViewEvidence } from './view.js';
export { nearestTurn } from './turn.js';
export {
  apply,
  boundsOf,
  compose,
  coveredRegion,
  invert,
  relativeTransform,
  type Affine,
  type Point,
  type Region,
} from './transform.js';
