// Proposes which media may share a part or a place: an index of visual words. What it proposes is compared, best first, as far as is worth the time.
import { WordIndex } from '../index/index.js';
import { LEAST_FEATURES, localFeatures, signalOf, type Signal } from '../signals/index.js';

/** Proposals for one medium at most: comparing each takes some milliseconds. */
const PART_PROPOSALS = 32;

export class PartCandidates {
  readonly #words = new WordIndex();

  /** Replaces what was known under `id`. True if the signals can be found at all. */
  add(id: number, signals: readonly Signal[]): boolean {
    this.#words.remove(id);
    const features = partSignal(signals);
    if (features !== undefined) this.#words.add(id, features.value);
    return features !== undefined;
  }

  remove(id: number): boolean {
    return this.#words.remove(id);
  }

  /** Ids, the likeliest first. */
  find(signals: readonly Signal[], isVisible?: (id: number) => boolean): number[] {
    const features = partSignal(signals);
    if (features === undefined) return [];
    const asked = { limit: PART_PROPOSALS, ...(isVisible === undefined ? {} : { isVisible }) };
    return this.#words.search(features.value, asked).map(({ id }) => id);
  }
}

/** The signal that the index holds and asks for; none of a picture with too few features. */
const partSignal = (signals: readonly Signal[]): Signal | undefined => {
  const features = signalOf(signals, localFeatures);
  return (features?.quality ?? 0) >= LEAST_FEATURES ? features : undefined;
};
