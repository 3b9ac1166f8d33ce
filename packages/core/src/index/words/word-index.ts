// Finds, among many pictures, those that may share a part or a place with a query: an inverted file of visual words in segments that are merged as they
// grow. It proposes; geometry decides (`compareMedia`).
import { mirrored, unpackFeatures, unpackIndexed, WORDS, type FeatureSet } from '../../kernels/index.js';
import { buildSegment, canMerge, GONE, mergeSegments, type WordSegment } from './segment.js';
import { votesFor } from './votes.js';

export interface WordHit {
  readonly id: number;
  /** Weighed votes that agree on turn and size. */
  readonly score: number;
}

export interface WordSearch {
  /** Hits at most, best first. */
  readonly limit: number;
  /** Ids that may be found; without it, all. Filtered before the limit. */
  readonly isVisible?: (id: number) => boolean;
}

/** Pictures that wait until they are made a segment, at the next search or when there are so many. */
const MOST_WAITING = 256;
/** A segment is merged with the one before unless that is so many times larger. */
const GROWTH = 3;
/** Less than about two features that agree: nothing that geometry could confirm. */
const LEAST_SCORE = 2;

export class WordIndex {
  #segments: WordSegment[] = [];
  readonly #waiting = new Map<number, FeatureSet>();
  /** Where each picture lies. */
  readonly #places = new Map<number, WordSegment>();

  get size(): number {
    return this.#places.size + this.#waiting.size;
  }

  /** Bytes of all postings. */
  get bytes(): number {
    return this.#segments.reduce(
      (sum, { codes, ids, postings, starts }) =>
        sum + codes.byteLength + ids.byteLength + postings.byteLength + starts.byteLength,
      0,
    );
  }

  /** `value` of a valid signal of local features. Replaces what was known under `id`. */
  add(id: number, value: Uint8Array): void {
    this.remove(id);
    this.#waiting.set(id, unpackIndexed(value));
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

  /** Best first; equal scores by id. */
  search(value: Uint8Array, { limit, isVisible }: WordSearch): WordHit[] {
    this.#settle();
    const query = unpackFeatures(value);
    const inMirror = mirrored(query);
    const [weights, mirrorWeights] = [this.#weightsFor(query), this.#weightsFor(inMirror)];
    const hits: WordHit[] = [];
    for (const segment of this.#segments) {
      const upright = votesFor(segment, query, weights, true);
      const turned = votesFor(segment, inMirror, mirrorWeights, false);
      segment.ids.forEach((id, doc) => {
        const score = Math.max(upright[doc]!, turned[doc]!);
        if (score < LEAST_SCORE || id === GONE || isVisible?.(id) === false) return;
        hits.push({ id, score });
      });
    }
    return hits.sort((a, b) => b.score - a.score || a.id - b.id).slice(0, limit);
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
      if (!canMerge([before, last])) return;
      this.#segments.length -= 2;
      this.#push(mergeSegments([before, last]));
    }
  }

  #push(segment: WordSegment): void {
    this.#segments.push(segment);
    for (const id of segment.ids) this.#places.set(id, segment);
  }

  /**
   * What a word tells: 0..1 by how rare it is among all pictures (1 where nearly none has it), divided among the features of the query
   * that share it.
   */
  #weightsFor(query: FeatureSet): Float32Array {
    const weights = new Float32Array(WORDS);
    const most = Math.log(2 + this.size);
    for (const word of query.words) weights[word]! += 1;
    for (const word of new Set([...query.words, ...query.secondWords])) {
      const known = this.#segments.reduce((sum, { starts }) => sum + starts[word + 1]! - starts[word]!, 0);
      const rarity = Math.min(1, Math.max(0.05, Math.log((2 + this.size) / (1 + known)) / most));
      weights[word] = this.size < SMALL ? 1 : rarity / Math.sqrt(Math.max(1, weights[word]!));
    }
    return weights;
  }
}

/** Among fewer pictures than this, how rare a word is cannot be told. */
const SMALL = 100;
