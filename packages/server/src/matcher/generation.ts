// One generation of the indexes: threads that hold them, and the follower that keeps them true. Loaded from a snapshot, or
// built from the database; the next one is built beside it while it serves.
import { sql, type Kysely } from 'kysely';
import type { Database } from '../store/index.js';
import { readHashes, readHashPage } from './content-hashes.js';
import {
  FeedFollower,
  presentPosition,
  type FeedPosition,
  type FeedReader,
  type FeedReaders,
  type IndexChange,
} from './feed/index.js';
import { NearThreads, type NearThreadsOptions } from './index/near-threads.js';
import { filmIndex, partIndex, type BesideIndex } from './beside/index.js';
import { loadSnapshot } from './snapshots/index.js';

const PAGE_CONTENTS = 20_000;

export interface GenerationOptions extends NearThreadsOptions {
  readonly db: Kysely<Database>;
  readonly readers: FeedReaders;
  /** Told of changes once they are applied, and of how many hashes went whose segments or files hold them still. */
  readonly onChanges: (changes: readonly IndexChange[], removed: number) => void;
}

/** Indexes that are true up to where the follower is. */
export interface Generation {
  readonly threads: NearThreads;
  /** Filled beside: see `BesideIndex.isFilled`. */
  readonly parts: BesideIndex;
  readonly films: BesideIndex;
  readonly follower: FeedFollower;
  /** The snapshot that it was loaded from; null: it was built. */
  readonly snapshotId: string | null;
  stop(): Promise<void>;
}

/** Null when there is no snapshot. Errors: those of `loadSnapshot`. What was committed since is followed before it is answered. */
export const loadGeneration = (options: GenerationOptions): Promise<Generation | null> =>
  begin(options, async (begun) => {
    const loaded = await loadSnapshot(options, begun.threads);
    if (loaded === null) {
      await begun.stop();
      return null;
    }
    options.onChanges([], loaded.removed);
    return caughtUp(options, begun, loaded.position, loaded.snapshotId);
  });

/** Reads every hash of the database. `onProgress` gets 0..1. */
export const buildGeneration = (
  options: GenerationOptions,
  onProgress: (part: number) => void,
  stopping: AbortSignal,
): Promise<Generation> =>
  begin(options, async (begun) => {
    const { db } = options;
    // Before anything is read: what changes from here on comes by the feed.
    const position = await presentPosition(db);
    const end = await lastContent(db);
    for (let after: number | null = 0; after !== null;) {
      stopping.throwIfAborted();
      const { contents, last } = await readHashPage(db, after, PAGE_CONTENTS);
      await begun.threads.fill(contents);
      after = last;
      onProgress(last === null || end === 0 ? 1 : Math.min(1, last / end));
    }
    await begun.threads.filled();
    return caughtUp(options, begun, position, null);
  });

interface Begun extends Pick<Generation, 'threads' | 'parts' | 'films' | 'stop'> {
  readonly reader: FeedReader;
}

/** Where `work` fails, nothing of the generation stays. */
const begin = async <T>(options: GenerationOptions, work: (begun: Begun) => Promise<T>): Promise<T> => {
  // Before its position is read, from which on the feed must stay.
  const reader = options.readers.begin();
  const threads = new NearThreads(options);
  const [parts, films] = [partIndex(options.db), filmIndex(options.db)];
  const stop = async (): Promise<void> => {
    reader.end();
    await Promise.all([threads.stop(), parts.stop(), films.stop()]);
  };
  try {
    return await work({ reader, threads, parts, films, stop });
  } catch (error) {
    await stop();
    throw error;
  }
};

const caughtUp = async (
  options: GenerationOptions,
  { reader, stop, ...indexes }: Begun,
  position: FeedPosition,
  snapshotId: string | null,
): Promise<Generation> => {
  const follower = followerOf(options, indexes, position);
  reader.follow(() => follower.position);
  indexes.parts.fill();
  indexes.films.fill();
  await follower.step();
  return { ...indexes, follower, snapshotId, stop };
};

const followerOf = (
  { db, onChanges }: GenerationOptions,
  { threads, parts, films }: Pick<Generation, 'threads' | 'parts' | 'films'>,
  position: FeedPosition,
): FeedFollower => {
  const apply = async (changes: readonly IndexChange[]): Promise<void> => {
    const ids = new Set(changes.flatMap(({ contentId }) => contentId ?? []));
    const removed = ids.size === 0 ? 0 : await threads.change(await readHashes(db, [...ids]));
    if (ids.size > 0) await Promise.all([parts.change([...ids]), films.change([...ids])]);
    onChanges(changes, removed);
  };
  return new FeedFollower(db, { apply }, position);
};

const lastContent = async (db: Kysely<Database>): Promise<number> => {
  const { rows } = await sql<{ last: number }>`select coalesce(max(id), 0) as last from contents`.execute(db);
  return rows[0]?.last ?? 0;
};
