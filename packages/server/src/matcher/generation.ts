// One generation of the indexes: threads that hold them, and the follower that keeps them true. Loaded from a snapshot, or
// built from the database; the next one is built beside it while it serves.
import { sql, type Kysely } from 'kysely';
import type { Database } from '../store/index.js';
import { readHashes, readHashPage } from './content-hashes.js';
import { FeedFollower, presentPosition, type FeedPosition, type IndexChange } from './feed/index.js';
import { NearThreads, type NearThreadsOptions } from './index/near-threads.js';
import { loadSnapshot } from './snapshots/index.js';

const PAGE_CONTENTS = 20_000;

export interface GenerationOptions extends NearThreadsOptions {
  readonly db: Kysely<Database>;
  /** Told of every change once it is applied. */
  readonly onChanges: (changes: readonly IndexChange[]) => void;
}

export interface Generation {
  readonly threads: NearThreads;
  readonly follower: FeedFollower;
  /** The snapshot that it was loaded from; null: it was built. */
  readonly snapshotId: string | null;
}

/** Null when there is no snapshot. Errors: those of `loadSnapshot`. What was committed since is followed before it is answered. */
export const loadGeneration = async (options: GenerationOptions): Promise<Generation | null> => {
  const threads = new NearThreads(options);
  try {
    const manifest = await loadSnapshot(options, threads);
    if (manifest !== null) return await caughtUp(options, threads, manifest.position, manifest.snapshotId);
    await threads.stop();
    return null;
  } catch (error) {
    await threads.stop();
    throw error;
  }
};

/** Reads every hash of the database. `onProgress` gets 0..1. */
export const buildGeneration = async (
  options: GenerationOptions,
  onProgress: (part: number) => void,
  stopping: AbortSignal,
): Promise<Generation> => {
  const { db } = options;
  const threads = new NearThreads(options);
  try {
    // Before anything is read: what changes from here on comes by the feed.
    const position = await presentPosition(db);
    const end = await lastContent(db);
    for (let after: number | null = 0; after !== null;) {
      stopping.throwIfAborted();
      const { contents, last } = await readHashPage(db, after, PAGE_CONTENTS);
      await threads.fill(contents);
      after = last;
      onProgress(last === null || end === 0 ? 1 : Math.min(1, last / end));
    }
    await threads.filled();
    return await caughtUp(options, threads, position, null);
  } catch (error) {
    await threads.stop();
    throw error;
  }
};

const caughtUp = async (
  { db, onChanges }: GenerationOptions,
  threads: NearThreads,
  position: FeedPosition,
  snapshotId: string | null,
): Promise<Generation> => {
  const apply = async (changes: readonly IndexChange[]): Promise<void> => {
    const ids = new Set(changes.flatMap(({ contentId }) => contentId ?? []));
    if (ids.size > 0) await threads.change(await readHashes(db, [...ids]));
    onChanges(changes);
  };
  const follower = new FeedFollower(db, { apply }, position);
  await follower.step();
  return { threads, follower, snapshotId };
};

const lastContent = async (db: Kysely<Database>): Promise<number> => {
  const { rows } = await sql<{ last: number }>`select coalesce(max(id), 0) as last from contents`.execute(db);
  return rows[0]?.last ?? 0;
};
