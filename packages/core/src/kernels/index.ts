// Public door of the kernels: numeric code over typed arrays, without I/O.
export { bitCount32, distanceBits256, distanceWords256 } from './hamming.js';
export { JPEG_LUMA_SHRINK, jpegLuma, type JpegLuma } from './jpeg/jpeg-luma.js';
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
export { FRAME_CELLS, frameCells } from './frames/frame-cells.js';
export { GRID_CELLS, GRID_SIDE, lumaGrid } from './grid/luma-grid.js';
export { compareGrids, type GridComparison } from './grid/compare-grids.js';
export { detailPercent } from './grid/detail.js';
export { EDGE_HASH_BYTES, edgeHashes } from './grid/edge-hash.js';
export * from './features/index.js';
export * from './noise/index.js';
export * from './words/index.js';
