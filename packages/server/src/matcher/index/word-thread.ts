// The index of visual words as the process of the matcher sees it: one thread that owns it.
import { fail } from '@redthread/core/errors';
import { PART_PROPOSALS, partSignal } from '@redthread/core/graph';
import type { Signal } from '@redthread/core/signals';
import { entryPath } from '../../app/entry-path.js';
import { Thread } from './thread.js';
import type { WordChange, WordRequest, WordsFound } from './word-messages.js';

/** Errors of every call: INTERNAL when the thread has died. */
export class WordThread {
  readonly #thread = new Thread<WordRequest>(entryPath(import.meta.url, './word-index-thread.js'), null);

  /** Makes the index hold exactly these features of these contents. Answers how many went. */
  change(contents: readonly WordChange[]): Promise<number> {
    return this.#thread.ask<number>({ op: 'change', contents });
  }

  /** For each query, the contents that may share a part or a place with it. */
  async find(contents: readonly (readonly Signal[])[]): Promise<WordsFound> {
    const queries = contents.map((signals) => partSignal(signals)?.value ?? null);
    if (queries.every((query) => query === null)) return queries.map(() => []);
    return this.#thread.ask<WordsFound>({ op: 'find', queries, limit: PART_PROPOSALS });
  }

  /** Leaves nothing of removed contents in memory. */
  async purge(): Promise<void> {
    await this.#thread.ask<null>({ op: 'purge' });
  }

  /** Throws what ended the thread, though nobody stopped it. */
  check(): void {
    const { failure } = this.#thread;
    if (failure !== null) throw fail('INTERNAL', failure.message, { cause: failure });
  }

  stop(): Promise<void> {
    return this.#thread.stop();
  }
}
