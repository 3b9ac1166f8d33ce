// The index of words as the process of the matcher sees it: a thread, filled from the database beside what goes on, and kept true
// by the feed. Hashes are matched meanwhile; parts, once it is filled.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { fail } from '@redthread/core/errors';
import type { Signal } from '@redthread/core/signals';
import { entryPath } from '../../app/entry-path.js';
import { isPassing } from '../../app/through-restarts.js';
import type { Database } from '../../store/index.js';
import { Thread } from '../index/thread.js';
import { readFeaturePage, readFeatures } from './content-features.js';
import type { ContentFeatures, PartRequest } from './part-messages.js';

/** 5 MB: so long a change of the feed waits at most while the index is filled. */
const PAGE_CONTENTS = 100;
const RETRY_MS = 1_000;

/** Errors of every call: INTERNAL when the thread has died, of the database. */
export class PartIndex {
  readonly #db: Kysely<Database>;
  readonly #thread = new Thread<PartRequest>(entryPath(import.meta.url, './part-thread.js'), null);
  readonly #closing = new AbortController();
  /** One reading after the other, so that what was read earlier never replaces what was read later. */
  #last: Promise<unknown> = Promise.resolve();
  #filling: Promise<void> | null = null;
  #isFilled = false;
  #failure: unknown = null;

  constructor(db: Kysely<Database>) {
    this.#db = db;
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
    return this.#inTurn(async () => this.#send(await readFeatures(this.#db, contentIds)));
  }

  /** For each query, the contents that may share a part or a place with it. */
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
    for (let after = 0; !signal.aborted;) {
      try {
        const page = await this.#inTurn(async () => {
          const read = await readFeaturePage(this.#db, after, PAGE_CONTENTS);
          await this.#send(read);
          return read;
        });
        after = page.at(-1)?.contentId ?? after;
        if (page.length < PAGE_CONTENTS) break;
      } catch (error) {
        if (signal.aborted || !isPassing(error)) throw error;
        await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
    this.#isFilled = true;
  }

  async #send(contents: readonly ContentFeatures[]): Promise<void> {
    const memory = contents.flatMap(({ signal }) =>
      signal?.value.buffer instanceof ArrayBuffer ? [signal.value.buffer] : [],
    );
    await this.#thread.ask<null>({ op: 'change', contents }, memory);
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#last.then(task);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
