// Connected patches of marked cells in a grid, with small gaps bridged: the letters of one caption are one patch.
import { GRID_SIDE } from './luma-grid.js';

/** Cells this far apart, in either direction, still belong together. */
const BRIDGE = 2;

/** Number of marked cells of each patch, largest first. `marked` is 64 x 64 of 0 or 1. */
export const patchSizes = (marked: Uint8Array): number[] => {
  const left = marked.slice();
  const sizes: number[] = [];
  const open: number[] = [];
  const take = (cell: number): void => {
    if (left[cell] !== 1) return;
    left[cell] = 0;
    open.push(cell);
  };
  for (let start = 0; start < left.length; start++) {
    take(start);
    let size = 0;
    for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
      size++;
      const row = Math.floor(cell / GRID_SIDE);
      const column = cell % GRID_SIDE;
      const [top, bottom] = [Math.max(0, row - BRIDGE), Math.min(GRID_SIDE - 1, row + BRIDGE)];
      const [first, last] = [Math.max(0, column - BRIDGE), Math.min(GRID_SIDE - 1, column + BRIDGE)];
      for (let y = top; y <= bottom; y++) for (let x = first; x <= last; x++) take(y * GRID_SIDE + x);
    }
    if (size > 0) sizes.push(size);
  }
  return sizes.sort((a, b) => b - a);
};
