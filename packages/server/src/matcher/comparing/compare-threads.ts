// Compares many pairs in threads: pictures of one room take milliseconds a pair, and there are as many pairs as there are. What a pair comes to follows from its two media
// alone, so that it does not matter which thread has it.
import { fail } from '@redthread/core/errors';
import type { ComparableMedia } from '@redthread/core/graph';
import { entryPath } from '../../app/entry-path.js';
import { Thread } from '../index/thread.js';
import type { Compared, CompareRequest } from './compare-messages.js';

/** So few pairs are not worth a second thread. */
const LEAST_OF_A_THREAD = 16;

export class CompareThreads {
  readonly #most: number;
  readonly #threads: Thread<CompareRequest>[] = [];

  /** No thread runs until the first pairs come. */
  constructor(most: number) {
    this.#most = most;
  }

  /** A comparison for each pair, in their order; null where the two do not match. Errors: INTERNAL when a thread has died. */
  async compare(pairs: readonly (readonly [a: ComparableMedia, b: ComparableMedia])[]): Promise<Compared> {
    const count = Math.min(this.#most, Math.ceil(pairs.length / LEAST_OF_A_THREAD));
    const each = Math.ceil(pairs.length / Math.max(1, count));
    while (this.#threads.length < count)
      this.#threads.push(new Thread(entryPath(import.meta.url, './compare-thread.js'), null));
    const parts = await Promise.all(
      this.#threads.slice(0, count).map((thread, n) => {
        const { memory, ...question } = questionOf(pairs.slice(n * each, (n + 1) * each));
        return thread.ask<Compared>({ op: 'compare', ...question }, memory);
      }),
    );
    return parts.flat();
  }

  /** Throws what ended a thread, though nobody stopped it. */
  check(): void {
    for (const { failure } of this.#threads)
      if (failure !== null) throw fail('INTERNAL', String(failure), { cause: failure });
  }

  async stop(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.stop()));
  }
}

/** Each medium once, its signals in memory of their own, which is handed over: with views of it, all that the database sent along would go to the thread. */
const questionOf = (pairs: readonly (readonly [ComparableMedia, ComparableMedia])[]) => {
  const places = new Map<ComparableMedia, number>();
  const media: ComparableMedia[] = [];
  const memory: ArrayBuffer[] = [];
  const placeOf = (given: ComparableMedia): number => {
    const known = places.get(given);
    if (known !== undefined) return known;
    const signals = given.signals.map((signal) => {
      const value = new Uint8Array(signal.value);
      memory.push(value.buffer);
      return { method: signal.method, version: signal.version, quality: signal.quality, value };
    });
    places.set(given, media.length);
    return media.push({ sha256: given.sha256, signals }) - 1;
  };
  return { pairs: pairs.map(([a, b]) => [placeOf(a), placeOf(b)] as const), media, memory };
};
