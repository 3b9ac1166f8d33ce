// Features that have a twin elsewhere in their own picture: windows, tiles, letters. Which of the twins another picture shows cannot be told, and many
// twins agree with any geometry.
import { bitCount32, WORDS, type FeatureSet } from '../kernels/index.js';

/** Codes of twins differ by no more bits of 64, and they lie further apart than this: one place may have two directions. */
const TWIN_BITS = 16;
const APART_PX = 3;

const known = new WeakMap<FeatureSet, Uint8Array>();

/** The last feature of each word, used again from call to call. */
const heads = new Int32Array(WORDS).fill(-1);

/** 1 for each feature that has no twin, else 0. */
export const unlikeOthers = (set: FeatureSet): Uint8Array => {
  const answered = known.get(set);
  if (answered !== undefined) return answered;
  const unlike = new Uint8Array(set.count).fill(1);
  const before = new Int32Array(set.count);
  for (let i = 0; i < set.count; i++) {
    const word = set.words[i]!;
    for (let j = heads[word]!; j >= 0; j = before[j]!) if (areTwins(set, i, j)) unlike[i] = unlike[j] = 0;
    before[i] = heads[word]!;
    heads[word] = i;
  }
  for (const word of set.words) heads[word] = -1;
  known.set(set, unlike);
  return unlike;
};

const areTwins = ({ codes, x, y }: FeatureSet, i: number, j: number): boolean =>
  bitCount32(codes[2 * i]! ^ codes[2 * j]!) + bitCount32(codes[2 * i + 1]! ^ codes[2 * j + 1]!) <= TWIN_BITS &&
  Math.hypot(x[i]! - x[j]!, y[i]! - y[j]!) >= APART_PX;
