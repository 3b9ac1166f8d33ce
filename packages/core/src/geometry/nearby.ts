// Features of a picture by where they lie, and which of them looks like a given one of another picture: found by place instead of by word. Two descriptors of one thing often have
// different words, and their codes are near nevertheless; among all features of a picture that would say little, among those of one place it says much.
import { bitCount32, type FeatureSet } from '../kernels/index.js';

const CELL_PX = 16;

interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** Features by cell, and where each cell begins. */
  readonly features: Uint16Array;
  readonly starts: Uint32Array;
}

const grids = new WeakMap<FeatureSet, Grid>();

const gridOf = (set: FeatureSet): Grid => {
  const known = grids.get(set);
  if (known !== undefined) return known;
  const [columns, rows] = [cellOf(set.width) + 1, cellOf(set.height) + 1];
  const cells = Uint32Array.from({ length: set.count }, (_, i) => {
    const [column, row] = [Math.min(columns - 1, cellOf(set.x[i]!)), Math.min(rows - 1, cellOf(set.y[i]!))];
    return row * columns + column;
  });
  const starts = new Uint32Array(columns * rows + 1);
  for (const cell of cells) starts[cell + 1]! += 1;
  for (let cell = 0; cell < columns * rows; cell++) starts[cell + 1]! += starts[cell]!;
  const next = starts.slice();
  const features = new Uint16Array(set.count);
  cells.forEach((cell, i) => (features[next[cell]!++] = i));
  const grid = { columns, rows, features, starts };
  grids.set(set, grid);
  return grid;
};

const cellOf = (px: number): number => Math.max(0, Math.floor(px / CELL_PX));

/** Calls `visit` with each feature within `radius` pixels of (x, y). */
export const visitNear = (
  set: FeatureSet,
  x: number,
  y: number,
  radius: number,
  visit: (feature: number, squaredPx: number) => void,
): void => {
  const { columns, features, rows, starts } = gridOf(set);
  const [left, right] = [cellOf(x - radius), Math.min(columns - 1, cellOf(x + radius))];
  const [top, bottom] = [cellOf(y - radius), Math.min(rows - 1, cellOf(y + radius))];
  const squared = radius * radius;
  for (let row = top; row <= bottom; row++)
    for (let at = starts[row * columns + left]!, end = starts[row * columns + right + 1] ?? 0; at < end; at++) {
      const feature = features[at]!;
      const dx = set.x[feature]! - x;
      const dy = set.y[feature]! - y;
      const apart = dx * dx + dy * dy;
      if (apart <= squared) visit(feature, apart);
    }
};

/** Codes of one thing differ by no more bits of 64: where both have one word, and where not (of unrelated features 5 in 1,000 do). */
const SAME_WORD_BITS = 26;
const OTHER_WORD_BITS = 20;
/** How well its size (log2) and direction (turns) agree with what is expected. */
const SIZE_SLACK = 0.5;
const TURN_SLACK = 0.065;

/** Where a feature of another picture is expected, and how it is changed: log2 of how much larger, and turned by so many turns. */
export interface Expected {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly scale: number;
  readonly turn: number;
}

/** The feature of `b` that is most like feature `i` of `a`, of those that lie and are turned as expected: its number, and bits that differ; null for none. */
export const alikeNear = (
  a: FeatureSet,
  i: number,
  b: FeatureSet,
  { x, y, radius, scale, turn }: Expected,
): readonly [feature: number, bits: number] | null => {
  const word = a.words[i]!;
  const size = a.size[i]! + scale;
  const direction = a.direction[i]! / (2 * Math.PI) + turn;
  let [found, least] = [-1, 65];
  visitNear(b, x, y, radius, (j) => {
    if (Math.abs(b.size[j]! - size) > SIZE_SLACK) return;
    const turned = b.direction[j]! / (2 * Math.PI) - direction;
    if (Math.abs(turned - Math.round(turned)) > TURN_SLACK) return;
    const bits = bitCount32(a.codes[2 * i]! ^ b.codes[2 * j]!) + bitCount32(a.codes[2 * i + 1]! ^ b.codes[2 * j + 1]!);
    if (bits < least && bits <= (b.words[j] === word ? SAME_WORD_BITS : OTHER_WORD_BITS)) [found, least] = [j, bits];
  });
  return found < 0 ? null : [found, least];
};
