// Restores a backup into an empty data folder. Nobody can open the store until it is whole: rows in one transaction, without the keys
// of cases that were destroyed since; then these cases destroyed once more; then the objects that the rows still name.
import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { sql, type Kysely, type Transaction } from 'kysely';
import { fail } from '@redthread/core/errors';
import type { Config } from '../../app/config.js';
import { makeFolder } from '../../app/data-folder.js';
import { diskError } from '../../disk/disk-error.js';
import {
  audit,
  endRestore,
  lookIntoDatabase,
  openForRestore,
  openStore,
  readMasterKeys,
  readSigningKeys,
  requireKnownSchema,
  restoringMark,
  storeExists,
  Vault,
  type Database,
  type MasterKey,
} from '../../store/index.js';
import { osAccount } from '../accounts/index.js';
import { faultOfKept, readKeptRecords, replayDestruction, type KeptRecord, type Renamed } from '../requests/index.js';
import { readCaseKeys, type KeptCaseKey } from './case-keys.js';
import { manifestIn } from './check.js';
import { keptIn } from './create.js';
import { listsOf, putListBack } from './lists.js';
import { putBack, type KeptObject } from './objects.js';
import { loadInto } from './rows.js';
import { keyNamed, readSealed, writeText, type Manifest } from './sealed-file.js';

type Trx = Transaction<Database>;

export interface RestoreInput {
  readonly folder: string;
  readonly keys: string;
  readonly destructions: string;
  readonly keyFile?: string;
}

export interface Restored {
  readonly id: string;
  readonly at: string;
  readonly rows: number;
  readonly objects: number;
  readonly caseKeys: number;
  /** Destroyed once more, because they were destroyed after the backup. */
  readonly destroyedAgain: number;
  /** Objects that rows name and the backup does not hold. */
  readonly missing: number;
}

export type RestoreProgress = (progress: { readonly rows: number; readonly objects: number }) => void;

/** Errors: RESTORE_NOT_EMPTY, BACKUP_MISSING, BACKUP_BROKEN, KEY_MISSING, KEY_WRONG, ARGUMENT_INVALID, DISK_FULL, DB_NEWER. */
export const restoreBackup = async (
  config: Config,
  input: RestoreInput,
  onProgress: RestoreProgress = () => undefined,
): Promise<Restored> => {
  const manifest = await manifestIn(input.folder);
  const under = await keyNamed(config, manifest.underKeyId, input.keyFile);
  await requireMasterKey(config, manifest);
  requireKnownSchema(manifest.schema);
  const keys = await readCaseKeys(config, input.keys, input.keyFile);
  if (keys === null) throw fail('BACKUP_MISSING', `${input.keys} holds no keys of cases`);
  const records = await readKeptRecords(input.destructions);
  const begunBefore = await begin(config, manifest);
  try {
    return await restoreAll(config, input.folder, { manifest, under, keys, records, begunBefore }, onProgress);
  } catch (error) {
    throw diskError(error, config.dataFolder);
  }
};

const restoreAll = async (
  config: Config,
  folder: string,
  source: Source,
  onProgress: RestoreProgress,
): Promise<Restored> => {
  const { manifest, under, records } = source;
  const { caseKeys, rows } = await restoreRows(config, folder, source, (n) => onProgress({ rows: n, objects: 0 }));
  const { destroyedAgain, renamed } = await destroyAgain(config, manifest, records);
  const counts = await restoreObjects(config, folder, manifest, under, renamed, (objects) =>
    onProgress({ rows, objects }),
  );
  await rm(restoringMark(config.dataFolder));
  return { id: manifest.id, at: manifest.at, rows, caseKeys, destroyedAgain, ...counts };
};

/** The store that comes back lies under this key: it has to be where the server will look for it. */
const requireMasterKey = async (config: Config, { masterKeyId }: Manifest): Promise<void> => {
  const given = (await readMasterKeys(config)).filter((key): key is MasterKey => key !== null && !('flaw' in key));
  if (given.some(({ id }) => id === masterKeyId)) return;
  const where = config.masterKey.kind === 'default' ? config.masterKey.path : config.masterKey.from;
  const [other] = given;
  if (other === undefined)
    throw fail('KEY_MISSING', `the store of this backup is sealed with key ${masterKeyId}: put it into ${where} first`);
  throw fail('KEY_WRONG', `the store of this backup is sealed with key ${masterKeyId}; key ${other.id} was given`);
};

/**
 * Marks the folder as one that nobody may open yet. Answers whether a restore of this backup was begun before. Errors:
 * RESTORE_NOT_EMPTY, and nothing was written.
 */
const begin = async (config: Config, manifest: Manifest): Promise<boolean> => {
  const mark = restoringMark(config.dataFolder);
  const found = config.database.kind === 'external' ? await lookIntoDatabase(config, manifest.id) : 'nothing';
  if (found === 'another store')
    throw fail('RESTORE_NOT_EMPTY', 'the database holds tables that no restore of this backup has made');
  const before = existsSync(mark);
  if (!before) {
    const holds = await readdir(config.vaultFolder).catch(() => []);
    const isEmpty = config.database.kind === 'external' || !storeExists(config);
    if (!isEmpty || holds.some((name) => /^[0-9a-f]{2}$/.test(name)))
      throw fail('RESTORE_NOT_EMPTY', `${isEmpty ? config.vaultFolder : config.dataFolder} holds a store`);
  } else if ((JSON.parse(await readFile(mark, 'utf8')) as { id?: string }).id !== manifest.id)
    throw fail(
      'RESTORE_NOT_EMPTY',
      `another backup was being restored into ${config.dataFolder}: name an empty folder`,
    );
  makeFolder(config.dataFolder, 0o711);
  writeText(mark, `${JSON.stringify({ id: manifest.id })}\n`);
  return before || found === 'this restore';
};

interface Source {
  readonly manifest: Manifest;
  readonly under: MasterKey;
  readonly keys: readonly KeptCaseKey[];
  readonly records: readonly KeptRecord[];
  readonly begunBefore: boolean;
}

const restoreRows = async (
  config: Config,
  folder: string,
  { begunBefore, keys, manifest, records, under }: Source,
  onProgress: (rows: number) => void,
): Promise<{ rows: number; caseKeys: number }> => {
  const { id: backupId, schema } = manifest;
  const { close, owner } = await openForRestore(config, { backupId, schema, anew: begunBefore });
  try {
    return await owner.transaction().execute(async (trx) => {
      const loader = await loadInto(trx);
      let rows = 0;
      for await (const line of readSealed(folder, 'backup.json', manifest, under)) {
        await loader.take(line);
        if (typeof line === 'string') rows += 1;
        if (rows % 1_000 === 0) onProgress(rows);
      }
      const destroyed = await checkedRecords(trx, records);
      const living = keys.filter(({ caseId }) => !destroyed.has(caseId));
      const caseKeys = await putKeys(trx, living);
      await loader.finish();
      return { rows, caseKeys };
    });
  } finally {
    await close();
  }
};

/** Cases that are not to be opened again. Errors: BACKUP_BROKEN naming a record that does not hold or is missing. */
const checkedRecords = async (trx: Trx, records: readonly KeptRecord[]): Promise<Set<string>> => {
  const ours = new Map((await readSigningKeys(trx)).map(({ key, publicKey }) => [key, publicKey]));
  const { rows } = await sql<{
    id: string;
    number: number;
  }>`select a.id, coalesce(max(d.number), 0) as number from agencies a
    left join destructions d on d.agency_id = a.id group by a.id`.execute(trx);
  const last = new Map(rows.map(({ id, number }) => [id, number]));
  const cases = new Set<string>();
  for (const kept of records) {
    const before = last.get(kept.agencyId);
    if (before === undefined) continue;
    const fault = faultOfKept(kept, ours);
    if (fault !== null)
      throw fail('BACKUP_BROKEN', `record of destruction ${kept.number} of agency ${kept.agencyId}: ${fault}`);
    if (kept.number > before + 1)
      throw fail('BACKUP_BROKEN', `record of destruction ${before + 1} of agency ${kept.agencyId} is missing`);
    last.set(kept.agencyId, Math.max(before, kept.number));
    if (kept.exhibitId === null) cases.add(kept.caseId);
  }
  return cases;
};

/** A case whose key was not kept stays closed, with its rows. */
const putKeys = async (trx: Trx, keys: readonly KeptCaseKey[]): Promise<number> => {
  let put = 0;
  for (const { caseId, generation, masterKeyId, wrapped } of keys) {
    const { numAffectedRows = 0n } = await sql`update case_keys set wrapped = ${Buffer.from(wrapped, 'hex')}
      where case_id = ${caseId}::uuid and generation = ${generation} and master_key_id = ${masterKeyId}`.execute(trx);
    put += Number(numAffectedRows);
  }
  return put;
};

const destroyAgain = async (
  config: Config,
  manifest: Manifest,
  records: readonly KeptRecord[],
): Promise<{ destroyedAgain: number; renamed: Renamed }> => {
  const renamed: Renamed = new Map();
  const store = await openStore(config, { roles: ['owner'], restoring: true });
  try {
    return await store.owner.transaction().execute(async (trx) => {
      let destroyedAgain = 0;
      for (const kept of records) if (await replayDestruction(trx, kept, renamed)) destroyedAgain += 1;
      // Who held work is not there any more.
      await sql`update work set state = 'queued', not_before = now() where state = 'leased'`.execute(trx);
      const who = { actor: null, login: osAccount(), purpose: null, requestId: `restore ${randomUUID()}` };
      const detail = { backup: manifest.id, takenAt: manifest.at, destroyedAgain };
      await audit(trx, who, { type: 'restore', object: null, detail });
      return { destroyedAgain, renamed };
    });
  } finally {
    await store.close();
  }
};

const restoreObjects = async (
  config: Config,
  folder: string,
  manifest: Manifest,
  under: MasterKey,
  renamed: Renamed,
  onProgress: (objects: number) => void,
): Promise<{ objects: number; missing: number }> => {
  const store = await openStore(config, { roles: ['owner'], restoring: true });
  try {
    const vault = await Vault.open(config.vaultFolder);
    const others = new Map<string, string[]>();
    for (const [wanted, there] of renamed) others.set(there, [...(others.get(there) ?? []), wanted]);
    let objects = 0;
    const source = keptIn(folder, manifest, under);
    const nextPage = async (): Promise<KeptObject[]> => {
      const kept: KeptObject[] = [];
      for (let next = await source.next(); next.done !== true; next = await source.next()) {
        kept.push(next.value);
        if (kept.length >= 1_000) break;
      }
      return kept;
    };
    for (let page = await nextPage(); page.length > 0; page = await nextPage()) {
      const wanted = await namedBy(
        store.owner,
        page.flatMap(({ object }) => [object, ...(others.get(object) ?? [])]),
      );
      for (const kept of page)
        for (const name of [kept.object, ...(others.get(kept.object) ?? [])]) {
          if (!wanted.has(name)) continue;
          await putBack(folder, kept, vault.pathOf(name));
          objects += 1;
          onProgress(objects);
        }
    }
    const { rows } = await sql<{ n: number }>`select (select count(*) from vault_objects)
      + (select count(*) from set_aside where source = 'vault_objects') as n`.execute(store.owner);
    let missing = Math.max(0, (rows[0]?.n ?? 0) - objects);
    for (const list of await listsOf(store.owner))
      if (!(await putListBack(folder, store.lists, under, list))) missing += 1;
    await endRestore(store.owner);
    return { objects, missing };
  } finally {
    await store.close();
  }
};

const namedBy = async (db: Kysely<Database>, names: readonly string[]): Promise<Set<string>> => {
  const { rows } = await sql<{ name: string }>`select name from vault_objects where name = any(${[...names]}::text[])
    union select object_name from set_aside where source = 'vault_objects' and object_name = any(${[...names]}::text[])`.execute(
    db,
  );
  return new Set(rows.map(({ name }) => name));
};
