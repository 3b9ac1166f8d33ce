// From any luma picture to the 64 x 64 cells that PDQ hashes: nearest-neighbour cap at 512 x 512, tent filter, decimation.
import { boxColumns, boxRows, boxWindow } from './box-filter.js';

/** Side of the square of cells. */
export const CELLS = 64;
/** A picture with a side above this is first resized to exactly this square, as the reference's program does. */
export const MAX_SIDE = 512;

/** Nearest neighbour, aspect ignored. Yields `side` x `side` values. */
export const nearestSquare = (
  luma: Float32Array | Uint8Array,
  width: number,
  height: number,
  side: number,
): Float32Array => {
  const square = new Float32Array(side * side);
  for (let row = 0, at = 0; row < side; row++) {
    const start = Math.floor((row * height) / side) * width;
    for (let column = 0; column < side; column++) square[at++] = luma[start + Math.floor((column * width) / side)]!;
  }
  return square;
};

/** Index of the sample at the centre of each cell of a line. */
const centres = (length: number): Int32Array =>
  Int32Array.from({ length: CELLS }, (_, cell) => Math.floor(((cell + 0.5) * length) / CELLS));

// Two pictures of the largest size, reused from call to call: nothing here is kept, and one thread runs one call at a time.
const here = new Float32Array(MAX_SIDE * MAX_SIDE);
const there = new Float32Array(MAX_SIDE * MAX_SIDE);

/**
 * Two passes of a box filter in each direction (W. Jarosz, "Fast image convolutions", 2001), read at the cell centres. The
 * last pass runs down the 64 columns that are read, not down all of them. At most `MAX_SIDE` on either side.
 */
export const downsampleTent = (luma: Float32Array | Uint8Array, width: number, height: number): Float32Array => {
  const alongRow = boxWindow(width, CELLS);
  const alongColumn = boxWindow(height, CELLS);
  boxRows(luma, here, width, height, alongRow);
  boxColumns(here, there, width, height, alongColumn);
  boxRows(there, here, width, height, alongRow);

  const columns = centres(width);
  const narrow = there.subarray(0, CELLS * height);
  for (let row = 0, at = 0; row < height; row++) {
    for (let cell = 0; cell < CELLS; cell++) narrow[at++] = here[row * width + columns[cell]!]!;
  }
  boxColumns(narrow, here, CELLS, height, alongColumn);

  const cells = new Float32Array(CELLS * CELLS);
  centres(height).forEach((row, cell) => cells.set(here.subarray(row * CELLS, (row + 1) * CELLS), cell * CELLS));
  return cells;
};
