// Sets of 256-bit hashes to search: random ones, and clustered ones that look like pictures and their edits. All from one seed.

/** Whole numbers of 32 bits (xorshift128, Marsaglia 2003). */
export const randomWords = (seed) => {
  let [a, b, c, d] = [123_456_789 ^ seed, 362_436_069, 521_288_629, 88_675_123 ^ (seed << 7)];
  return () => {
    const t = a ^ (a << 11);
    [a, b, c] = [b, c, d];
    d = d ^ (d >>> 19) ^ t ^ (t >>> 8);
    return d >>> 0;
  };
};

const HASH_BYTES = 32;

export const hashAt = (bytes, i) => bytes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES);

/** As many hashes in a row, every bit as likely set as not. */
export const randomHashes = (count, random) => {
  const words = new Uint32Array(count * 8);
  for (let i = 0; i < words.length; i++) words[i] = random();
  return new Uint8Array(words.buffer);
};

const flip = (hash, count, random) => {
  for (const done = new Set(); done.size < count;) {
    const bit = random() & 255;
    if (done.has(bit)) continue;
    done.add(bit);
    hash[bit >> 3] ^= 1 << (bit & 7);
  }
};

/** A hash in which each bit tends to be as the one before it (65 in 100) and some bits are seldom set: as in hashes of pictures. */
const skewedHash = (random) => {
  const hash = new Uint8Array(HASH_BYTES);
  let bit = random() & 1;
  for (let i = 0; i < 256; i++) {
    const seldom = i % 5 === 0 ? 0.25 : 0.5;
    const chance = random() / 2 ** 32;
    bit = chance < 0.65 ? bit : random() / 2 ** 32 < seldom ? 1 : 0;
    hash[i >> 3] |= bit << (i & 7);
  }
  return hash;
};

/**
 * Skewed hashes in clusters whose sizes follow Zipf's law (most pictures once or twice, some thousands of times), members 0 to 30 bits
 * from the first.
 */
export const clusteredHashes = (count, random) => {
  const bytes = new Uint8Array(count * HASH_BYTES);
  for (let at = 0; at < count;) {
    const centre = skewedHash(random);
    const members = Math.min(count - at, Math.max(1, Math.floor(1 / ((random() + 1) / 2 ** 32) ** 0.9)), 5_000);
    for (let i = 0; i < members; i++, at++) {
      const hash = hashAt(bytes, at);
      hash.set(centre);
      flip(hash, i === 0 ? 0 : random() % 31, random);
    }
  }
  return bytes;
};

/** Queries in turn: a stored hash with 28 bits changed (a hit), and one that `fresh` makes (most likely a miss). */
export const queriesFor = (bytes, count, random, fresh) => {
  const stored = bytes.length / HASH_BYTES;
  const queries = new Uint8Array(count * HASH_BYTES);
  for (let i = 0; i < count; i++) {
    const query = hashAt(queries, i);
    if (i % 2 === 1) query.set(fresh(random));
    else {
      query.set(hashAt(bytes, random() % stored));
      flip(query, 28, random);
    }
  }
  return queries;
};

export const freshRandom = (random) => randomHashes(1, random);
export const freshSkewed = skewedHash;

/** Postings for an index: the number of a hash is its id. One object for all. */
export const postingsOf = function* (bytes) {
  const posting = { id: 0, scope: 0, hash: bytes };
  for (let i = 0; i < bytes.length / HASH_BYTES; i++) {
    posting.id = i;
    posting.hash = hashAt(bytes, i);
    yield posting;
  }
};
