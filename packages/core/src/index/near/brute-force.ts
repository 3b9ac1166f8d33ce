// The reference index: compares with every hash. Slow at size, and obviously right.
import { distanceWords256 } from '../../kernels/index.js';
import {
  byDistance,
  checkHash,
  checkId,
  checkRadius,
  readWords,
  type NearHit,
  type NearIndex,
  type SearchOptions,
} from './near-index.js';
import { checkScopes } from './scope-set.js';
import { grown, Slots } from './slots.js';

const WORDS = 8;

export class BruteForceNearIndex implements NearIndex {
  readonly #slots = new Slots();
  readonly #query = new Int32Array(WORDS);
  readonly #scopes = new Map<number, readonly number[]>();
  #words = new Int32Array(WORDS * 1024);

  get size(): number {
    return [...this.#scopes.values()].reduce((sum, scopes) => sum + scopes.length, 0);
  }

  add(id: number, hash: Uint8Array, scopes: readonly number[] = [0]): void {
    checkId(id);
    checkHash(hash);
    checkScopes(scopes);
    this.#scopes.set(id, [...new Set(scopes)]);
    const slot = this.#slots.slotOf(id) ?? this.#slots.take(id);
    this.#words = grown(this.#words, (slot + 1) * WORDS);
    readWords(hash, this.#words, slot * WORDS);
  }

  remove(id: number): boolean {
    this.#scopes.delete(id);
    return this.#slots.release(id) !== undefined;
  }

  has(id: number): boolean {
    return this.#slots.slotOf(id) !== undefined;
  }

  search(hash: Uint8Array, radiusBits: number, { visible, limit }: SearchOptions = {}): NearHit[] {
    checkHash(hash);
    checkRadius(radiusBits);
    readWords(hash, this.#query, 0);
    const hits: NearHit[] = [];
    for (let slot = 0; slot < this.#slots.end; slot++) {
      const distanceBits = distanceWords256(this.#query, 0, this.#words, slot * WORDS, radiusBits);
      if (distanceBits > radiusBits) continue;
      const id = this.#slots.idAt(slot);
      if (Number.isNaN(id) || (visible && !this.#scopes.get(id)!.some((scope) => visible.has(scope)))) continue;
      hits.push({ id, distanceBits });
    }
    return hits.sort(byDistance).slice(0, limit);
  }
}
