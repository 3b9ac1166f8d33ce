// One near index as its owner keeps it: the youngest hashes, which only the owner searches, above segments in memory that
// other threads search at the same time.
import { NearSegment, SegmentedNearIndex, type NearPosting } from '@redthread/core/index';

const OPTIONS = { variant: 'shared' } as const;

export class LayeredIndex {
  #young = new SegmentedNearIndex(OPTIONS);
  #old = new SegmentedNearIndex(OPTIONS);

  /** Hashes that can be found. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }

  /** Segments, for others to search and for files. */
  get segments(): readonly NearSegment[] {
    return this.#old.segments;
  }

  has(id: number): boolean {
    return this.#young.has(id) || this.#old.has(id);
  }

  /** Puts a hash under `id`, in place of the one that was there; null takes it away. Told the same again, it stays as it is. */
  set(id: number, hash: Uint8Array | null): void {
    if (hash !== null && this.has(id) && this.#holds(id, hash)) return;
    this.#old.remove(id);
    if (hash === null) this.#young.remove(id);
    else this.#young.add(id, hash);
    if (this.#young.segments.length > 0) this.fold();
  }

  /** A segment of hashes that are not in the index yet. */
  append(postings: Iterable<NearPosting>, count: number): void {
    if (count > 0) this.#take([NearSegment.build(postings, count, OPTIONS)]);
  }

  /** Segments that were loaded, into an index that is empty. */
  take(segments: readonly NearSegment[]): void {
    this.#take(segments);
  }

  /** Ids within the radius among the youngest. */
  searchYoung(hash: Uint8Array, radiusBits: number, found: Set<number>): void {
    for (const { id } of this.#young.search(hash, radiusBits)) found.add(id);
  }

  /** Makes a segment of the youngest; small segments are merged at once. */
  fold(): void {
    this.#young.seal();
    if (this.#young.segments.length === 0) return;
    this.#take(this.#young.segments);
    this.#young = new SegmentedNearIndex(OPTIONS);
    this.#old.seal();
  }

  /** One step of merging large segments. False when there was nothing to do. */
  compact(): boolean {
    return this.#old.compact();
  }

  purge(): void {
    this.fold();
    this.#old.purge();
  }

  #holds(id: number, hash: Uint8Array): boolean {
    return [this.#young, this.#old].some((part) => part.search(hash, 0).some((hit) => hit.id === id));
  }

  #take(segments: readonly NearSegment[]): void {
    this.#old = SegmentedNearIndex.of([...this.#old.segments, ...segments], OPTIONS);
  }
}
