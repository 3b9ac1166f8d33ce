// The youngest hashes of an index, in a row: every search looks at all of them, until they become a segment.
import { createMemory } from '../../wasm/index.js';
import { nearKernels } from './kernels.js';
import { SCRATCH, SEGMENT } from './layout.js';
import { NEAR_HASH_BYTES, type NearHit } from './near-index.js';
import type { ScopeSet } from './scope-set.js';
import type { NearPosting } from './segment.js';

export class NearHead {
  readonly #scratch = SEGMENT;
  readonly #hashesAt = SEGMENT + SCRATCH.bytes;
  readonly #memory;
  readonly #kernels;
  readonly #hashes: Uint8Array;
  readonly #query: Uint8Array;
  readonly #hits: Uint32Array;
  readonly #hitCount: Uint32Array;
  /** By place. */
  #ids: number[] = [];
  #scopes: (readonly number[])[] = [];
  readonly #placeOf = new Map<number, number>();

  constructor(readonly limit: number) {
    this.#memory = createMemory(this.#hashesAt + limit * NEAR_HASH_BYTES, 'plain');
    this.#kernels = nearKernels(this.#memory);
    const { buffer } = this.#memory;
    this.#hashes = new Uint8Array(buffer, this.#hashesAt, limit * NEAR_HASH_BYTES);
    this.#query = new Uint8Array(buffer, this.#scratch, NEAR_HASH_BYTES);
    this.#hits = new Uint32Array(buffer, this.#scratch + SCRATCH.hits, (SCRATCH.bytes - SCRATCH.hits) / 4);
    this.#hitCount = new Uint32Array(buffer, this.#scratch + SCRATCH.hitCount, 1);
  }

  /** Ids held, each with one hash and its scopes. */
  get size(): number {
    return this.#ids.length;
  }

  get postings(): number {
    return this.#scopes.reduce((sum, scopes) => sum + scopes.length, 0);
  }

  has(id: number): boolean {
    return this.#placeOf.has(id);
  }

  /** There must be room, and no such id. */
  add(id: number, hash: Uint8Array, scopes: readonly number[]): void {
    const place = this.#ids.length;
    this.#hashes.set(hash, place * NEAR_HASH_BYTES);
    this.#ids.push(id);
    this.#scopes.push(scopes);
    this.#placeOf.set(id, place);
  }

  /** The last one takes the place of the removed one, of which nothing is left in memory. */
  remove(id: number): boolean {
    const place = this.#placeOf.get(id);
    if (place === undefined) return false;
    const last = this.#ids.length - 1;
    this.#hashes.copyWithin(place * NEAR_HASH_BYTES, last * NEAR_HASH_BYTES, (last + 1) * NEAR_HASH_BYTES);
    this.#ids[place] = this.#ids[last]!;
    this.#scopes[place] = this.#scopes[last]!;
    this.#placeOf.set(this.#ids[place]!, place);
    this.#placeOf.delete(id);
    this.#hashes.fill(0, last * NEAR_HASH_BYTES, (last + 1) * NEAR_HASH_BYTES);
    this.#ids.pop();
    this.#scopes.pop();
    return true;
  }

  search(hash: Uint8Array, radiusBits: number, hits: NearHit[], visible?: ScopeSet): void {
    this.#query.set(hash);
    for (let from = 0; from < this.#ids.length;) {
      from = this.#kernels.scan(this.#hashesAt, this.#scratch, from, this.#ids.length, radiusBits);
      for (let i = 0; i < this.#hitCount[0]!; i++) {
        const place = this.#hits[2 * i]!;
        if (visible && !this.#scopes[place]!.some((scope) => visible.has(scope))) continue;
        hits.push({ id: this.#ids[place]!, distanceBits: this.#hits[2 * i + 1]! });
      }
    }
  }

  /** A posting for each scope of each id; hashes as they were given. */
  *livePostings(): Iterable<NearPosting> {
    for (let place = 0; place < this.#ids.length; place++) {
      const hash = this.#hashes.subarray(place * NEAR_HASH_BYTES, (place + 1) * NEAR_HASH_BYTES);
      for (const scope of this.#scopes[place]!) yield { id: this.#ids[place]!, scope, hash };
    }
  }

  clear(): void {
    this.#hashes.fill(0, 0, this.#ids.length * NEAR_HASH_BYTES);
    this.#ids = [];
    this.#scopes = [];
    this.#placeOf.clear();
  }
}
