// What the matcher knows: the near indexes, kept true by the feed for as long as the process lives, and saved now and then.
// A rebuild happens beside the present generation, which serves until the new one takes its place between two searches.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { fail, isRedthreadError } from '@redthread/core/errors';
import { framesAsPictures, hasLength } from '@redthread/core/graph';
import type { Signal } from '@redthread/core/signals';
import { isPassing } from '../app/through-restarts.js';
import type { Database, ProcessStatus } from '../store/index.js';
import type { Wake } from '../worker/wake.js';
import { CompareThreads } from './comparing/index.js';
import { SignalCache } from './content-signals.js';
import { FeedReaders, isAheadOf, type FeedLag, type IndexChange } from './feed/index.js';
import { buildGeneration, loadGeneration, type Generation, type GenerationOptions } from './generation.js';
import type { NearThreads } from './index/near-threads.js';
import { Saving } from './saving.js';
import { forgetForeignFeed, knownSnapshot } from './snapshots/index.js';
import { Upkeep } from './upkeep.js';

export interface MatchIndexOptions {
  readonly db: Kysely<Database>;
  /** Folder of the snapshots. */
  readonly folder: string;
  /** Threads that search beside the one that owns the indexes, 1..7. */
  readonly searchThreads: number;
  readonly log: (line: string) => void;
}

/** The feed is read so often when no notification comes: a new signal is searchable within a second all the same. */
const POLL_MS = 500;
/** Committed so long ago, a change should have been followed. */
const STALE_SECONDS = 10;
const RETRY_MS = 5_000;
/** A rebuild that fails for want of memory or the like is tried again so late. */
const REBUILD_AGAIN_MS = 60_000;

export class MatchIndex {
  readonly signals = { match: new SignalCache('match'), parts: new SignalCache('parts') } as const;
  /** Compares by local features, in as many threads as there are cores. */
  readonly comparing: CompareThreads;
  readonly #options: MatchIndexOptions;
  readonly #readers = new FeedReaders();
  readonly #saving: Saving;
  #current: Generation | null = null;
  #progress = 0;
  /** What is under way with the present generation. */
  readonly #uses = new Set<Promise<unknown>>();
  #snapshotId: string | null = null;
  #isStale = false;
  readonly #upkeep: Upkeep;
  #rebuilding: Promise<void> | null = null;
  #isRebuildStarted = false;
  /** Ends a rebuild whose place in the feed counts no longer. */
  #abandoned = new AbortController();
  /** Changes that emptied a table, and how many of them the present generation was built after. */
  readonly #emptied = new Set<number>();
  #builtAfter = 0;
  readonly #closing = new AbortController();

  constructor(options: MatchIndexOptions) {
    this.#options = options;
    this.comparing = new CompareThreads(options.searchThreads + 1);
    this.#saving = new Saving({ ...options, readers: this.#readers });
    const isPresent = (threads: NearThreads): boolean => this.#current?.threads === threads;
    this.#upkeep = new Upkeep({ log: options.log, closing: this.#closing.signal, isPresent });
  }

  /** Contents that can be found. */
  get contents(): number {
    return this.#current?.threads.contents ?? 0;
  }

  /** Whether the indexes of parts and of films were read: hashes of pictures are matched meanwhile. */
  get arePartsReady(): boolean {
    return this.#current !== null && this.#current.parts.isFilled && this.#current.films.isFilled;
  }

  /**
   * Loads the indexes, or, where they are loaded, makes sure that nobody else was at the feed meanwhile. Call it with the lock
   * of the active matcher held. A snapshot that cannot be used is one line in the log, and the database is read instead.
   */
  async open(stopping: AbortSignal): Promise<void> {
    const { db } = this.#options;
    await forgetForeignFeed(db);
    if (this.#current !== null && (await this.#isTrueStill(this.#current))) return;
    await this.#abandon();
    const loaded = await this.#load();
    await this.#replace(loaded ?? (await this.#build(stopping)));
    this.#rebuildIfDue();
  }

  /** Nobody else has trimmed the feed, and the database was not put back to an earlier state. */
  async #isTrueStill({ follower }: Generation): Promise<boolean> {
    const { db } = this.#options;
    return (await knownSnapshot(db)) === this.#snapshotId && !(await isAheadOf(db, follower.position));
  }

  /** Lets go of everything that stood in a feed which somebody else has trimmed since. */
  async #abandon(): Promise<void> {
    this.#abandoned.abort();
    await this.#rebuilding?.catch(() => undefined);
    this.#abandoned = new AbortController();
    await this.#replace(null);
    // What changed meanwhile was told to somebody else.
    for (const cache of Object.values(this.signals)) cache.clear();
    this.#emptied.clear();
    this.#builtAfter = 0;
  }

  /** Where there was no snapshot: one is saved as soon as there can be. */
  async #build(stopping: AbortSignal): Promise<Generation> {
    const stop = AbortSignal.any([stopping, this.#closing.signal]);
    const built = await buildGeneration(this.#generation(), (part) => (this.#progress = part), stop);
    this.#saving.note(1, 0);
    this.#saving.hurry();
    return built;
  }

  /**
   * Follows the feed until `stopping`, and merges and saves beside; `wake` is rung by the notifications of the feed. Errors: of the database;
   * INTERNAL when a thread has died.
   */
  async run(wake: Wake, stopping: AbortSignal): Promise<void> {
    try {
      while (!stopping.aborted) {
        await this.follow();
        const { films, parts, threads } = this.#loaded();
        threads.check();
        parts.check();
        films.check();
        this.comparing.check();
        this.#upkeep.start(threads);
        this.#rebuildIfDue();
        if (!this.#isEmptied) this.#saving.saveIfDue(() => this.save());
        await wake.wait(POLL_MS);
      }
    } finally {
      // Whoever is the active matcher next saves too.
      await this.#saving.settled();
    }
  }

  /** Answers when everything that was committed before the call can be found. Errors: INDEX_LOADING, of the database. */
  follow(): Promise<void> {
    return this.#use(async ({ follower }) => void (await follower.step()));
  }

  /**
   * For each query, the contents that are worth comparing with it, itself included, among everything that was committed before the call.
   * Errors: INDEX_LOADING, of the database.
   */
  propose(contents: readonly (readonly Signal[])[]): Promise<readonly ReadonlySet<number>[]> {
    // Both of one generation: another may not have come as far.
    return this.#use(async ({ films, follower, threads }) => {
      await follower.step();
      const wholes = await threads.find(contents);
      // What has no length is no film as a whole.
      if (!contents.some(hasLength)) return wholes;
      const alike = await films.find(contents.map((signals) => (hasLength(signals) ? signals : [])));
      return wholes.map((ids, place) => new Set([...ids, ...(alike[place] ?? [])]));
    });
  }

  /** The same, with what may share a part, a place or a stretch of time with a query. Waits for the indexes of both: see `arePartsReady`. */
  proposeParts(contents: readonly (readonly Signal[])[]): Promise<readonly ReadonlySet<number>[]> {
    return this.#use(async ({ films, follower, parts, threads }) => {
      await follower.step();
      const shown = contents.map(framesAsPictures);
      const [wholes, shared, along, stills] = await Promise.all([
        threads.find(contents),
        parts.find(contents),
        films.find(contents),
        threads.find(shown.flat()),
      ]);
      let first = 0;
      return wholes.map((ids, place) => {
        const own = stills.slice(first, (first += shown[place]?.length ?? 0));
        return new Set([ids, shared[place] ?? [], along[place] ?? [], ...own].flatMap((some) => [...some]));
      });
    });
  }

  /** For somebody who searches by a picture: null until everything is there that `proposeParts` asks. */
  async answer(signals: readonly Signal[]): Promise<readonly number[] | null> {
    if (!this.arePartsReady) return null;
    const [contents] = await this.proposeParts([signals]);
    return [...(contents ?? [])];
  }

  /** Builds the next generation from the database; the present one serves until then. One at a time. */
  rebuild(): Promise<void> {
    this.#rebuilding ??= this.#rebuild().finally(() => (this.#rebuilding = null));
    return this.#rebuilding;
  }

  async status(): Promise<ProcessStatus> {
    const current = this.#current;
    if (current === null) return { state: 'loading', progress: this.#progress, lagSeconds: 0, lagRows: 0 };
    const lag = await current.follower.lag();
    const state = lag.lagSeconds > STALE_SECONDS ? 'stale' : 'ready';
    this.#tell(state, lag);
    return { state, progress: 1, ...lag };
  }

  /**
   * Saves now; where something was emptied, when it has been built again, since a snapshot would bring that back. Errors: DISK_FULL, of the file
   * system, of the database.
   */
  async save(): Promise<void> {
    if (this.#isEmptied) await this.rebuild();
    await this.#use(async (generation) => {
      this.#snapshotId = await this.#saving.save(generation);
    });
  }

  /** Saves what is not saved, where that is possible, and ends the threads. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#rebuilding?.catch(() => undefined);
    const isDue = this.#current !== null && this.#saving.isUnsaved && !this.#isEmptied;
    if (isDue) await this.#saving.trySave(() => this.save());
    await this.#replace(null);
    await this.comparing.stop();
  }

  /** One line when it falls behind, and one when it has caught up. */
  #tell(state: ProcessStatus['state'], { lagSeconds, lagRows }: FeedLag): void {
    if ((state === 'stale') === this.#isStale) return;
    this.#isStale = state === 'stale';
    const { log } = this.#options;
    if (this.#isStale) log(`the index is ${Math.round(lagSeconds)} s and ${lagRows} changes behind the database`);
    else log('the index has caught up with the database');
  }

  #loaded(): Generation {
    if (this.#current === null) throw fail('INDEX_LOADING', `${Math.floor(this.#progress * 100)} % are loaded`);
    return this.#current;
  }

  #generation(): GenerationOptions {
    const onChanges = (changes: readonly IndexChange[], removed: number): void => this.#note(changes, removed);
    return { ...this.#options, readers: this.#readers, onChanges };
  }

  async #load(): Promise<Generation | null> {
    try {
      return await loadGeneration(this.#generation());
    } catch (error) {
      if (isPassing(error)) throw error;
      const why = isRedthreadError(error) ? error.message : String(error);
      this.#options.log(`the snapshot of the index is not used, it is built from the database: ${why}`);
      return null;
    }
  }

  async #rebuild(): Promise<void> {
    const signal = AbortSignal.any([this.#closing.signal, this.#abandoned.signal]);
    for (let isBuilt = false; (!isBuilt || this.#isEmptied) && !signal.aborted;) {
      const emptied = this.#emptied.size;
      try {
        await this.#replace(await buildGeneration(this.#generation(), () => undefined, signal));
        this.#builtAfter = emptied;
        isBuilt = true;
        // What the last one held and the database does not is in the files still.
        this.#saving.note(1, 1);
      } catch (error) {
        if (!signal.aborted && !isPassing(error)) throw error;
        await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async #replace(next: Generation | null): Promise<void> {
    const last = this.#current;
    this.#current = next;
    this.#snapshotId = next?.snapshotId ?? this.#snapshotId;
    // Who began with the last one ends with it.
    await Promise.allSettled([...this.#uses]);
    await last?.stop();
  }

  async #use<T>(task: (generation: Generation) => Promise<T>): Promise<T> {
    const use = task(this.#loaded());
    this.#uses.add(use);
    return use.finally(() => this.#uses.delete(use));
  }

  #note(changes: readonly IndexChange[], removed: number): void {
    this.#saving.note(changes.length, removed);
    for (const { contentId, kind, id } of changes) {
      if (contentId !== null) for (const cache of Object.values(this.signals)) cache.forget(contentId);
      if (kind !== 'emptied' || this.#emptied.has(id)) continue;
      this.#emptied.add(id);
      for (const cache of Object.values(this.signals)) cache.clear();
      this.#rebuildIfDue();
    }
  }

  /** Whether it holds what was emptied. */
  get #isEmptied(): boolean {
    return this.#emptied.size > this.#builtAfter;
  }

  /** Once something is loaded: what was emptied while it was read is in it still. */
  #rebuildIfDue(): void {
    if (this.#current === null || !this.#isEmptied || this.#isRebuildStarted) return;
    this.#isRebuildStarted = true;
    void this.rebuild()
      .catch(async (error: unknown) => {
        this.#options.log(`the index was not rebuilt: ${String(error)}`);
        await sleep(REBUILD_AGAIN_MS, undefined, { signal: this.#closing.signal }).catch(() => undefined);
      })
      .finally(() => (this.#isRebuildStarted = false));
  }
}
