// Proposes which media may share a part or a place: an index of visual words. What it proposes is compared.
import { WordIndex } from '../index/index.js';
import { LEAST_FEATURES, localFeatures, signalOf, type Signal } from '../signals/index.js';

export class PartCandidates {
  readonly #words = new WordIndex();

  get size(): number {
    return this.#words.size;
  }

  /** Bytes that the index holds. */
  get bytes(): number {
    return this.#words.bytes;
  }

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

  /** Ids in rising order, its own among them where it was added. Of two media each proposes the other, or neither does. */
  find(signals: readonly Signal[]): number[] {
    const features = partSignal(signals);
    return features === undefined ? [] : this.#words.search(features.value);
  }
}

/** The signal that the index holds and asks for; none of a picture with too few features. */
export const partSignal = (signals: readonly Signal[]): Signal | undefined => {
  const features = signalOf(signals, localFeatures);
  return (features?.quality ?? 0) >= LEAST_FEATURES ? features : undefined;
};
