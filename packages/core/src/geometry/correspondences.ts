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

/** Room for what is found, used again and made larger where it must: by distance and pair, 24 bits, since a set holds fewer than 4,096 features. */
let keys = new Uint32Array(1 << 16);
let found = 0;

const take = (a: number, b: number, bits: number): void => {
  if (found === keys.length) {
    const larger = new Uint32Array(2 * keys.length);
    larger.set(keys);
    keys = larger;
  }
  keys[found++] = (bits << 24) | (a << 12) | b;
};

interface Answered {
  readonly a: FeatureSet;
  readonly b: FeatureSet;
  readonly radiusBits: number;
  readonly pairs: Correspondences;
}
/** Two methods ask the same of a pair, one after the other. */
let last: Answered | null = null;

/**
 * All pairs of features with a common word and codes within `radiusBits`: the first and second words of each side against the first words of the
 * other. Each pair once, with its least distance; nearest first.
 */
export const correspondences = (a: FeatureSet, b: FeatureSet, radiusBits: number): Correspondences => {
  if (last === null || last.a !== a || last.b !== b || last.radiusBits !== radiusBits) {
    found = 0;
    meet(a, b, radiusBits, false);
    meet(b, a, radiusBits, true);
    last = { a, b, radiusBits, pairs: sorted() };
  }
  return last.pairs;
};

/** By distance, then by number, each pair once (with the first, least distance). */
const sorted = (): Correspondences => {
  const seen = new Set<number>();
  let count = 0;
  for (const key of keys.subarray(0, found).sort()) {
    const pair = key & 0xff_ffff;
    if (seen.has(pair)) continue;
    seen.add(pair);
    keys[count++] = key;
  }
  const kept = keys.subarray(0, count);
  return {
    count,
    a: Uint16Array.from(kept, (key) => (key >>> 12) & 4_095),
    b: Uint16Array.from(kept, (key) => key & 4_095),
    distanceBits: Uint8Array.from(kept, (key) => key >>> 24),
  };
};

/** Both words of `query` against the first words of `stored`; where both sides are swapped, first words have met already. */
const meet = (query: FeatureSet, stored: FeatureSet, radiusBits: number, isSwapped: boolean): void => {
  const links = new Int32Array(stored.count);
  for (let j = stored.count - 1; j >= 0; j--) {
    links[j] = heads[stored.words[j]!]!;
    heads[stored.words[j]!] = j;
  }
  const meetWords = (words: Uint16Array, codes: Uint32Array): void => {
    for (let i = 0; i < words.length; i++) {
      const low = codes[2 * i]!;
      const high = codes[2 * i + 1]!;
      for (let j = heads[words[i]!]!; j >= 0; j = links[j]!) {
        const bits = bitCount32(low ^ stored.codes[2 * j]!) + bitCount32(high ^ stored.codes[2 * j + 1]!);
        if (bits > radiusBits) continue;
        if (isSwapped) take(j, i, bits);
        else take(i, j, bits);
      }
    }
  };
  if (!isSwapped) meetWords(query.words, query.codes);
  meetWords(query.secondWords, query.secondCodes);
  for (let j = 0; j < stored.count; j++) heads[stored.words[j]!] = -1;
};
