// Snapshots of the indexes: saved so that a start reads files and follows the feed from there, instead of reading every hash
// from the database. One that is damaged, of another version, or of another store is never served: the caller builds anew.
import { randomUUID } from 'node:crypto';
import { chmodSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sql, type Kysely } from 'kysely';
import { fail } from '@redthread/core/errors';
import type { Database } from '../../store/index.js';
import { trimFeed, type FeedPosition } from '../feed/index.js';
import type { NearThreads } from '../index/near-threads.js';
import { INDEXED_METHODS, snapshotManifest, type Manifest } from './manifest.js';
import { makeSnapshotFolder } from './segment-files.js';

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

/**
 * Loads the snapshot into threads that hold nothing yet. Answers up to where it had followed the feed; null when there is
 * none. Errors: INDEX_FILE_INVALID, INDEX_VERSION_UNSUPPORTED, INDEX_CHECKSUM_MISMATCH, those of the file system; whatever
 * it is, the index is to be built from the database, in other threads.
 */
export const loadSnapshot = async ({ db, folder }: SnapshotPlace, threads: NearThreads): Promise<Manifest | null> => {
  const manifest = snapshotManifest.read(folder);
  if (manifest === null) return null;
  const store = await storeIdentity(db);
  if (manifest.store !== store)
    throw fail('INDEX_FILE_INVALID', `the snapshot is of the store ${manifest.store}, not of ${store}`);
  if (manifest.methods.join() !== INDEXED_METHODS.join())
    throw fail('INDEX_VERSION_UNSUPPORTED', `the snapshot holds ${manifest.methods.join(', ')}`);
  // The feed is kept from the known snapshot on: to any other it may lack changes, or it may come from a later past.
  if (!(await isKnown(db, manifest.snapshotId)))
    throw fail('INDEX_FILE_INVALID', `the store does not know the snapshot ${manifest.snapshotId}`);
  await threads.load(manifest.files);
  if (threads.contents !== manifest.contents)
    throw fail('INDEX_FILE_INVALID', `${threads.contents} contents instead of ${manifest.contents}`);
  return manifest;
};

const isKnown = async (db: Kysely<Database>, id: string): Promise<boolean> =>
  (await db.selectFrom('index_snapshots').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;

/** The id of the snapshot that the store knows; null: none. */
export const knownSnapshot = async (db: Kysely<Database>): Promise<string | null> =>
  (await db.selectFrom('index_snapshots').select('id').executeTakeFirst())?.id ?? null;

/**
 * Saves the indexes, which hold everything up to `position`, in place of the last snapshot, and lets the feed go as far as
 * nobody needs it. Answers the id of the snapshot. Errors: those of the file system; then the last snapshot stays.
 */
export const saveSnapshot = async (
  { db, folder }: SnapshotPlace,
  threads: NearThreads,
  position: FeedPosition,
): Promise<string> => {
  makeSnapshotFolder(folder);
  chmodSync(folder, 0o700);
  const files = await threads.save();
  const snapshotId = randomUUID();
  const { contents } = threads;
  const store = await storeIdentity(db);
  // Known before it exists: a manifest that nobody knows would be of no use.
  await sql`insert into index_snapshots (id, store, xid, change_id)
    values (${snapshotId}::uuid, ${store}, ${position.xid}::xid8, ${position.id})`.execute(db);
  snapshotManifest.write(folder, {
    snapshotId,
    store,
    position,
    methods: [...INDEXED_METHODS],
    contents,
    files: [...files],
  });
  await db.deleteFrom('index_snapshots').where('id', '<>', snapshotId).execute();
  dropOthers(
    folder,
    files.map(({ file }) => file),
  );
  await trimFeed(db);
  return snapshotId;
};

/** Files of earlier snapshots, and what a crash left half written. */
const dropOthers = (folder: string, files: readonly string[]): void => {
  const kept = new Set([...files, snapshotManifest.name]);
  for (const name of readdirSync(folder)) if (!kept.has(name)) rmSync(join(folder, name), { force: true });
};
