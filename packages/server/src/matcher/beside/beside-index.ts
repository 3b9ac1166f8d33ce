// An index as the process of the matcher sees it that is filled from the database beside what goes on, in a thread, and kept true by the feed. Hashes of pictures are matched meanwhile;
// parts and films, once it is filled.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { fail } from '@redthread/core/errors';
import type { Signal } from '@redthread/core/signals';
import { isPassing } from '../../app/through-restarts.js';
import type { Database } from '../../store/index.js';
import { Thread } from '../index/thread.js';
import { readContentPage, readContents, type IndexedMethod } from './content-signals.js';
import type { BesideRequest, IndexedContent } from './beside-messages.js';

const RETRY_MS = 1_000;

export interface BesideOptions {
  /** Of the thread. */
  readonly entry: string;
  /** Signals that the index holds. */
  readonly methods: readonly IndexedMethod[];
  /** Contents that are read at a time: so long a change of the feed waits at most while the index is filled. */
  readonly page: number;
}

/** Errors of every call: INTERNAL when the thread has died, of the database. */
export class BesideIndex {
  readonly #db: Kysely<Database>;
  readonly #options: BesideOptions;
  readonly #thread: Thread<BesideRequest>;
  readonly #closing = new AbortController();
  /** One reading after the other, so that what was read earlier never replaces what was read later. */
  #last: Promise<unknown> = Promise.resolve();
  #filling: Promise<void> | null = null;
  #isFilled = false;
  #failure: unknown = null;

  constructor(db: Kysely<Database>, options: BesideOptions) {
    this.#db = db;
    this.#options = options;
    this.#thread = new Thread(options.entry, null);
  }

  /** Whether it holds all that it should. */
  get isFilled(): boolean {
    return this.#isFilled;
  }

  /** Begins to read what there is. Changes since before this call must come by `change`. */
  fill(): void {
    this.#filling ??= this.#fill();
    this.#filling.catch((error: unknown) => {
      if (!this.#closing.signal.aborted) this.#failure = error;
    });
  }

  /** Makes the index hold what the database has of these contents now. */
  change(contentIds: readonly number[]): Promise<void> {
    return this.#inTurn(async () => this.#send(await readContents(this.#db, this.#options.methods, contentIds)));
  }

  /** For each query, the contents that are worth comparing with it. */
  async find(queries: readonly (readonly Signal[])[]): Promise<readonly ReadonlySet<number>[]> {
    await this.#filling;
    const found = await this.#thread.ask<readonly (readonly number[])[]>({ op: 'find', queries });
    return found.map((ids) => new Set(ids));
  }

  /** Throws what ended the filling or the thread, though nobody stopped it. */
  check(): void {
    const failure = this.#failure ?? this.#thread.failure;
    if (failure !== null) throw fail('INTERNAL', String(failure), { cause: failure });
  }

  async stop(): Promise<void> {
    this.#closing.abort();
    await this.#thread.stop();
    await this.#filling?.catch(() => undefined);
  }

  async #fill(): Promise<void> {
    const { signal } = this.#closing;
    const { methods, page: limit } = this.#options;
    for (let after = 0; !signal.aborted;) {
      try {
        const page = await this.#inTurn(async () => {
          const read = await readContentPage(this.#db, methods, after, limit);
          await this.#send(read);
          return read;
        });
        after = page.at(-1)?.contentId ?? after;
        if (page.length < limit) break;
      } catch (error) {
        if (signal.aborted || !isPassing(error)) throw error;
        await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
    this.#isFilled = true;
  }

  async #send(contents: readonly IndexedContent[]): Promise<void> {
    const memory = contents.flatMap(({ signals }) =>
      signals.flatMap(({ value }) => (value.buffer instanceof ArrayBuffer ? [value.buffer] : [])),
    );
    await this.#thread.ask<null>({ op: 'change', contents }, memory);
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#last.then(task);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
