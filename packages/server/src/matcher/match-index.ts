// What the matcher knows: the near indexes, kept true by the feed for as long as the process lives, and saved now and then.
// A rebuild happens beside the present generation, which serves until the new one takes its place between two searches.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { fail, isRedthreadError } from '@redthread/core/errors';
import type { Signal } from '@redthread/core/signals';
import { isPassing } from '../app/through-restarts.js';
import type { Database, ProcessStatus } from '../store/index.js';
import type { Wake } from '../worker/wake.js';
import { SignalCache } from './content-signals.js';
import type { FeedLag, IndexChange } from './feed/index.js';
import { buildGeneration, loadGeneration, type Generation, type GenerationOptions } from './generation.js';
import type { NearThreads } from './index/near-threads.js';
import { forgetForeignFeed, knownSnapshot, saveSnapshot } from './snapshots/index.js';

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
/** Followed so long ago, a search would not see what others see. */
const STALE_SECONDS = 10;
const SAVE_EVERY_MS = 5 * 60_000;
/** What was deleted is out of the snapshot so soon. */
const PURGE_WITHIN_MS = 30_000;
const RETRY_MS = 5_000;
/** A merge that fails (for want of memory) costs speed, and nothing else. */
const MERGE_AGAIN_MS = 60_000;

export class MatchIndex {
  readonly signals = new SignalCache();
  readonly #options: MatchIndexOptions;
  #current: Generation | null = null;
  #progress = 0;
  /** What is under way with the present generation. */
  readonly #uses = new Set<Promise<unknown>>();
  #followedAt = 0;
  #snapshotId: string | null = null;
  #savedAt = Date.now();
  #unsaved = 0;
  #isPurgeDue = false;
  #isRebuildDue = false;
  #isStale = false;
  #rebuilding: Promise<void> | null = null;
  /** Whose segments are being merged. */
  #merging: NearThreads | null = null;
  readonly #emptied = new Set<number>();
  readonly #closing = new AbortController();

  constructor(options: MatchIndexOptions) {
    this.#options = options;
  }

  /** Contents that can be found. */
  get contents(): number {
    return this.#current?.threads.contents ?? 0;
  }

  /**
   * Loads the indexes, or, where they are loaded, makes sure that nobody else was at the feed meanwhile. Call it with the lock
   * of the active matcher held. A snapshot that cannot be used is one line in the log, and the database is read instead.
   */
  async open(stopping: AbortSignal): Promise<void> {
    const { db } = this.#options;
    await forgetForeignFeed(db);
    if (this.#current !== null && (await knownSnapshot(db)) === this.#snapshotId) return;
    await this.#replace(null);
    const loaded = await this.#load();
    await this.#replace(loaded ?? (await this.#build(stopping)));
    this.#rebuildIfDue();
  }

  /** Where there was no snapshot: one is saved as soon as there can be. */
  async #build(stopping: AbortSignal): Promise<Generation> {
    const stop = AbortSignal.any([stopping, this.#closing.signal]);
    const built = await buildGeneration(this.#generation(), (part) => (this.#progress = part), stop);
    this.#unsaved += 1;
    this.#savedAt = 0;
    return built;
  }

  /** Follows the feed, merges and saves, until `stopping`; `wake` is rung by the notifications of the feed. */
  async run(wake: Wake, stopping: AbortSignal): Promise<void> {
    while (!stopping.aborted) {
      await this.follow();
      this.#keepUp();
      await this.#saveIfDue();
      await wake.wait(POLL_MS);
    }
  }

  /** Merges beside everything else, as long as there is something to merge. */
  #keepUp(): void {
    const { threads } = this.#loaded();
    if (this.#merging === threads) return;
    this.#merging = threads;
    const all = async (): Promise<void> => {
      while (await threads.upkeep());
    };
    all()
      .catch(async (error: unknown) => {
        // A generation that is gone has nothing to merge.
        if (this.#current?.threads !== threads) return;
        this.#options.log(`the index was not merged: ${String(error)}`);
        await sleep(MERGE_AGAIN_MS, undefined, { signal: this.#closing.signal }).catch(() => undefined);
      })
      .finally(() => {
        if (this.#merging === threads) this.#merging = null;
      });
  }

  /** Answers when everything that was committed before the call can be found. Errors: INDEX_LOADING, of the database. */
  follow(): Promise<void> {
    return this.#use((generation) => this.#step(generation));
  }

  /**
   * For each query, the contents that are worth comparing with it, itself included. Errors: INDEX_LOADING; INDEX_STALE when
   * the feed was not followed for a while.
   */
  find(contents: readonly (readonly Signal[])[]): Promise<readonly ReadonlySet<number>[]> {
    return this.#use(({ threads }) => {
      const behindSeconds = (Date.now() - this.#followedAt) / 1_000;
      if (behindSeconds > STALE_SECONDS) throw fail('INDEX_STALE', `by ${Math.round(behindSeconds)} s`);
      return threads.find(contents);
    });
  }

  /** The same, among everything that was committed before the call. Errors: INDEX_LOADING, of the database. */
  propose(contents: readonly (readonly Signal[])[]): Promise<readonly ReadonlySet<number>[]> {
    // Both of one generation: another may not have come as far.
    return this.#use(async (generation) => {
      await this.#step(generation);
      return generation.threads.find(contents);
    });
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

  /** Saves now. Errors: of the file system, of the database. */
  save(): Promise<void> {
    return this.#use((generation) => this.#save(generation));
  }

  async #save({ threads, follower }: Generation): Promise<void> {
    const isPurgeDue = this.#isPurgeDue;
    this.#isPurgeDue = false;
    if (isPurgeDue) await threads.purge();
    const [unsaved, position] = [this.#unsaved, follower.position];
    this.#snapshotId = await saveSnapshot(this.#options, threads, position);
    this.#unsaved -= unsaved;
    this.#savedAt = Date.now();
  }

  /** Saves what is not saved, where that is possible, and ends the threads. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#rebuilding?.catch(() => undefined);
    if (this.#current !== null && this.#unsaved > 0) await this.#trySave();
    await this.#replace(null);
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
    return { ...this.#options, onChanges: (changes) => this.#note(changes) };
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
    const { signal } = this.#closing;
    this.#isRebuildDue = true;
    while (this.#isRebuildDue && !signal.aborted) {
      this.#isRebuildDue = false;
      try {
        await this.#replace(await buildGeneration(this.#generation(), () => undefined, signal));
        this.#unsaved += 1;
      } catch (error) {
        if (!signal.aborted && !isPassing(error)) throw error;
        this.#isRebuildDue = true;
        await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async #replace(next: Generation | null): Promise<void> {
    const last = this.#current;
    this.#current = next;
    this.#snapshotId = next?.snapshotId ?? this.#snapshotId;
    if (next !== null) this.#followedAt = Date.now();
    // Who began with the last one ends with it.
    await Promise.allSettled([...this.#uses]);
    await last?.threads.stop();
  }

  async #use<T>(task: (generation: Generation) => Promise<T>): Promise<T> {
    const use = task(this.#loaded());
    this.#uses.add(use);
    return use.finally(() => this.#uses.delete(use));
  }

  async #step({ follower }: Generation): Promise<void> {
    const startedAt = Date.now();
    await follower.step();
    this.#followedAt = Math.max(this.#followedAt, startedAt);
  }

  #note(changes: readonly IndexChange[]): void {
    this.#unsaved += changes.length;
    for (const { contentId, kind, id } of changes) {
      if (contentId !== null && kind !== 'added') this.signals.forget(contentId);
      if (kind === 'deleted' || kind === 'expired') this.#isPurgeDue = true;
      if (kind !== 'emptied' || this.#emptied.has(id)) continue;
      this.#emptied.add(id);
      this.signals.clear();
      this.#isRebuildDue = true;
      this.#rebuildIfDue();
    }
  }

  /** Once something is loaded: what was emptied while it was read is in it still. */
  #rebuildIfDue(): void {
    if (this.#current === null || !this.#isRebuildDue) return;
    void this.rebuild().catch((error: unknown) => this.#options.log(`the index was not rebuilt: ${String(error)}`));
  }

  async #saveIfDue(): Promise<void> {
    const dueMs = this.#isPurgeDue ? PURGE_WITHIN_MS : SAVE_EVERY_MS;
    if (this.#unsaved > 0 && Date.now() - this.#savedAt > dueMs) await this.#trySave();
  }

  /** A disk that is full costs the next start time, and nothing else: the last snapshot stays. */
  async #trySave(): Promise<void> {
    try {
      await this.save();
    } catch (error) {
      this.#savedAt = Date.now();
      if (!isPassing(error)) this.#options.log(`the index was not saved: ${String(error)}`);
    }
  }
}
