// What each coefficient adds to a block: to its pixels, and to the means of its quarters.
import type { WasmMemory } from '../../wasm/index.js';
import { AT, END_RUN, TABLE_BYTES } from './layout.js';

/** Of each coefficient: four weights, its reach (the square of the largest step so far), its limit. */
const WORDS_EACH = 8;
const REACH_WORD = 4;
const LIMIT_WORD = 5;
/**
 * No coefficient of 8-bit pixels is beyond 1,024, rounding aside. Decoders disagree about what lies far beyond, since some count in 16 bits and
 * wrap around. A file that holds such is left to the decoder that makes the picture people see.
 */
const MAX_COEFFICIENT = 4_095;
/** Values of more bits are too rare in pairs to be worth tables of their own. */
const PAIR_VALUE_BITS = 7;

/** Answers the largest value that pairs may have: rounded to whole bits, so that pictures of about one quality share their tables. */
export const placeCoefficients = (buffer: WasmMemory['buffer'], component: number, steps: Uint16Array): number => {
  const at = AT.coefficients + component * TABLE_BYTES;
  new Uint8Array(buffer, at, TABLE_BYTES).fill(0);
  const weights = new Float32Array(buffer, at, TABLE_BYTES / 4);
  const words = new Uint32Array(buffer, at, TABLE_BYTES / 4);
  let largest = 0;
  let least: number = MAX_COEFFICIENT;
  steps.forEach((step, k) => {
    const limit = Math.floor(MAX_COEFFICIENT / Math.max(1, step));
    weights.set(
      WAVES[k]!.means.map((mean) => mean * step),
      WORDS_EACH * k,
    );
    words[WORDS_EACH * k + LIMIT_WORD] = limit;
    if (k === 0) return;
    largest = Math.max(largest, step);
    least = Math.min(least, limit);
    for (const place of [k, k + END_RUN + 1]) words[WORDS_EACH * place + REACH_WORD] = largest ** 2;
  });
  return 2 ** Math.min(PAIR_VALUE_BITS, Math.floor(Math.log2(least + 1))) - 1;
};

/** What each coefficient of luma adds to each of the 64 pixels of its block. */
export const placeBasis = (buffer: WasmMemory['buffer'], steps: Uint16Array): void => {
  const basis = new Float32Array(buffer, AT.basis, 64 * 64);
  WAVES.forEach(({ pixels }, k) => {
    const step = steps[k]!;
    for (let i = 0; i < 64; i++) basis[64 * k + i] = pixels[i]! * step;
  });
};

/** Row and column of the coefficients in the order of the file (T.81, figure A.6). */
const ZIGZAG: readonly (readonly [row: number, column: number])[] = Array.from({ length: 15 }, (_, diagonal) => {
  const cells = Array.from({ length: 8 }, (_, row) => [row, diagonal - row] as const).filter(
    ([, column]) => column >= 0 && column < 8,
  );
  return diagonal % 2 === 0 ? cells.reverse() : cells;
}).flat();

/** The basis function of a frequency at one of eight samples. */
const cosine = (frequency: number, at: number): number =>
  Math.cos(((2 * at + 1) * frequency * Math.PI) / 16) * (frequency === 0 ? Math.SQRT1_2 : 1);

/** What a coefficient of 1 adds to each pixel of its block, quarter by quarter (T.81, A.3.3); the means of the quarters. */
const WAVES = ZIGZAG.map(([row, column]) => {
  const pixels = Float32Array.from({ length: 64 }, (_, i) => {
    const [quarter, within] = [i >> 4, i & 15];
    const y = 4 * (quarter >> 1) + (within >> 2);
    const x = 4 * (quarter & 1) + (within & 3);
    return (cosine(row, y) * cosine(column, x)) / 4;
  });
  const means = [0, 1, 2, 3].map(
    (quarter) => pixels.subarray(16 * quarter, 16 * quarter + 16).reduce((a, b) => a + b) / 16,
  );
  return { pixels, means };
});
