// PDQ, the perceptual hash of pictures published by Facebook ("The TMK+PDQF video-hashing algorithm and the PDQ image-hashing
// algorithm", 2019), from its description: luma, tent filter to 64 x 64, DCT, one bit a frequency. docs/methods/pdq.md.
import { fail } from '../../errors/index.js';
import { ORIENTATION_COUNT, ORIENTATIONS, type Orientation } from '../orientation.js';
import { HASH_BYTES } from './bits.js';
import { AT, CELLS, LINE, MAX_SIDE, pdqKernel, type PdqKernel } from './kernel.js';

/** Pictures with a shorter side have no hash: all bits 0, quality 0. */
const MIN_SIDE = 5;
/** Whole per cent of gradient that make one point of quality. */
const GRADIENTS_PER_POINT = 90;

export interface PdqHashes {
  /** Eight hashes of 32 bytes in the order of `ORIENTATIONS`: entry k is the hash of the picture turned that way. */
  readonly hashes: Uint8Array;
  /** 0..100. Below 50 the picture is too flat for its hash to mean anything. */
  readonly quality: number;
}

/**
 * Hashes a luma picture of `width` x `height` values of 0..255, row-major, EXIF orientation applied. Give pixels as decoded, or, where
 * a side is over 512, an area-averaged 512 x 512 with the aspect ignored: both stay within the reference's own tolerance
 * (docs/methods/pdq.md has the figures). Throws HASH_INVALID where the sizes disagree.
 */
export const pdqFromLuma = (luma: Float32Array | Uint8Array, width: number, height: number): PdqHashes => {
  if (!Number.isInteger(width) || !Number.isInteger(height) || luma.length !== width * height) {
    throw fail('HASH_INVALID', `${luma.length} luma values do not make ${width} x ${height}`);
  }
  if (width < MIN_SIDE || height < MIN_SIDE)
    return { hashes: new Uint8Array(ORIENTATION_COUNT * HASH_BYTES), quality: 0 };

  const kernel = pdqKernel();
  if (width > MAX_SIDE || height > MAX_SIDE) {
    placeNearest(kernel, luma, width, height);
    filterToCells(kernel, MAX_SIDE, MAX_SIDE);
  } else {
    for (let row = 0; row < height; row++) {
      kernel.floats.set(luma.subarray(row * width, (row + 1) * width), AT.there / 4 + row * LINE);
    }
    filterToCells(kernel, width, height);
  }
  return hashCells(kernel);
};

/** The picture as exactly 512 x 512: nearest neighbour, aspect ignored. */
const placeNearest = ({ floats }: PdqKernel, luma: Float32Array | Uint8Array, width: number, height: number): void => {
  const columns = new Int32Array(MAX_SIDE);
  for (let column = 0; column < MAX_SIDE; column++) columns[column] = Math.floor((column * width) / MAX_SIDE);
  for (let row = 0; row < MAX_SIDE; row++) {
    const start = Math.floor((row * height) / MAX_SIDE) * width;
    const to = AT.there / 4 + row * LINE;
    for (let column = 0; column < MAX_SIDE; column++) floats[to + column] = luma[start + columns[column]!]!;
  }
};

/** PDQ's window: half of one output cell, rounded up, since two passes make a tent of twice that width. */
const windowOf = (length: number): number => Math.floor((length + 2 * CELLS - 1) / (2 * CELLS));

/**
 * Two passes of a box filter in each direction, along the rows first, read at the centres of the cells. A filter runs down the lines of a
 * matrix, so each but the first needs the matrix turned; the last two are only worked out where they are read.
 */
const filterToCells = ({ run }: PdqKernel, width: number, height: number): void => {
  const { here, there } = AT;
  run.transpose(there, here, height, width);
  run.sweep(here, there, width, height, windowOf(width), width);
  run.transpose(there, here, width, height);
  run.sweep(here, there, height, width, windowOf(height), height);
  run.transpose(there, here, height, width);
  run.sweep(here, there, width, height, windowOf(width), CELLS);
  run.transpose(there, here, CELLS, height);
  run.sweep(here, there, height, CELLS, windowOf(height), CELLS);
};

/**
 * All eight orientations from one DCT: turning a picture permutes its frequencies and changes the sign of the odd ones. Each row: what a
 * reversal of rows and of columns makes of the upright picture, and the same with rows and columns exchanged after it.
 */
const PAIRS: readonly (readonly [rows: boolean, columns: boolean, turned: Orientation, exchanged: Orientation])[] = [
  [false, false, 'upright', 'transpose'],
  [true, false, 'flip', 'rotate90'],
  [false, true, 'mirror', 'rotate270'],
  [true, true, 'rotate180', 'transverse'],
];

const hashCells = ({ run, bytes }: PdqKernel): PdqHashes => {
  run.lowFrequencies(AT.there, AT.basis, AT.turnedBasis, AT.between, AT.coefficients);
  const place = (orientation: Orientation): number => AT.hashes + ORIENTATIONS.indexOf(orientation) * HASH_BYTES;
  for (const [rows, columns, turned, exchanged] of PAIRS) {
    run.hashPair(AT.coefficients, rows, columns, AT.room, place(turned), place(exchanged));
  }
  return {
    hashes: bytes.slice(AT.hashes, AT.hashes + ORIENTATION_COUNT * HASH_BYTES),
    quality: Math.min(100, Math.floor(run.gradients(AT.there) / GRADIENTS_PER_POINT)),
  };
};
