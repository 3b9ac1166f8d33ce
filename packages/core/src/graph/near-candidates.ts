// Proposes which media are worth comparing: two exact indexes, over PDQ and over local differences, asked in eight orientations.
import { HASH_BYTES, ORIENTATION_COUNT } from '../kernels/index.js';
import { SegmentedNearIndex, NEAR_REACH_BITS, type NearIndex } from '../index/index.js';
import { edgeHash, isFeatureless, pdq, signalOf, type Signal } from '../signals/index.js';

/**
 * Holds the upright hashes of each medium (64 bytes, without its grid) and finds the ids whose hash lies within the reach of a query's
 * hash in any orientation, by either method: a superset of what `compareMedia` calls the same content. Featureless pictures are
 * neither kept nor found.
 */
export class NearCandidates {
  readonly #whole: NearIndex;
  readonly #local: NearIndex;

  constructor(createIndex: () => NearIndex = () => new SegmentedNearIndex()) {
    this.#whole = createIndex();
    this.#local = createIndex();
  }

  get size(): number {
    return this.#whole.size;
  }

  /** Replaces what was known under `id`. True if the signals can be found at all. */
  add(id: number, signals: readonly Signal[]): boolean {
    this.remove(id);
    const [whole, local] = searchable(signals);
    if (whole) this.#whole.add(id, whole.value.subarray(0, HASH_BYTES));
    if (local) this.#local.add(id, local.value.subarray(0, HASH_BYTES));
    return whole !== undefined;
  }

  remove(id: number): boolean {
    const wasWhole = this.#whole.remove(id);
    const wasLocal = this.#local.remove(id);
    return wasWhole || wasLocal;
  }

  /** Ids in rising order. */
  find(signals: readonly Signal[]): number[] {
    const [whole, local] = searchable(signals);
    const ids = new Set<number>();
    if (whole) collect(this.#whole, whole, ids);
    if (local) collect(this.#local, local, ids);
    return [...ids].sort((a, b) => a - b);
  }
}

/** The signals that the indexes hold and ask for, the rule of them all: none of a featureless picture. */
export const searchable = (signals: readonly Signal[]): [whole?: Signal | undefined, local?: Signal | undefined] => {
  const whole = signalOf(signals, pdq);
  return whole === undefined || isFeatureless(whole) ? [] : [whole, signalOf(signals, edgeHash)];
};

const collect = (index: NearIndex, signal: Signal, ids: Set<number>): void => {
  for (let k = 0; k < ORIENTATION_COUNT; k++) {
    const hash = signal.value.subarray(k * HASH_BYTES, (k + 1) * HASH_BYTES);
    for (const { id } of index.search(hash, NEAR_REACH_BITS)) ids.add(id);
  }
};
