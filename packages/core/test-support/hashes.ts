// Hashes for the tests of indexes: random, near one another, and crowded.

/** Small and fast, and enough for test data (xorshift32). */
export const randomSource = (seed: number): (() => number) => {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
};

export const randomHash = (random: () => number): Uint8Array => Uint8Array.from({ length: 32 }, () => random() & 255);

export const flipBits = (hash: Uint8Array, count: number, random: () => number): Uint8Array => {
  const flipped = hash.slice();
  for (const left = new Set<number>(); left.size < count;) {
    const bit = random() % 256;
    if (left.has(bit)) continue;
    left.add(bit);
    flipped[bit >> 3]! ^= 1 << (bit & 7);
  }
  return flipped;
};

/** A third random, a third near earlier ones, a third alike in most chunks: the last fill buckets unevenly. */
export const population = (count: number, seed: number): Map<number, Uint8Array> => {
  const random = randomSource(seed);
  const stored = new Map<number, Uint8Array>();
  const hashes: Uint8Array[] = [randomHash(random)];
  for (let id = 0; id < count; id++) {
    const parent = hashes[random() % hashes.length]!;
    const kind = id % 3;
    const hash = kind === 0 ? randomHash(random) : flipBits(parent, kind === 1 ? random() % 48 : random() % 6, random);
    hashes.push(hash);
    stored.set(id * 7 + 1, hash);
  }
  return stored;
};
