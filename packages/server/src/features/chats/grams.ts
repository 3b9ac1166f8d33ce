// Which three characters stand together in the words of a stretch, as bits: a look at a few of them says of most stretches that a word, or a part of one, is not there.

export const GRAM_BYTES = 1_024;
const GRAM_BITS = GRAM_BYTES * 8;

/** Numbers of the bits of a word's threes of UTF-16 units; none for a shorter one. */
export const gramsOf = (word: string): number[] => {
  const bits: number[] = [];
  for (let i = 2; i < word.length; i += 1) {
    let hash = Math.imul(word.charCodeAt(i - 2), 0x9e3779b1) ^ Math.imul(word.charCodeAt(i - 1), 0x85ebca6b);
    hash ^= Math.imul(word.charCodeAt(i), 0xc2b2ae35);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0x2c1b3c6d);
    bits.push(((hash ^ (hash >>> 13)) >>> 0) % GRAM_BITS);
  }
  return bits;
};

/** Sets the bits of a word as `get_bit` of PostgreSQL reads them. */
export const addGrams = (grams: Uint8Array, word: string): void => {
  for (const bit of gramsOf(word)) grams[bit >>> 3]! |= 1 << (bit & 7);
};
