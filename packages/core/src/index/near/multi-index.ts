// Exact search by multi-index hashing (Norouzi, Punjani, Fleet: "Fast search in Hamming space with multi-index hashing", CVPR
// 2012): a hash within the radius agrees nearly in at least one of 16 chunks, so only those buckets are looked into.
import { bitCount32, distanceWords256 } from '../../kernels/index.js';
import { byDistance, checkHash, checkId, checkRadius, readWords, type NearHit, type NearIndex } from './near-index.js';
import { grown, Slots } from './slots.js';

const WORDS = 8;
const CHUNKS = 16;
const CHUNK_BITS = 16;
const BUCKETS = 1 << CHUNK_BITS;
/** A record: the hash, then for each chunk the next slot of the same bucket. One place in memory, so one miss a candidate. */
const RECORD = WORDS + CHUNKS;
const NONE = -1;

/** Changes to a chunk by rising number of flipped bits: none, each one, each pair. */
const FLIPS = Uint16Array.from(
  Array.from({ length: BUCKETS }, (_, mask) => mask)
    .filter((mask) => bitCount32(mask) <= 2)
    .sort((a, b) => bitCount32(a) - bitCount32(b) || a - b),
);
/** How many of them have at most 0, 1, 2 flipped bits. */
const FLIPS_WITHIN = [1, 1 + CHUNK_BITS, FLIPS.length] as const;

/** Below this many hashes, looking at all of them is faster than at the buckets. */
const LINEAR_BELOW = 1500;

export class MultiIndexNearIndex implements NearIndex {
  readonly #slots = new Slots();
  readonly #query = new Int32Array(WORDS);
  readonly #heads = new Int32Array(CHUNKS * BUCKETS).fill(NONE);
  #records = new Int32Array(RECORD * 1024);

  get size(): number {
    return this.#slots.size;
  }

  add(id: number, hash: Uint8Array): void {
    checkId(id);
    checkHash(hash);
    this.remove(id);
    const slot = this.#slots.take(id);
    this.#records = grown(this.#records, (slot + 1) * RECORD);
    const at = slot * RECORD;
    readWords(hash, this.#records, at);
    for (let chunk = 0; chunk < CHUNKS; chunk++) {
      const bucket = chunk * BUCKETS + chunkOf(this.#records, at, chunk);
      this.#records[at + WORDS + chunk] = this.#heads[bucket]!;
      this.#heads[bucket] = slot;
    }
  }

  remove(id: number): boolean {
    const slot = this.#slots.release(id);
    if (slot === undefined) return false;
    for (let chunk = 0; chunk < CHUNKS; chunk++) this.#unlink(slot, chunk);
    return true;
  }

  has(id: number): boolean {
    return this.#slots.slotOf(id) !== undefined;
  }

  search(hash: Uint8Array, radiusBits: number): NearHit[] {
    checkHash(hash);
    checkRadius(radiusBits);
    readWords(hash, this.#query, 0);
    const hits = this.size < LINEAR_BELOW ? this.#scan(radiusBits) : this.#probe(radiusBits);
    return hits.sort(byDistance);
  }

  /**
   * Pigeonhole: with radius r = 16 q + a, either one of the first a + 1 chunks differs by at most q bits, or one of the others by
   * at most q - 1; else the distance would be at least (a + 1)(q + 1) + (15 - a) q = r + 1.
   */
  #probe(radiusBits: number): NearHit[] {
    const [records, heads, query] = [this.#records, this.#heads, this.#query];
    const hits: NearHit[] = [];
    for (let chunk = 0; chunk < CHUNKS; chunk++) {
      const reach = chunkReach(radiusBits, chunk);
      if (reach < 0) break;
      const base = chunk * BUCKETS;
      const own = chunkOf(query, 0, chunk);
      const flips = FLIPS_WITHIN[reach]!;
      for (let flip = 0; flip < flips; flip++) {
        let slot = heads[base + (own ^ FLIPS[flip]!)]!;
        while (slot !== NONE) {
          const at = slot * RECORD;
          const distanceBits = distanceWords256(query, 0, records, at, radiusBits);
          if (distanceBits <= radiusBits && !this.#foundBefore(chunk, at, radiusBits)) {
            hits.push({ id: this.#slots.idAt(slot), distanceBits });
          }
          slot = records[at + WORDS + chunk]!;
        }
      }
    }
    return hits;
  }

  /** A hit lies in the buckets of several chunks; only the first of them reports it. */
  #foundBefore(chunk: number, at: number, radiusBits: number): boolean {
    for (let earlier = 0; earlier < chunk; earlier++) {
      const bits = bitCount32(chunkOf(this.#query, 0, earlier) ^ chunkOf(this.#records, at, earlier));
      if (bits <= chunkReach(radiusBits, earlier)) return true;
    }
    return false;
  }

  #scan(radiusBits: number): NearHit[] {
    const hits: NearHit[] = [];
    for (let slot = 0; slot < this.#slots.end; slot++) {
      const distanceBits = distanceWords256(this.#query, 0, this.#records, slot * RECORD, radiusBits);
      if (distanceBits > radiusBits) continue;
      const id = this.#slots.idAt(slot);
      if (!Number.isNaN(id)) hits.push({ id, distanceBits });
    }
    return hits;
  }

  #unlink(slot: number, chunk: number): void {
    const link = WORDS + chunk;
    const bucket = chunk * BUCKETS + chunkOf(this.#records, slot * RECORD, chunk);
    const after = this.#records[slot * RECORD + link]!;
    let at = this.#heads[bucket]!;
    if (at === slot) {
      this.#heads[bucket] = after;
      return;
    }
    while (this.#records[at * RECORD + link] !== slot) at = this.#records[at * RECORD + link]!;
    this.#records[at * RECORD + link] = after;
  }
}

/** Bits by which this chunk may differ so that no hash within the radius is missed; -1: the chunk need not be looked at. */
const chunkReach = (radiusBits: number, chunk: number): number =>
  Math.floor(radiusBits / CHUNKS) - (chunk <= radiusBits % CHUNKS ? 0 : 1);

const chunkOf = (words: Int32Array, at: number, chunk: number): number =>
  (words[at + (chunk >> 1)]! >>> ((chunk & 1) * CHUNK_BITS)) & (BUCKETS - 1);
