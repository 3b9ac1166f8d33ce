// The near index: a short head that takes new hashes, and segments that grow by being merged, as in a log-structured merge tree
// (O'Neil et al., 1996). A search asks them all; an id has one hash, in one of them.
import type { KernelVariant } from '../../wasm/index.js';
import { NearHead } from './head.js';
import { HEAD_LIMIT, mergeGroup, SEGMENT_LIMIT, wastefulSegments } from './merge-plan.js';
import {
  byDistance,
  checkHash,
  checkId,
  checkRadius,
  type NearHit,
  type NearIndex,
  type SearchOptions,
} from './near-index.js';
import { checkScope, checkScopes, type ScopeSet } from './scope-set.js';
import { NearSegment, type NearPosting } from './segment.js';

export interface SegmentedOptions {
  /** `shared`: segments lie in memory that threads can share. `plain`, the default, serves any browser. */
  readonly variant?: KernelVariant;
  /** Hashes that the head takes before it becomes a segment. Smaller is for tests. */
  readonly headLimit?: number;
  /** Postings of a segment at most: 2 GiB at 152 bytes each, with room to spare. */
  readonly segmentLimit?: number;
}

/** Merges up to here take milliseconds and are done at once; larger ones wait for `compact()`. */
const MERGE_AT_ONCE = 64_000;

export class SegmentedNearIndex implements NearIndex {
  readonly #variant: KernelVariant;
  readonly #head: NearHead;
  readonly #segmentLimit: number;
  #segments: readonly NearSegment[] = [];

  constructor({ variant = 'plain', headLimit = HEAD_LIMIT, segmentLimit = SEGMENT_LIMIT }: SegmentedOptions = {}) {
    this.#variant = variant;
    this.#head = new NearHead(headLimit);
    this.#segmentLimit = segmentLimit;
  }

  /** An index of segments that were loaded. */
  static of(segments: readonly NearSegment[], options?: SegmentedOptions): SegmentedNearIndex {
    const index = new SegmentedNearIndex(options);
    index.#segments = [...segments];
    return index;
  }

  /**
   * An index of exactly `count` postings at once, faster than adding them: each id with one hash, at most once for a scope. A posting is read
   * before the next is asked for. Throws RangeError where there are more or fewer.
   */
  static build(postings: Iterable<NearPosting>, count: number, options?: SegmentedOptions): SegmentedNearIndex {
    const index = new SegmentedNearIndex(options);
    const source = checked(postings);
    for (let left = count; left > 0;) {
      const part = Math.min(left, index.#segmentLimit);
      const segment = NearSegment.build(take(source, part), part, { variant: index.#variant });
      index.#segments = [...index.#segments, segment];
      left -= part;
    }
    if (source.next().done !== true) throw new RangeError(`more than ${count} postings`);
    return index;
  }

  /** Postings held: an id counts once for each of its scopes. */
  get size(): number {
    return this.#head.postings + this.#segments.reduce((sum, segment) => sum + segment.live, 0);
  }

  /** What does not change any more, but for marks of removal: to be saved, or searched by other threads. */
  get segments(): readonly NearSegment[] {
    return this.#segments;
  }

  add(id: number, hash: Uint8Array, scopes: readonly number[] = [0]): void {
    checkId(id);
    checkHash(hash);
    checkScopes(scopes);
    this.remove(id);
    this.#head.add(id, hash, [...new Set(scopes)]);
    if (this.#head.size >= this.#head.limit) this.seal();
  }

  remove(id: number): boolean {
    const wasInHead = this.#head.remove(id);
    const removed = this.#segments.reduce((sum, segment) => sum + segment.remove(id), 0);
    return wasInHead || removed > 0;
  }

  has(id: number): boolean {
    return this.#head.has(id) || this.#segments.some((segment) => segment.has(id));
  }

  search(hash: Uint8Array, radiusBits: number, { visible, limit }: SearchOptions = {}): NearHit[] {
    checkHash(hash);
    checkRadius(radiusBits);
    const hits: NearHit[] = [];
    this.#head.search(hash, radiusBits, hits, visible);
    for (const segment of this.#segments) segment.search(hash, radiusBits, hits, visible);
    hits.sort(byDistance);
    return limit === undefined ? hits : hits.slice(0, limit);
  }

  /**
   * Every pair of ids whose hashes lie within the radius, once, in no order: the join of the index with itself, for stacking. What the
   * asker may not see takes no part.
   */
  join(radiusBits: number, found: (a: number, b: number, distanceBits: number) => void, visible?: ScopeSet): void {
    checkRadius(radiusBits);
    this.seal();
    this.#segments.forEach((segment, place) => {
      for (let slot = 0; slot < segment.slots; slot++) {
        const ids = [...segment.idsOf(slot, visible)];
        if (ids.length === 0) continue;
        ids.forEach((a, i) => ids.slice(i + 1).forEach((b) => found(a, b, 0)));
        for (const other of this.#segments.slice(place)) {
          other.searchStored(segment.storedHash(slot), radiusBits, (otherSlot, distanceBits) => {
            if (other === segment && otherSlot <= slot) return;
            for (const b of other.idsOf(otherSlot, visible)) for (const a of ids) found(a, b, distanceBits);
          });
        }
      }
    });
  }

  /** Makes a segment of the head, and merges small ones that have become many. */
  seal(): void {
    const count = this.#head.postings;
    if (count > 0) {
      const segment = NearSegment.build(this.#head.livePostings(), count, { variant: this.#variant });
      this.#segments = [...this.#segments, segment];
    }
    this.#head.clear();
    for (let group = this.#due(MERGE_AT_ONCE); group !== null; group = this.#due(MERGE_AT_ONCE)) this.#merge(group);
  }

  /** One step of upkeep: merges segments that have become many, or drops removed postings. False when there was nothing to do. */
  compact(): boolean {
    const group = this.#due(this.#segmentLimit) ?? wastefulSegments(this.#segments, false).slice(0, 1);
    if (group.length === 0) return false;
    this.#merge(group);
    return true;
  }

  /** Rewrites every segment that holds removed postings, so that nothing of them is left in memory or in a file saved afterwards. */
  purge(): void {
    for (const segment of wastefulSegments(this.#segments, true)) this.#merge([segment]);
  }

  #due(most: number): readonly NearSegment[] | null {
    return mergeGroup(this.#segments, { most, smallest: this.#head.limit });
  }

  #merge(group: readonly NearSegment[]): void {
    const live = group.reduce((sum, segment) => sum + segment.live, 0);
    const rest = this.#segments.filter((segment) => !group.includes(segment));
    if (live === 0) this.#segments = rest;
    else {
      const postings = concat(group.map((segment) => segment.livePostings()));
      this.#segments = [...rest, NearSegment.build(postings, live, { variant: this.#variant, isSpread: true })];
    }
  }
}

const checked = function* (postings: Iterable<NearPosting>): Generator<NearPosting> {
  for (const posting of postings) {
    checkId(posting.id);
    checkHash(posting.hash);
    checkScope(posting.scope);
    yield posting;
  }
};

/** The next `count` of a source that goes on afterwards. */
const take = function* <T>(source: Iterator<T>, count: number): Iterable<T> {
  for (let i = 0; i < count; i++) {
    const next = source.next();
    if (next.done === true) return;
    yield next.value;
  }
};

const concat = function* <T>(parts: readonly Iterable<T>[]): Iterable<T> {
  for (const part of parts) yield* part;
};
