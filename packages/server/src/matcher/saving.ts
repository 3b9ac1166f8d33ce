// When the indexes are saved, and what is purged before: beside everything else, one save at a time.
import type { Kysely } from 'kysely';
import { isPassing } from '../app/through-restarts.js';
import type { Database } from '../store/index.js';
import type { FeedReaders } from './feed/index.js';
import type { Generation } from './generation.js';
import { saveSnapshot } from './snapshots/index.js';

export interface SavingOptions {
  readonly db: Kysely<Database>;
  readonly folder: string;
  readonly readers: FeedReaders;
  readonly log: (line: string) => void;
}

const SAVE_EVERY_MS = 5 * 60_000;
/** What was deleted is out of the snapshot so soon. */
const PURGE_WITHIN_MS = 30_000;

export class Saving {
  readonly #options: SavingOptions;
  #savedAt = Date.now();
  /** Changes that no snapshot has. */
  #unsaved = 0;
  /** Hashes that were removed, and that segments or the files of the snapshot hold still. */
  #removed = 0;
  #last: Promise<unknown> = Promise.resolve();
  #beside: Promise<void> | null = null;

  constructor(options: SavingOptions) {
    this.#options = options;
  }

  /** There is something that the snapshot lacks, or should no longer have. */
  get isUnsaved(): boolean {
    return this.#unsaved > 0 || this.#removed > 0;
  }

  note(changes: number, removed: number): void {
    this.#unsaved += changes;
    this.#removed += removed;
  }

  /** There is no snapshot: the first is due at once. */
  hurry(): void {
    this.#savedAt = 0;
  }

  /** Answers the id of the snapshot. Errors: of the file system, of the database; what was to be purged is still to be. */
  save(generation: Generation): Promise<string> {
    const saved = this.#last.then(() => this.#save(generation));
    this.#last = saved.catch(() => undefined);
    return saved;
  }

  /** `save` starts where it is due, and is not waited for. */
  saveIfDue(save: () => Promise<unknown>): void {
    const dueMs = this.#removed > 0 ? PURGE_WITHIN_MS : SAVE_EVERY_MS;
    if (this.#beside !== null || !this.isUnsaved || Date.now() - this.#savedAt <= dueMs) return;
    this.#beside = this.trySave(save).finally(() => (this.#beside = null));
  }

  /** Until what `saveIfDue` started has ended. */
  async settled(): Promise<void> {
    await this.#beside;
  }

  /** A disk that is full costs the next start time, and nothing else: the last snapshot stays. */
  async trySave(save: () => Promise<unknown>): Promise<void> {
    try {
      await save();
    } catch (error) {
      this.#savedAt = Date.now();
      if (!isPassing(error)) this.#options.log(`the index was not saved: ${String(error)}`);
    }
  }

  async #save({ threads, follower }: Generation): Promise<string> {
    // What comes from here on is of the next one, whether or not it gets into this.
    const [unsaved, removed, position] = [this.#unsaved, this.#removed, follower.position];
    if (removed > 0) await threads.purge();
    const snapshotId = await saveSnapshot(this.#options, threads, position);
    this.#unsaved -= unsaved;
    this.#removed -= removed;
    this.#savedAt = Date.now();
    return snapshotId;
  }
}
