// Where a luma grid holds detail: cells that stand out from their neighbours, and so say more than a gradient does.
import { GRID_CELLS, GRID_SIDE } from './luma-grid.js';

/** Luma by which a cell differs from the mean of its two neighbours, across or down, to count as detail. */
const STAND_OUT = 4;

/** 1 for each cell of detail. */
export const detailMask = (grid: Uint8Array): Uint8Array => {
  const mask = new Uint8Array(GRID_CELLS);
  const last = GRID_SIDE - 1;
  for (let row = 0, at = 0; row < GRID_SIDE; row++) {
    for (let column = 0; column < GRID_SIDE; column++, at++) {
      const twice = 2 * grid[at]!;
      const across = grid[column > 0 ? at - 1 : at]! + grid[column < last ? at + 1 : at]!;
      const down = grid[row > 0 ? at - GRID_SIDE : at]! + grid[row < last ? at + GRID_SIDE : at]!;
      if (Math.max(Math.abs(twice - across), Math.abs(twice - down)) >= 2 * STAND_OUT) mask[at] = 1;
    }
  }
  return mask;
};

/** Share of the cells that are detail, whole per cent: 0..100. */
export const detailPercent = (grid: Uint8Array): number =>
  Math.round((100 * detailMask(grid).reduce((sum, cell) => sum + cell, 0)) / GRID_CELLS);

/** Largest minus smallest luma of each cell and its eight neighbours. */
export const localRange = (grid: Uint8Array): Uint8Array => {
  const range = new Uint8Array(GRID_CELLS);
  for (let row = 0, at = 0; row < GRID_SIDE; row++) {
    const [top, bottom] = [Math.max(0, row - 1), Math.min(GRID_SIDE - 1, row + 1)];
    for (let column = 0; column < GRID_SIDE; column++, at++) {
      const [left, right] = [Math.max(0, column - 1), Math.min(GRID_SIDE - 1, column + 1)];
      let low = 255;
      let high = 0;
      for (let y = top; y <= bottom; y++) {
        for (let i = y * GRID_SIDE + left, end = y * GRID_SIDE + right; i <= end; i++) {
          const luma = grid[i]!;
          if (luma < low) low = luma;
          if (luma > high) high = luma;
        }
      }
      range[at] = high - low;
    }
  }
  return range;
};
