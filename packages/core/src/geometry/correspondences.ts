// Which features of two pictures may show the same thing: those of one word whose codes differ by few bits.
import { bitCount32, WORDS } from '../kernels/index.js';
import type { FeatureSet } from '../kernels/index.js';

/** Features that may correspond, as numbers into both sets, best first. */
export interface Correspondences {
  readonly count: number;
  readonly a: Uint16Array;
  readonly b: Uint16Array;
  readonly distanceBits: Uint8Array;
}

/** Heads and links of the lists of features of each word, used again from call to call. */
const heads = new Int32Array(WORDS).fill(-1);

/** Room for what is found, used again and made larger where it must: pair, distance. */
let pairs = new Uint32Array(1 << 16);
let found = 0;

const take = (a: number, b: number, bits: number): void => {
  if (2 * found + 2 > pairs.length) {
    const larger = new Uint32Array(2 * pairs.length);
    larger.set(pairs);
    pairs = larger;
  }
  // Sorts by distance once both words are one number; a set holds fewer than 4,096 features.
  pairs[2 * found] = (a << 12) | b;
  pairs[2 * found + 1] = bits;
  found++;
};

/**
 * All pairs of features with a common word and codes within `radiusBits`: the first and second words of each side against the first words of the
 * other. Each pair once, with its least distance; nearest first.
 */
export const correspondences = (a: FeatureSet, b: FeatureSet, radiusBits: number): Correspondences => {
  found = 0;
  meet(a, b, radiusBits, false);
  meet(b, a, radiusBits, true);
  return sorted();
};

/** By distance, then by number, each pair once (with the first, least distance). */
const sorted = (): Correspondences => {
  const keys = new Float64Array(found);
  for (let n = 0; n < found; n++) keys[n] = pairs[2 * n + 1]! * 2 ** 24 + pairs[2 * n]!;
  keys.sort();
  const seen = new Set<number>();
  const kept = keys.filter((key) => {
    const pair = key % 2 ** 24;
    if (seen.has(pair)) return false;
    seen.add(pair);
    return true;
  });
  return {
    count: kept.length,
    a: Uint16Array.from(kept, (key) => (key % 2 ** 24) >>> 12),
    b: Uint16Array.from(kept, (key) => key & 4_095),
    distanceBits: Uint8Array.from(kept, (key) => Math.floor(key / 2 ** 24)),
  };
};

/** Both words of `query` against the first words of `stored`. */
const meet = (query: FeatureSet, stored: FeatureSet, radiusBits: number, isSwapped: boolean): void => {
  const links = new Int32Array(stored.count);
  for (let j = stored.count - 1; j >= 0; j--) {
    links[j] = heads[stored.words[j]!]!;
    heads[stored.words[j]!] = j;
  }
  const meetWords = (words: Uint16Array, codes: Uint32Array): void => {
    for (let i = 0; i < words.length; i++) {
      const [low, high] = [codes[2 * i]!, codes[2 * i + 1]!];
      for (let j = heads[words[i]!]!; j >= 0; j = links[j]!) {
        const bits = bitCount32(low ^ stored.codes[2 * j]!) + bitCount32(high ^ stored.codes[2 * j + 1]!);
        if (bits > radiusBits) continue;
        if (isSwapped) take(j, i, bits);
        else take(i, j, bits);
      }
    }
  };
  meetWords(query.words, query.codes);
  meetWords(query.secondWords, query.secondCodes);
  for (let j = 0; j < stored.count; j++) heads[stored.words[j]!] = -1;
};
