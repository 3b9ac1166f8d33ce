// Heights of the rows of a long list: for each an estimate until it has been drawn, and what was measured from then on. Sums lie in a Fenwick tree
// (Fenwick 1994): among millions of rows, where one begins and which one is at a place take the same few steps.

export interface Heights {
  readonly rows: number;
  /** Of all of them, px. */
  readonly whole: () => number;
  /** Where a row begins, px; of `rows`: where the last one ends. */
  readonly top: (row: number) => number;
  /** Which row is at so many px. */
  readonly at: (px: number) => number;
  /** What was measured; true where it is news. */
  readonly measured: (row: number, px: number) => boolean;
}

/** Less than this is no difference, px. */
const SAME_PX = 0.5;

export const heightsOf = (rows: number, estimatePx: number): Heights => {
  /** How far sums are from the estimate: `beyond[i]` of the rows that end with i, as the lowest bit of i says. */
  const beyond = new Float64Array(rows + 1);
  const own = new Map<number, number>();
  let highest = 1;
  while (highest * 2 <= rows) highest *= 2;
  const top = (row: number): number => {
    let px = row * estimatePx;
    for (let at = row; at > 0; at -= at & -at) px += beyond[at] ?? 0;
    return px;
  };
  return {
    rows,
    top,
    whole: () => top(rows),
    at: (px) => {
      let [row, rest] = [0, px];
      for (let step = highest; step > 0; step >>= 1) {
        const next = row + step;
        const high = step * estimatePx + (beyond[next] ?? 0);
        if (next > rows || high > rest) continue;
        row = next;
        rest -= high;
      }
      return Math.max(0, Math.min(rows - 1, row));
    },
    measured: (row, px) => {
      const by = px - estimatePx - (own.get(row) ?? 0);
      if (Math.abs(by) < SAME_PX) return false;
      own.set(row, px - estimatePx);
      for (let at = row + 1; at <= rows; at += at & -at) beyond[at] = (beyond[at] ?? 0) + by;
      return true;
    },
  };
};
