// One near index as its owner keeps it: the youngest hashes, which only the owner searches, above segments in memory that
// other threads search, and merge, at the same time.
import {
  NearSegment,
  SegmentedNearIndex,
  type NearHit,
  type NearPosting,
  mergeGroup,
  wastefulSegments,
} from '@redthread/core/index';

const OPTIONS = { variant: 'shared' } as const;

/** A merge under way in another thread. */
interface Merge {
  readonly group: readonly NearSegment[];
  /** What was removed from the group since it began: the merged segment may hold it. */
  readonly removed: number[];
}

export class LayeredIndex {
  #young = new SegmentedNearIndex(OPTIONS);
  #segments: readonly NearSegment[] = [];
  #merge: Merge | null = null;

  /** Hashes that can be found. */
  get size(): number {
    return this.#young.size + this.#segments.reduce((sum, { live }) => sum + live, 0);
  }

  /** Segments, for others to search and for files. */
  get segments(): readonly NearSegment[] {
    return this.#segments;
  }

  /** Marks of removal in the segments: what they and their files hold still. */
  get removed(): number {
    return this.#segments.reduce((sum, { live, postings }) => sum + postings - live, 0);
  }

  has(id: number): boolean {
    return this.#young.has(id) || this.#segments.some((segment) => segment.has(id));
  }

  /**
   * Puts a hash under `id`, in place of the one that was there; null takes it away. Told the same again, it stays as it is.
   * Answers whether a segment, and so perhaps a file, holds what was removed.
   */
  set(id: number, hash: Uint8Array | null): boolean {
    if (hash !== null && this.has(id) && this.#holds(id, hash)) return false;
    const holders = this.#segments.filter((segment) => segment.remove(id) > 0);
    if (holders.length > 0) this.#merge?.removed.push(id);
    if (hash === null) this.#young.remove(id);
    else this.#young.add(id, hash);
    if (this.#young.segments.length > 0) this.fold();
    return holders.length > 0;
  }

  /** A segment of hashes that are not in the index yet. */
  append(postings: Iterable<NearPosting>, count: number): void {
    if (count > 0) this.take([NearSegment.build(postings, count, OPTIONS)]);
  }

  /** Segments of which nothing is in the index yet. */
  take(segments: readonly NearSegment[]): void {
    this.#segments = [...this.#segments, ...segments];
  }

  /** Ids within the radius among the youngest. */
  searchYoung(hash: Uint8Array, radiusBits: number, found: Set<number>): void {
    for (const { id } of this.#young.search(hash, radiusBits)) found.add(id);
  }

  /** Makes a segment of the youngest; small segments are merged at once, which takes milliseconds. */
  fold(): void {
    this.#young.seal();
    if (this.#young.segments.length === 0) return;
    const underWay = this.#merge?.group ?? [];
    const free = this.#segments.filter((segment) => !underWay.includes(segment));
    const rest = SegmentedNearIndex.of([...free, ...this.#young.segments], OPTIONS);
    rest.seal();
    this.#segments = [...underWay, ...rest.segments];
    this.#young = new SegmentedNearIndex(OPTIONS);
  }

  /** Segments that another thread should make one of, until `merged`; null: none. `isPurge`: whatever holds removed hashes. */
  beginMerge(isPurge: boolean): readonly NearSegment[] | null {
    if (this.#merge !== null) return null;
    const wasteful = wastefulSegments(this.#segments, isPurge).slice(0, 1);
    const group = mergeGroup(this.#segments) ?? (wasteful.length === 0 ? null : wasteful);
    if (group !== null) this.#merge = { group, removed: [] };
    return group;
  }

  /** Puts the merged segment in place of its group; null: nothing of the group was left. */
  endMerge(merged: NearSegment | null): void {
    const { group, removed } = this.#merge ?? { group: [], removed: [] };
    this.#merge = null;
    for (const id of removed) merged?.remove(id);
    const rest = this.#segments.filter((segment) => !group.includes(segment));
    this.#segments = merged === null ? rest : [...rest, merged];
  }

  /** The merge failed; everything stays as it is. */
  cancelMerge(): void {
    this.#merge = null;
  }

  #holds(id: number, hash: Uint8Array): boolean {
    const hits: NearHit[] = this.#young.search(hash, 0);
    for (const segment of this.#segments) segment.search(hash, 0, hits);
    return hits.some((hit) => hit.id === id);
  }
}
