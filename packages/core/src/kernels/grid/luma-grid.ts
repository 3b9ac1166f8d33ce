// A picture as a square grid of mean luma: small, comparable cell by cell, and hardly moved by re-encoding and resizing.
import { fail } from '../../errors/index.js';

/** Cells along one side of the grid. */
export const GRID_SIDE = 64;
export const GRID_CELLS = GRID_SIDE * GRID_SIDE;

/** How much of each sample of a line falls into which cell: cell borders cut through samples. */
interface Spread {
  /** First sample of each cell, and one past its last. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Weight of the first and of the last sample of a cell; those between weigh 1. */
  readonly first: Float32Array;
  readonly last: Float32Array;
}

const spreadOver = (length: number): Spread => {
  const from = new Int32Array(GRID_SIDE);
  const to = new Int32Array(GRID_SIDE);
  const first = new Float32Array(GRID_SIDE);
  const last = new Float32Array(GRID_SIDE);
  for (let cell = 0; cell < GRID_SIDE; cell++) {
    const start = (cell * length) / GRID_SIDE;
    const end = ((cell + 1) * length) / GRID_SIDE;
    from[cell] = Math.floor(start);
    to[cell] = Math.min(length, Math.ceil(end - 1e-9));
    const single = to[cell]! - from[cell]! === 1;
    first[cell] = single ? end - start : from[cell]! + 1 - start;
    last[cell] = single ? 0 : end - (to[cell]! - 1);
  }
  return { from, to, first, last };
};

/**
 * Mean luma of 64 x 64 equal cells over the whole picture, aspect ignored: 4096 bytes of 0..255, row-major. `luma` holds `width` x
 * `height` values of 0..255, EXIF orientation applied. Throws HASH_INVALID where the sizes disagree or there is no pixel.
 */
export const lumaGrid = (luma: Float32Array | Uint8Array, width: number, height: number): Uint8Array => {
  if (!(width > 0 && height > 0) || luma.length !== width * height) {
    throw fail('HASH_INVALID', `${luma.length} luma values do not make ${width} x ${height}`);
  }
  const across = spreadOver(width);
  const down = spreadOver(height);
  const narrow = new Float32Array(GRID_SIDE * height);
  for (let row = 0, at = 0; row < height; row++) {
    const start = row * width;
    for (let cell = 0; cell < GRID_SIDE; cell++) {
      const end = start + across.to[cell]! - 1;
      let sum = luma[start + across.from[cell]!]! * across.first[cell]!;
      for (let sample = start + across.from[cell]! + 1; sample < end; sample++) sum += luma[sample]!;
      narrow[at++] = sum + luma[end]! * across.last[cell]!;
    }
  }
  const sums = new Float32Array(GRID_SIDE);
  const grid = new Uint8Array(GRID_CELLS);
  const area = (width / GRID_SIDE) * (height / GRID_SIDE);
  for (let row = 0; row < GRID_SIDE; row++) {
    sums.fill(0);
    const last = down.to[row]! - 1;
    for (let sample = down.from[row]!; sample <= last; sample++) {
      const weight = sample === down.from[row]! ? down.first[row]! : sample === last ? down.last[row]! : 1;
      for (let cell = 0, at = sample * GRID_SIDE; cell < GRID_SIDE; cell++) sums[cell]! += weight * narrow[at++]!;
    }
    for (let cell = 0; cell < GRID_SIDE; cell++) grid[row * GRID_SIDE + cell] = Math.round(sums[cell]! / area);
  }
  return grid;
};
