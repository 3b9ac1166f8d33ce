// Finds, among many pictures, those that may share a part or a place with a query: an inverted file of visual words in segments that are merged as they
// grow. Whether it proposes a pair follows from the two pictures alone, whichever asks, whatever else it holds. Geometry decides (`compareMedia`).
import { unpackFeatures } from '../../kernels/index.js';
import { indexedFeatures, type IndexedFeatures } from './postings.js';
import { buildSegment, GONE, mergeSegments, type WordSegment } from './segment.js';
import { agreeingPictures } from './votes.js';

/** Pictures that wait until they are made a segment, at the next search or when there are so many. */
const MOST_WAITING = 256;
/** A segment is merged with the one before unless that is so many times larger. */
const GROWTH = 3;

export class WordIndex {
  #segments: WordSegment[] = [];
  readonly #waiting = new Map<number, IndexedFeatures>();
  /** Where each picture lies. */
  readonly #places = new Map<number, WordSegment>();

  get size(): number {
    return this.#places.size + this.#waiting.size;
  }

  /** Bytes of all segments. */
  get bytes(): number {
    return this.#segments.reduce(
      (sum, { codes, docs, ids, poses, starts }) =>
        sum + codes.byteLength + docs.byteLength + ids.byteLength + poses.byteLength + starts.byteLength,
      0,
    );
  }

  /** `value` of a valid signal of local features. Replaces what was known under `id`. */
  add(id: number, value: Uint8Array): void {
    this.remove(id);
    this.#waiting.set(id, indexedFeatures(unpackFeatures(value)));
    if (this.#waiting.size >= MOST_WAITING) this.#settle();
  }

  remove(id: number): boolean {
    if (this.#waiting.delete(id)) return true;
    const segment = this.#places.get(id);
    if (segment === undefined) return false;
    this.#places.delete(id);
    segment.ids[segment.ids.indexOf(id)] = GONE;
    segment.live -= 1;
    return true;
  }

  /** Ids in rising order. */
  search(value: Uint8Array): number[] {
    this.#settle();
    const query = indexedFeatures(unpackFeatures(value));
    const ids: number[] = [];
    for (const segment of this.#segments) agreeingPictures(segment, query, (id) => void ids.push(id));
    return ids.sort((a, b) => a - b);
  }

  /** What waits becomes a segment, and segments of about one size become one. */
  #settle(): void {
    if (this.#waiting.size > 0) {
      this.#push(buildSegment([...this.#waiting]));
      this.#waiting.clear();
    }
    for (;;) {
      const [before, last] = this.#segments.slice(-2);
      if (before === undefined || last === undefined || before.live > GROWTH * last.live) return;
      this.#segments.length -= 2;
      this.#push(mergeSegments([before, last]));
    }
  }

  #push(segment: WordSegment): void {
    this.#segments.push(segment);
    for (const id of segment.ids) if (id !== GONE) this.#places.set(id, segment);
  }
}
