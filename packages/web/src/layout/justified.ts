// The justified grid: pictures of any proportion in rows of equal height that fill the width exactly, as in a light table.

export interface Cell {
  readonly index: number;
  readonly x: number;
  readonly width: number;
}

export interface Row {
  readonly top: number;
  readonly height: number;
  readonly cells: readonly Cell[];
}

export interface JustifiedOptions {
  /** Room for all cells and gaps, px. */
  readonly width: number;
  /** Height that rows come close to, px. */
  readonly height: number;
  readonly gap: number;
}

/** Extreme proportions are cut, so that no strip or sliver takes a row for itself. */
const MIN_RATIO = 0.5;
const MAX_RATIO = 2.4;
/** A row is never stretched beyond this times the height that was asked for. */
const MAX_STRETCH = 1.4;

export const clampRatio = (ratio: number): number =>
  Number.isFinite(ratio) && ratio > 0 ? Math.min(MAX_RATIO, Math.max(MIN_RATIO, ratio)) : 1;

/** Rows for pictures of these proportions (width / height), in order. Whole pixels; every full row ends at `width`. */
export const justify = (ratios: readonly number[], { width, height, gap }: JustifiedOptions): readonly Row[] => {
  const rows: Row[] = [];
  if (width <= 0 || height <= 0) return rows;
  let top = 0;
  let start = 0;
  let sum = 0;
  const close = (end: number, full: boolean): void => {
    const room = width - gap * (end - start - 1);
    const fitted = room / sum;
    const rowHeight = Math.max(1, Math.round(full ? Math.min(fitted, height * MAX_STRETCH) : Math.min(fitted, height)));
    const fills = full && fitted <= height * MAX_STRETCH;
    const cells: Cell[] = [];
    let x = 0;
    for (let i = start; i < end; i += 1) {
      const last = i === end - 1;
      const natural = Math.max(1, Math.round(clampRatio(ratios[i] ?? 1) * rowHeight));
      const cellWidth = last && fills ? width - x : Math.min(natural, width - x);
      cells.push({ index: i, x, width: cellWidth });
      x += cellWidth + gap;
    }
    rows.push({ top, height: rowHeight, cells });
    top += rowHeight + gap;
    start = end;
    sum = 0;
  };
  for (let i = 0; i < ratios.length; i += 1) {
    sum += clampRatio(ratios[i] ?? 1);
    const room = width - gap * (i - start);
    if (sum * height >= room) close(i + 1, true);
  }
  if (start < ratios.length) close(ratios.length, false);
  return rows;
};

export const rowOf = (rows: readonly Row[], index: number): number =>
  rows.findIndex((row) => row.cells.some((cell) => cell.index === index));

export type Direction = 'left' | 'right' | 'up' | 'down' | 'first' | 'last';

/** The index that an arrow key leads to: by order sideways, by the nearest middle up and down. Stays at the edges. */
export const neighbour = (rows: readonly Row[], index: number, direction: Direction): number => {
  const last = rows.at(-1)?.cells.at(-1)?.index ?? 0;
  if (direction === 'first') return 0;
  if (direction === 'last') return last;
  if (direction === 'left') return Math.max(0, index - 1);
  if (direction === 'right') return Math.min(last, index + 1);
  const from = rowOf(rows, index);
  const target = rows[from + (direction === 'down' ? 1 : -1)];
  const cell = rows[from]?.cells.find((c) => c.index === index);
  if (target === undefined || cell === undefined) return index;
  const middle = cell.x + cell.width / 2;
  let best = target.cells[0];
  for (const candidate of target.cells) {
    const distance = Math.abs(candidate.x + candidate.width / 2 - middle);
    if (best === undefined || distance < Math.abs(best.x + best.width / 2 - middle)) best = candidate;
  }
  return best?.index ?? index;
};
