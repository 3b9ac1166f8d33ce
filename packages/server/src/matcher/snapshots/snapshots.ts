// Snapshots of the indexes: saved so that a start reads files and follows the feed from there, instead of reading every hash
// from the database. One that is damaged, of another version, or of another store is never served: the caller builds anew.
import { randomUUID } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { fail } from '@redthread/core/errors';
import type { Database } from '../../store/index.js';
import { entryPath } from '../../app/entry-path.js';
import { isAheadOf, trimFeed, type FeedPosition, type FeedReaders } from '../feed/index.js';
import type { NearThreads } from '../index/near-threads.js';
import { Thread } from '../index/thread.js';
import { INDEXED_METHODS, snapshotManifest, type Manifest } from './manifest.js';
import type { SaveRequest, SaveThreadData } from './save-messages.js';

export interface SnapshotPlace {
  readonly db: Kysely<Database>;
  readonly folder: string;
}

/** A cluster and a database in it: a copy restored elsewhere counts its transactions anew. */
const storeIdentity = async (db: Kysely<Database>): Promise<string> => {
  const { rows } = await sql<{ identity: string }>`
    select (select system_identifier from pg_control_system())::text || '/' || oid::text as identity
    from pg_database where datname = current_database()`.execute(db);
  return rows[0]?.identity ?? '';
};

/** Takes away what a restored database brought along of the feed of another: its transactions are none of this one's. */
export const forgetForeignFeed = async (db: Kysely<Database>): Promise<void> => {
  const store = await storeIdentity(db);
  await db.deleteFrom('index_snapshots').where('store', '<>', store).execute();
  // Seen, and yet of a transaction that has not begun: not written here.
  await sql`delete from index_changes where xid >= pg_snapshot_xmax(pg_current_snapshot())`.execute(db);
};

export interface LoadedSnapshot extends Pick<Manifest, 'snapshotId' | 'position'> {
  /** Hashes that were removed, and that its files hold still. */
  readonly removed: number;
}

/**
 * Loads the snapshot into threads that hold nothing yet. Null when there is none. Errors: INDEX_FILE_INVALID, INDEX_VERSION_UNSUPPORTED, INDEX_CHECKSUM_MISMATCH, those of the file system; whatever
 * it is, the index is to be built from the database, in other threads.
 */
export const loadSnapshot = async (
  { db, folder }: SnapshotPlace,
  threads: NearThreads,
): Promise<LoadedSnapshot | null> => {
  const manifest = snapshotManifest.read(folder);
  if (manifest === null) return null;
  const store = await storeIdentity(db);
  if (manifest.store !== store)
    throw fail('INDEX_FILE_INVALID', `the snapshot is of the store ${manifest.store}, not of ${store}`);
  if (manifest.methods.join() !== INDEXED_METHODS.join())
    throw fail('INDEX_VERSION_UNSUPPORTED', `the snapshot holds ${manifest.methods.join(', ')}`);
  // The feed is kept from known snapshots on: to any other it may lack changes, or it may come from a later past.
  if (!(await isKnown(db, manifest.snapshotId)))
    throw fail('INDEX_FILE_INVALID', `the store does not know the snapshot ${manifest.snapshotId}`);
  if (await isAheadOf(db, manifest.position))
    throw fail(
      'INDEX_FILE_INVALID',
      `the store has not come as far as the snapshot, to transaction ${manifest.position.xid}`,
    );
  const removed = await threads.load(manifest.files);
  if (threads.contents !== manifest.contents)
    throw fail('INDEX_FILE_INVALID', `${threads.contents} contents instead of ${manifest.contents}`);
  return { ...manifest, removed };
};

const isKnown = async (db: Kysely<Database>, id: string): Promise<boolean> =>
  (await db.selectFrom('index_snapshots').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;

/** The id of the snapshot that the store knows; null: none. */
export const knownSnapshot = async (db: Kysely<Database>): Promise<string | null> =>
  (await db.selectFrom('index_snapshots').select('id').executeTakeFirst())?.id ?? null;

export interface SavePlace extends SnapshotPlace {
  readonly readers: FeedReaders;
}

/**
 * Saves the indexes, which hold everything up to `position`, in place of the last snapshot, and lets the feed go as far as
 * nobody needs it. Answers the id of the snapshot. Errors: DISK_FULL, those of the file system; then the last snapshot stays, and
 * nothing of this one.
 */
export const saveSnapshot = async (
  { db, folder, readers }: SavePlace,
  threads: NearThreads,
  position: FeedPosition,
): Promise<string> => {
  const snapshotId = randomUUID();
  const store = await storeIdentity(db);
  const writer = new Thread<SaveRequest>(entryPath(import.meta.url, './save-thread.js'), {
    folder,
  } satisfies SaveThreadData);
  try {
    const { segments, contents } = await threads.beginSave();
    const files = segments.map(({ file }) => file);
    await writer.ask({ op: 'write', segments });
    // Known before it exists: a manifest that nobody knows would be of no use.
    await sql`insert into index_snapshots (id, store, xid, change_id)
      values (${snapshotId}::uuid, ${store}, ${position.xid}::xid8, ${position.id})`.execute(db);
    const manifest = { snapshotId, store, position, methods: [...INDEXED_METHODS], contents, files };
    await writer.ask({ op: 'name', manifest });
  } catch (error) {
    const discarded = [
      writer.ask({ op: 'discard' }),
      db.deleteFrom('index_snapshots').where('id', '=', snapshotId).execute(),
    ];
    // What went wrong first says more.
    await Promise.allSettled(discarded);
    throw error;
  } finally {
    await writer.stop();
  }
  await db.deleteFrom('index_snapshots').where('id', '<>', snapshotId).execute();
  await trimFeed(db, readers.positions());
  return snapshotId;
};
