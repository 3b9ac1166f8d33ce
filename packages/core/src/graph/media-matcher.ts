// Finds every match of a medium among those already added: the one way to do it, for `redthread match` (all in memory) and for
// the matcher process (which asks `NearCandidates` and loads the few candidates itself).
import type { NearIndex } from '../index/index.js';
import { compareMedia, type ComparableMedia, type MediaComparison } from './compare-media.js';
import { FilmCandidates, framesAsPictures } from './film-candidates.js';
import { NearCandidates } from './near-candidates.js';
import { PartCandidates } from './part-candidates.js';

export interface MediaMatch {
  readonly id: number;
  readonly comparison: MediaComparison;
}

/** Compares `media` with each candidate and keeps what matches, by rising id. `where.a` is in `media`, `where.b` in the candidate. */
export const matchCandidates = (
  media: ComparableMedia,
  candidates: Iterable<readonly [id: number, media: ComparableMedia]>,
): MediaMatch[] => {
  const matches: MediaMatch[] = [];
  for (const [id, candidate] of candidates) {
    const comparison = compareMedia(media, candidate);
    if (comparison.grade !== 'none') matches.push({ id, comparison });
  }
  return matches.sort((a, b) => a.id - b.id);
};

/** A pool of media in memory: about 5 kB each, and 65 kB more for local features. */
export class MediaMatcher {
  readonly #candidates: NearCandidates;
  readonly #parts = new PartCandidates();
  readonly #films = new FilmCandidates();
  readonly #media = new Map<number, ComparableMedia>();
  readonly #byBytes = new Map<string, Set<number>>();

  constructor(createIndex?: () => NearIndex) {
    this.#candidates = new NearCandidates(createIndex);
  }

  get size(): number {
    return this.#media.size;
  }

  /** Replaces what was known under `id`. */
  add(id: number, media: ComparableMedia): void {
    this.remove(id);
    this.#media.set(id, media);
    this.#candidates.add(id, media.signals);
    this.#parts.add(id, media.signals);
    this.#films.add(id, media.signals);
    const twins = this.#byBytes.get(media.sha256);
    if (twins) twins.add(id);
    else this.#byBytes.set(media.sha256, new Set([id]));
  }

  remove(id: number): boolean {
    const media = this.#media.get(id);
    if (!media) return false;
    this.#media.delete(id);
    this.#candidates.remove(id);
    this.#parts.remove(id);
    this.#films.remove(id);
    const twins = this.#byBytes.get(media.sha256);
    twins?.delete(id);
    if (twins?.size === 0) this.#byBytes.delete(media.sha256);
    return true;
  }

  /** Every match of `media`, which need not have been added; `except` leaves itself out. */
  match(media: ComparableMedia, except?: number): MediaMatch[] {
    const ids = new Set([
      ...(this.#byBytes.get(media.sha256) ?? []),
      ...this.#candidates.find(media.signals),
      ...this.#parts.find(media.signals),
      ...this.#films.find(media.signals),
      ...framesAsPictures(media.signals).flatMap((frame) => this.#candidates.find(frame)),
    ]);
    if (except !== undefined) ids.delete(except);
    return matchCandidates(
      media,
      [...ids].map((id) => [id, this.#media.get(id)!] as const),
    );
  }
}
