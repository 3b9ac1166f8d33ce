// Feature signals made for examples: two pictures that have so many places in common, and nothing else.
import { FEATURE_HEADER_BYTES } from '../kernels/index.js';
import { FEATURE_SIGNAL, FEATURE_SIGNAL_VERSION, LEAST_FEATURES } from './feature-signal.js';
import type { Signal } from './method.js';

const ENTRY_BYTES = 16;
const EXTRA_BYTES = 20;
const SIDE_PX = 800;
const OTHERS = 5 * LEAST_FEATURES;

/** Numbers that look random and are always the same (Knuth's multiplicative hash). */
const scattered = (number: number, salt: number): number =>
  (Math.imul(number * 8 + salt + 1, 0x9e3779b1) ^ Math.imul(number + 77, 0x85ebca6b)) >>> 0;

/** Both pictures have features at the same places: `common` of them with equal words and codes, the others with words that only one has. */
export const exampleFeatures = (common: number): { a: Signal; b: Signal } => ({
  a: signalOf(common, 1_000),
  b: signalOf(common, 9_000),
});

const signalOf = (common: number, firstWord: number): Signal => {
  const count = common + OTHERS;
  const value = new Uint8Array(FEATURE_HEADER_BYTES + count * (ENTRY_BYTES + EXTRA_BYTES));
  const view = new DataView(value.buffer);
  view.setUint16(0, count, true);
  view.setUint16(2, SIDE_PX, true);
  view.setUint16(4, SIDE_PX, true);
  view.setUint8(6, 1);
  for (let i = 0; i < count; i++) {
    const at = FEATURE_HEADER_BYTES + i * ENTRY_BYTES;
    const isCommon = i < common;
    const [column, row] = [(i * 7) % 25, Math.floor((i * 7) / 25) * 5 + (i % 5)];
    view.setUint32(at, scattered(i, 0), true);
    view.setUint32(at + 4, scattered(i, 1), true);
    view.setUint32(at + 8, (80 + column * 163) | ((80 + (row % 25) * 163) << 12) | (96 << 24), true);
    view.setUint32(at + 12, 40 | (31 << 9) | ((isCommon ? i : firstWord + i) << 14), true);
    const extra = FEATURE_HEADER_BYTES + count * ENTRY_BYTES + i * (EXTRA_BYTES / 2);
    view.setUint16(extra, firstWord + 2_000 + i, true);
    view.setUint16(extra + count * (EXTRA_BYTES / 2), firstWord + 4_000 + i, true);
  }
  return { method: FEATURE_SIGNAL, version: FEATURE_SIGNAL_VERSION, quality: Math.min(100, count), value };
};
