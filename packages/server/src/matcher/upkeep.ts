// Keeps the segments of the present indexes few: merges beside everything else, as long as there is something to merge.
import { setTimeout as sleep } from 'node:timers/promises';
import type { NearThreads } from './index/near-threads.js';

export interface UpkeepOptions {
  /** Whether a failure still matters: a generation that is gone has nothing to merge. */
  readonly isPresent: (threads: NearThreads) => boolean;
  readonly closing: AbortSignal;
  readonly log: (line: string) => void;
}

/** A merge that fails (for want of memory) costs speed, and nothing else. */
const AGAIN_MS = 60_000;

export class Upkeep {
  readonly #options: UpkeepOptions;
  /** Whose segments are being merged. */
  #merging: NearThreads | null = null;

  constructor(options: UpkeepOptions) {
    this.#options = options;
  }

  /** Starts what is to be done, where it is not under way; not waited for. */
  start(threads: NearThreads): void {
    if (this.#merging === threads) return;
    this.#merging = threads;
    void this.#mergeAll(threads).finally(() => {
      if (this.#merging === threads) this.#merging = null;
    });
  }

  async #mergeAll(threads: NearThreads): Promise<void> {
    const { isPresent, closing, log } = this.#options;
    try {
      while (await threads.upkeep());
    } catch (error) {
      if (!isPresent(threads)) return;
      log(`the index was not merged: ${String(error)}`);
      await sleep(AGAIN_MS, undefined, { signal: closing }).catch(() => undefined);
    }
  }
}
