// A 256-bit hash of local luma differences, in eight orientations. Each bit looks at two neighbouring places only, so that what is
// pasted over a part of a picture moves the bits of that part and no others: where a transform hash such as PDQ loses its way.
import { ORIENTATION_COUNT, orientationMap, ORIENTATIONS } from '../orientation.js';
import { GRID_SIDE } from './luma-grid.js';

export const EDGE_HASH_BYTES = 32;

const SIDE = 16;
const CELLS_A_BLOCK = (GRID_SIDE / SIDE) ** 2;
/** Luma that the next block must be brighter by: noise of flat parts stays below it. */
const STEP = 2;

/** Eight hashes of 32 bytes in the order of `ORIENTATIONS`, from a grid of 64 x 64 luma cells. */
export const edgeHashes = (grid: Uint8Array): Uint8Array => {
  const blocks = blockSums(grid);
  const turned = new Int32Array(blocks.length);
  const hashes = new Uint8Array(ORIENTATION_COUNT * EDGE_HASH_BYTES);
  ORIENTATIONS.forEach((orientation, k) => {
    const map = orientationMap(SIDE, orientation);
    for (let i = 0; i < turned.length; i++) turned[i] = blocks[map[i]!]!;
    writeHash(turned, hashes, k * EDGE_HASH_BYTES);
  });
  return hashes;
};

/** One bit a block, in a chessboard of two kinds: is the block on its right (on its other colour: below it) brighter? */
const writeHash = (blocks: Int32Array, hashes: Uint8Array, offset: number): void => {
  for (let row = 0, i = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++, i++) {
      const acrossRow = (row + column) % 2 === 1;
      const next = acrossRow ? (column < SIDE - 1 ? i + 1 : i) : row < SIDE - 1 ? i + SIDE : i;
      if (blocks[next]! - blocks[i]! > STEP * CELLS_A_BLOCK) hashes[offset + (i >> 3)]! |= 1 << (i & 7);
    }
  }
};

const blockSums = (grid: Uint8Array): Int32Array => {
  const sums = new Int32Array(SIDE * SIDE);
  const shift = Math.log2(GRID_SIDE / SIDE);
  for (let row = 0, at = 0; row < GRID_SIDE; row++) {
    for (let column = 0; column < GRID_SIDE; column++) {
      sums[(row >> shift) * SIDE + (column >> shift)]! += grid[at++]!;
    }
  }
  return sums;
};
