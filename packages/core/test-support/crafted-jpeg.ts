// JPEGs of any pixels, also of those far beyond 0..255 that no encoder writes: what viewers clip, and what a mean before clipping does not see.
import { LEVELS, tinyJpeg, type Symbols } from './tiny-jpeg.js';

/** One step for all coefficients: values stay within 8 bits. */
const STEP = 16;
/** Codes for every run of zeros and for values of up to 7 bits, all of one length. */
const ALL_VALUES: Symbols = [
  [0, 7],
  [0xf0, 7],
  ...Array.from({ length: 16 * 7 }, (_, i) => [((i % 16) << 4) | (1 + Math.floor(i / 16)), 7] as const),
];

const ORDER = Array.from({ length: 15 }, (_, diagonal) => {
  const cells = Array.from({ length: 8 }, (_, row) => [row, diagonal - row] as const).filter(
    ([, column]) => column >= 0 && column < 8,
  );
  return diagonal % 2 === 0 ? cells.reverse() : cells;
}).flat();

const cosine = (frequency: number, at: number): number =>
  Math.cos(((2 * at + 1) * frequency * Math.PI) / 16) * (frequency === 0 ? Math.SQRT1_2 : 1);
const COSINES = Array.from({ length: 8 }, (_, k) => Array.from({ length: 8 }, (_, x) => cosine(k, x) / 2));

const sizeOf = (value: number): number => (value === 0 ? 0 : Math.floor(Math.log2(Math.abs(value))) + 1);

/** Quantised coefficients of a block, in the order of the file. */
const coefficients = (pixel: (x: number, y: number) => number): number[] => {
  const rows = Array.from({ length: 8 }, (_, y) =>
    COSINES.map((wave) => wave.reduce((sum, factor, x) => sum + factor * pixel(x, y), 0)),
  );
  return ORDER.map(([row, column]) => {
    const value = COSINES[row]!.reduce((sum, factor, y) => sum + factor * rows[y]![column]!, 0);
    return Math.max(-127, Math.min(127, Math.round(value / STEP)));
  });
};

const symbolsOf = (values: readonly number[]): [number, number][] => {
  const symbols: [number, number][] = [];
  let run = 0;
  for (const value of values) {
    if (value === 0) {
      run += 1;
      continue;
    }
    for (; run > 15; run -= 16) symbols.push([0xf0, 0]);
    symbols.push([(run << 4) | sizeOf(value), value]);
    run = 0;
  }
  return run > 0 ? [...symbols, [0, 0]] : symbols;
};

/** `plane(component, x, y)`: luma less 128, Cb and Cr; components of a grey picture are 0 only. */
export const craftedJpeg = (
  side: number,
  isColour: boolean,
  plane: (component: number, x: number, y: number) => number,
): Uint8Array => {
  const count = isColour ? 3 : 1;
  const before = [0, 0, 0];
  return tinyJpeg({
    side,
    isColour,
    steps: Array.from({ length: 64 }, () => STEP),
    dc: LEVELS,
    ac: ALL_VALUES,
    block: (number) => {
      const [component, block] = [number % count, Math.floor(number / count)];
      const [left, top] = [8 * (block % side), 8 * Math.floor(block / side)];
      const [level = 0, ...waves] = coefficients((x, y) => plane(component, left + x, top + y));
      const difference = level - before[component]!;
      before[component] = level;
      return [[sizeOf(difference), difference], ...symbolsOf(waves)];
    },
  });
};
