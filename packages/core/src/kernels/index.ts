// Public door of the kernels: numeric code over typed arrays, without I/O.
export { bitCount32, distanceBits256, distanceWords256 } from './hamming.js';
export { lumaFromRgb } from './luma.js';
export {
  inverseOrientation,
  ORIENTATION_COUNT,
  orientationMap,
  ORIENTATIONS,
  swapsAxes,
  type Orientation,
} from './orientation.js';
export { HASH_BYTES, hashFromHex, hashToHex } from './pdq/bits.js';
export { pdqFromLuma, type PdqHashes } from './pdq/pdq.js';
