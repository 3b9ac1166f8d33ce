// Hamming distance of 256-bit codes held as bytes or as words.

/** Set bits of a 32-bit word (Hacker's Delight, 5-1). */
export const bitCount32 = (word: number): number => {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

const BITS = Uint8Array.from({ length: 256 }, (_, value) => bitCount32(value));

/** Differing bits, 0..256, of two 32-byte codes that start at the given offsets. */
export const distanceBits256 = (a: Uint8Array, b: Uint8Array, aOffset = 0, bOffset = 0): number => {
  let bits = 0;
  for (let i = 0; i < 32; i++) bits += BITS[a[aOffset + i]! ^ b[bOffset + i]!]!;
  return bits;
};

/** The same for codes of eight 32-bit words; stops as soon as `limit` is passed and then yields `limit + 1`. */
export const distanceWords256 = (
  a: Int32Array,
  aOffset: number,
  b: Int32Array,
  bOffset: number,
  limit: number,
): number => {
  let bits = 0;
  for (let i = 0; i < 8; i += 2) {
    bits += bitCount32(a[aOffset + i]! ^ b[bOffset + i]!) + bitCount32(a[aOffset + i + 1]! ^ b[bOffset + i + 1]!);
    if (bits > limit) return limit + 1;
  }
  return bits;
};
