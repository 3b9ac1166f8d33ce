// Every signal of a picture from one decode.
import { detailPercent, edgeHashes, lumaGrid as gridOf, pdqFromLuma } from '../kernels/index.js';
import { edgeHashSignal } from './edge-hash.js';
import { lumaGridSignal } from './luma-grid.js';
import type { Signal } from './method.js';
import { pdqSignal } from './pdq.js';

/**
 * `luma` is `width` x `height` values of 0..255, row-major, upright (EXIF orientation applied), as decoded or shrunk to no less than 768 on
 * the longer side. Yields pdq, edge-hash and luma-grid.
 */
export const pictureSignals = (luma: Float32Array | Uint8Array, width: number, height: number): readonly Signal[] => {
  const { hashes, quality } = pdqFromLuma(luma, width, height);
  return signalsOfPicture(hashes, quality, gridOf(luma, width, height));
};

/** The same signals from what a decoder measured: eight PDQ hashes, their quality, and the grid, from which edge-hash follows. */
export const signalsOfPicture = (hashes: Uint8Array, quality: number, grid: Uint8Array): readonly Signal[] => {
  const detail = detailPercent(grid);
  return [pdqSignal(hashes, quality), edgeHashSignal(edgeHashes(grid), detail), lumaGridSignal(grid, detail)];
};
