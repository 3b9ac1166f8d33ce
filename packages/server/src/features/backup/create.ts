// Makes a backup while the store works: what the vault holds first, then the rows in one snapshot with whatever has come to the vault
// since. A second run copies only what has changed.
import { hostname } from 'node:os';
import { randomUUID } from 'node:crypto';
import { resolve, sep } from 'node:path';
import { sql, type Kysely } from 'kysely';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import {
  audit,
  ensureSigner,
  readKeyFile,
  readSetting,
  withContext,
  type Database,
  type MasterKey,
  type Store,
} from '../../store/index.js';
import { requireOperator } from '../accounts/index.js';
import { keepRecords } from '../requests/index.js';
import { keepCaseKeys } from './case-keys.js';
import { dropOtherLists, keepList, listsOf, type KeptList } from './lists.js';
import { dropOthers, ObjectKeeper, type KeptObject } from './objects.js';
import { eachRow, writeRows } from './rows.js';
import { makeBackupFolder, readSealed, replaceSealed, type Manifest } from './sealed-file.js';

const NAMES_AT_ONCE = 1_000;
/** So often the rows are read anew where an object that they name went while they were. */
const SNAPSHOTS = 3;

export interface BackupPlaces {
  readonly folder: string;
  readonly keys: string;
  /** Where records of destruction are kept. */
  readonly destructions: string;
  /** Null: the master key seals it. */
  readonly keyFile: string | null;
}

export interface BackupCreated {
  readonly id: string;
  readonly at: string;
  readonly underKeyId: string;
  readonly rows: number;
  readonly objects: number;
  readonly copiedObjects: number;
  readonly copiedBytes: number;
  /** Objects that rows name and the vault does not hold: `redthread verify` names them. */
  readonly missing: number;
  readonly caseKeys: number;
  readonly destructions: number;
}

export type BackupProgress = (progress: { readonly objects: number; readonly rows: number }) => void;

const isWithin = (inner: string, outer: string): boolean => `${inner}${sep}`.startsWith(`${outer}${sep}`);

/** Errors: ARGUMENT_INVALID where two of them are the same place, or one lies in the data folder. */
const requireApart = ({ destructions, folder, keys }: BackupPlaces, dataFolders: readonly string[]): void => {
  const places = [folder, keys, destructions].map((one) => resolve(one));
  for (const [i, place] of places.entries()) {
    const other = places.find((one, j) => i !== j && isWithin(place, one));
    if (other !== undefined)
      throw fail(
        'ARGUMENT_INVALID',
        `${place} lies in ${other}: backup, keys and records of destruction are kept apart`,
      );
    if (i < 2 && dataFolders.some((data) => isWithin(place, resolve(data))))
      throw fail('ARGUMENT_INVALID', `${place} lies in the data folder, and is lost with it`);
  }
};

/** Errors: FORBIDDEN, ARGUMENT_INVALID, BACKUP_BUSY, DISK_FULL, those of a store without its master key. */
export const createBackup = async (
  store: Store<'app' | 'owner'>,
  ctx: Context,
  places: BackupPlaces,
  onProgress: BackupProgress = () => undefined,
): Promise<BackupCreated> => {
  requireOperator(ctx, 'back up the store');
  store.keys.requireReady();
  requireApart(places, [store.config.dataFolder, store.config.vaultFolder]);
  return store.owner.connection().execute(async (session) => {
    const { rows } = await sql<{
      locked: boolean;
    }>`select pg_try_advisory_lock(hashtextextended('redthread backup', 0)) as locked`.execute(session);
    if (rows[0]?.locked !== true) throw fail('BACKUP_BUSY', 'a backup of this store is being made');
    try {
      return await make(store, ctx, places, onProgress);
    } finally {
      await sql`select pg_advisory_unlock(hashtextextended('redthread backup', 0))`.execute(session);
    }
  });
};

const make = async (
  store: Store<'app' | 'owner'>,
  ctx: Context,
  places: BackupPlaces,
  onProgress: BackupProgress,
): Promise<BackupCreated> => {
  const { folder } = places;
  const masterKeyId = (await readSetting(store.owner, 'master-key-id')) ?? '';
  const under = places.keyFile === null ? store.keys.byId(masterKeyId) : await readKeyFile(places.keyFile);
  const schema = (await readSetting(store.owner, 'schema')) ?? '';
  for (const one of [folder, places.keys]) makeBackupFolder(one);
  // Records of destruction that are signed later are believed because a key of the backup endorses theirs.
  await ensureSigner(store.owner, store.keys);
  await note(store, ctx, places, under);
  const destructions = await keepRecords(store.owner, places.destructions);
  const keeper = new ObjectKeeper(folder, (name) => store.vault.pathOf(name));
  let seen = 0;
  for await (const name of objectsOf(store.owner)) {
    await keeper.keep(name);
    seen += 1;
    onProgress({ objects: seen, rows: 0 });
  }
  const keepLists: KeepLists = async (db, write) => {
    let missing = 0;
    for (const list of await listsOf(db)) {
      if (!(await keepList(folder, store.lists, under, list))) missing += 1;
      await write(list);
    }
    return missing;
  };
  // They never change: what is kept here need not be while the rows are read.
  await keepLists(store.owner, async () => undefined);
  const about = { schema, masterKeyId, under };
  const { manifest, ...counts } = await takeRows(
    store.owner,
    folder,
    about,
    keeper,
    { caseKeys: (trx) => keepCaseKeys(trx, store.config, places, about), lists: keepLists },
    (rowCount) => onProgress({ objects: seen, rows: rowCount }),
  );
  await dropOthers(folder, keptIn(folder, manifest, under));
  await dropOtherLists(folder, await listsIn(folder, manifest, under));
  return {
    id: manifest.id,
    at: manifest.at,
    underKeyId: under.id,
    ...counts,
    copiedObjects: keeper.copied,
    copiedBytes: keeper.copiedBytes,
    destructions,
  };
};

/** On record before anything leaves, and known to whoever destroys a case: a copy lies there. */
const note = async (
  store: Store<'app' | 'owner'>,
  ctx: Context,
  { folder, keys }: BackupPlaces,
  under: MasterKey,
): Promise<void> => {
  const place = { host: hostname(), folder: resolve(folder) };
  await store.owner.transaction().execute(async (trx) => {
    await trx.deleteFrom('backups').where('host', '=', place.host).where('folder', '=', place.folder).execute();
    await trx
      .insertInto('backups')
      .values({ id: randomUUID(), ...place, keys_folder: resolve(keys), under_key_id: under.id })
      .execute();
  });
  await withContext(store.app, ctx, (trx) =>
    audit(trx, ctx, { type: 'backup', object: null, detail: { folder: place.folder, underKeyId: under.id } }),
  );
};

const NAMES = sql`(select name from vault_objects union select object_name from set_aside where source = 'vault_objects') n`;

/** Names of what the vault holds, in their order, page by page outside of any transaction. */
async function* objectsOf(db: Kysely<Database>): AsyncGenerator<string, void, void> {
  for (let after = ''; ;) {
    const { rows } = await sql<{ name: string }>`
      (select name from vault_objects where name > ${after} order by name limit ${NAMES_AT_ONCE})
      union (select object_name from set_aside where source = 'vault_objects' and object_name > ${after}
        order by object_name limit ${NAMES_AT_ONCE}) order by 1 limit ${NAMES_AT_ONCE}`.execute(db);
    const last = rows.at(-1);
    if (last === undefined) return;
    for (const { name } of rows) yield name;
    after = last.name;
  }
}

interface Taken {
  readonly manifest: Manifest;
  readonly rows: number;
  readonly objects: number;
  readonly missing: number;
  readonly caseKeys: number;
}

class Gone extends Error {}

/** Keeps the files of all lists, and tells of each; answers how many of them the store lacks. */
type KeepLists = (db: Kysely<Database>, write: (list: KeptList) => Promise<void>) => Promise<number>;

const takeRows = async (
  db: Kysely<Database>,
  folder: string,
  about: Parameters<typeof replaceSealed>[2],
  keeper: ObjectKeeper,
  keep: { readonly caseKeys: (trx: Kysely<Database>) => Promise<number>; readonly lists: KeepLists },
  onProgress: (rows: number) => void,
): Promise<Taken> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute(async (trx) => {
          let [rowCount, objects, missing, caseKeys] = [0, 0, 0, 0];
          const manifest = await replaceSealed(folder, 'backup.json', about, async (to) => {
            rowCount = await writeRows(trx, to, onProgress);
            await eachRow<{ name: string }>(trx, sql`select name from ${NAMES} order by name`, async (page) => {
              for (const { name } of page) {
                const kept = await keeper.keep(name);
                if (kept === null && attempt < SNAPSHOTS) throw new Gone();
                if (kept === null) missing += 1;
                else {
                  await to.write(kept);
                  objects += 1;
                }
              }
            });
            missing += await keep.lists(trx, (list) => to.write(list));
            await to.write({ rows: rowCount, objects });
            // Before the manifest names these rows: whatever keeps the keys from being kept leaves the backup before it, which they fit too.
            caseKeys = await keep.caseKeys(trx);
          });
          return { manifest, rows: rowCount, objects, missing, caseKeys };
        });
    } catch (error) {
      if (!(error instanceof Gone)) throw error;
    }
  }
};

/** The objects that a backup names, in the order of their names. */
export async function* keptIn(
  folder: string,
  manifest: Manifest,
  under: MasterKey,
): AsyncGenerator<KeptObject, void, void> {
  for await (const line of readSealed(folder, 'backup.json', manifest, under))
    if (typeof line === 'object' && line !== null && 'object' in line) yield line as KeptObject;
}

/** The lists that a backup names. */
export const listsIn = async (folder: string, manifest: Manifest, under: MasterKey): Promise<KeptList[]> => {
  const lists: KeptList[] = [];
  for await (const line of readSealed(folder, 'backup.json', manifest, under))
    if (typeof line === 'object' && line !== null && 'list' in line) lists.push(line as KeptList);
  return lists;
};
