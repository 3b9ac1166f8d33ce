// The justified grid: pictures of any proportion in rows of equal height that fill the width exactly, as in a light table. Rows lie in
// typed arrays and cells are worked out where they are asked for: 360,000 pictures are laid out between two frames.
import { RATIO_RANGE } from '@redthread/core/contract';

export interface Cell {
  readonly index: number;
  readonly x: number;
  readonly width: number;
}

export interface JustifiedOptions {
  /** Room for all cells and gaps, px. */
  readonly width: number;
  /** Height that rows come close to, px. */
  readonly height: number;
  readonly gap: number;
}

export interface Grid extends JustifiedOptions {
  readonly ratios: ArrayLike<number>;
  readonly rows: number;
  /** First picture of each row; one more for the end. */
  readonly start: Uint32Array;
  /** Upper edge of each row, px; one more for where the next would begin. */
  readonly top: Float64Array;
  readonly heights: Uint16Array;
}

/** A row is never stretched beyond this times the height that was asked for. */
const MAX_STRETCH = 1.4;

export const clampRatio = (ratio: number): number =>
  Number.isFinite(ratio) && ratio > 0 ? Math.min(RATIO_RANGE.most, Math.max(RATIO_RANGE.least, ratio)) : 1;

/** Rows for pictures of these proportions (width / height), in order. Whole pixels. */
export const layOut = (ratios: ArrayLike<number>, options: JustifiedOptions): Grid => {
  const { width, height, gap } = options;
  const room = width > 0 && height > 0 ? ratios.length : 0;
  const [start, top, heights] = [new Uint32Array(room + 1), new Float64Array(room + 1), new Uint16Array(room)];
  let rows = 0;
  let first = 0;
  let sum = 0;
  const close = (end: number, full: boolean): void => {
    const fitted = (width - gap * (end - first - 1)) / sum;
    const most = full ? height * MAX_STRETCH : height;
    const rowHeight = Math.max(1, Math.round(Math.min(fitted, most)));
    heights[rows] = rowHeight;
    top[rows + 1] = (top[rows] ?? 0) + rowHeight + gap;
    rows += 1;
    start[rows] = end;
    first = end;
    sum = 0;
  };
  for (let i = 0; i < room; i += 1) {
    sum += clampRatio(ratios[i] ?? 1);
    if (sum * height >= width - gap * (i - first)) close(i + 1, true);
  }
  if (first < room) close(room, false);
  return {
    ...options,
    ratios,
    rows,
    start: start.subarray(0, rows + 1),
    top: top.subarray(0, rows + 1),
    heights: heights.subarray(0, rows),
  };
};

/** The cells of a row, in order; every full row ends at the width. */
export const cellsOf = ({ ratios, start, heights, width, height, gap }: Grid, row: number): readonly Cell[] => {
  const [first, end, rowHeight] = [start[row] ?? 0, start[row + 1] ?? 0, heights[row] ?? 0];
  let sum = 0;
  for (let i = first; i < end; i += 1) sum += clampRatio(ratios[i] ?? 1);
  const room = width - gap * (end - first - 1);
  const fills = sum * height >= room && room / sum <= height * MAX_STRETCH;
  const cells: Cell[] = [];
  let x = 0;
  for (let i = first; i < end; i += 1) {
    const natural = Math.max(1, Math.round(clampRatio(ratios[i] ?? 1) * rowHeight));
    const cellWidth = i === end - 1 && fills ? width - x : Math.min(natural, width - x);
    cells.push({ index: i, x, width: cellWidth });
    x += cellWidth + gap;
  }
  return cells;
};

/** The last position of a rising list that is not above a value; 0 before all of them. */
const atOrBefore = (values: ArrayLike<number>, length: number, value: number): number => {
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((values[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
};

/** The row that holds a picture; -1 for none. */
export const rowOf = ({ start, rows, ratios }: Grid, index: number): number =>
  rows === 0 || index < 0 || index >= ratios.length ? -1 : atOrBefore(start, rows, index);

/** The row at a height of the grid, px. */
export const rowAt = ({ top, rows }: Grid, y: number): number => atOrBefore(top, rows, y);

export type Direction = 'left' | 'right' | 'up' | 'down' | 'first' | 'last';

/** The index that an arrow key leads to: by order sideways, by the nearest middle up and down. Stays at the edges. */
export const neighbour = (grid: Grid, index: number, direction: Direction): number => {
  const last = Math.max(0, (grid.start[grid.rows] ?? 0) - 1);
  if (direction === 'first') return 0;
  if (direction === 'last') return last;
  if (direction === 'left') return Math.max(0, index - 1);
  if (direction === 'right') return Math.min(last, index + 1);
  const from = rowOf(grid, index);
  const target = from + (direction === 'down' ? 1 : -1);
  const cell = cellsOf(grid, from).find((one) => one.index === index);
  if (target < 0 || target >= grid.rows || cell === undefined) return index;
  const middle = cell.x + cell.width / 2;
  const distance = ({ x, width }: Cell): number => Math.abs(x + width / 2 - middle);
  return cellsOf(grid, target).reduce((best, one) => (distance(one) < distance(best) ? one : best)).index;
};
