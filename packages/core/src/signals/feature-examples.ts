// Feature signals made for examples: two pictures that have so many places in common, and nothing else.
import { packFeatures, type FeatureSet } from '../kernels/index.js';
import { FEATURE_SIGNAL, FEATURE_SIGNAL_VERSION, LEAST_FEATURES } from './feature-signal.js';
import type { Signal } from './method.js';

const SIDE_PX = 800;
const OTHERS = 5 * LEAST_FEATURES;
/** Places lie so far from one another and from the edge, one column of 25 after the other. */
const APART_PX = 31.8;
const EDGE_PX = 15.6;

/** Numbers that look random and are always the same (Knuth's multiplicative hash). */
const scattered = (number: number, salt: number): number =>
  (Math.imul(number * 8 + salt + 1, 0x9e3779b1) ^ Math.imul(number + 77, 0x85ebca6b)) >>> 0;

/** Both pictures have features at the same places: `common` of them with equal words and codes, the others with words and codes that only one has. */
export const exampleFeatures = (common: number): { a: Signal; b: Signal } => ({
  a: signalOf(common, 1_000),
  b: signalOf(common, 9_000),
});

const signalOf = (common: number, firstWord: number): Signal => {
  const count = common + OTHERS;
  const each = (value: (i: number) => number): Float32Array => Float32Array.from({ length: count }, (_, i) => value(i));
  const words = (first: number): Uint16Array => Uint16Array.from({ length: count }, (_, i) => first + i);
  /** What both have in common is numbered alike. */
  const idOf = (i: number): number => (i < common ? i : firstWord + i);
  const set: FeatureSet = {
    count,
    width: SIDE_PX,
    height: SIDE_PX,
    x: each((i) => EDGE_PX + ((i * 7) % 25) * APART_PX),
    y: each((i) => EDGE_PX + ((Math.floor((i * 7) / 25) * 5 + (i % 5)) % 25) * APART_PX),
    size: each(() => 3),
    direction: each(() => 0.5),
    busy: each(() => 1),
    words: Uint16Array.from({ length: count }, (_, i) => idOf(i)),
    codes: Uint32Array.from({ length: 2 * count }, (_, i) => scattered(idOf(i >> 1), i & 1)),
    secondWords: words(firstWord + 2_000),
    secondCodes: new Uint32Array(2 * count),
    mirrorWords: words(firstWord + 4_000),
    mirrorCodes: new Uint32Array(2 * count),
  };
  return {
    method: FEATURE_SIGNAL,
    version: FEATURE_SIGNAL_VERSION,
    quality: Math.min(100, count),
    value: packFeatures(set),
  };
};
