// Backing up while the store works, and restoring into another data folder: everything comes back, but for what was destroyed since.
// Whatever interrupts it, a backup is the last whole one, and half a store is opened by nobody.
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Context } from '@redthread/core/domain';
import { verifyBackup } from '../../packages/server/src/features/backup/check.js';
import { createBackup, type BackupPlaces } from '../../packages/server/src/features/backup/create.js';
import { restoreBackup } from '../../packages/server/src/features/backup/restore.js';
import { ingestExhibit } from '../../packages/server/src/features/exhibits/index.js';
import { askToDestroy } from '../../packages/server/src/features/requests/asking.js';
import { runRequest, runWaiting } from '../../packages/server/src/features/requests/index.js';
import { confirmRequest, requestId } from '../../packages/server/src/features/requests/steps/decide.js';
import { SESSION } from '../../packages/server/src/features/requests/steps/people.js';
import { verifyRecord } from '../../packages/server/src/features/verify/record/verify-record.js';
import { verifyVault } from '../../packages/server/src/features/verify/vault.js';
import { openStore, type Store } from '../../packages/server/src/store/index.js';
import { dump, openIngestWorld, writeAt, type FullStore, type IngestWorld } from './ingest-world.js';
import { programOn } from './program.js';
import { storeList } from './stored-list.js';
import { configFor, isRoot } from './store-fixture.js';

let world: IngestWorld;
let anna: Context;
let ben: Context;
let places: BackupPlaces;
const at = (name: string): string => join(world.folder, name);
const masterKey = (): Record<string, string> => ({
  REDTHREAD_MASTER_KEY_FILE: join(world.data, 'keys', 'master.key'),
});

const ingest = async (caseReference: string, exhibitReference: string, seeds: readonly number[]): Promise<void> => {
  const source = at(join('seized', caseReference, exhibitReference));
  for (const seed of seeds) writeAt(join(source, `${seed}.txt`), `what was seized, number ${seed}`);
  await ingestExhibit(world.store, anna, { caseReference, exhibitReference, source, inPlace: false }, { wait: false });
};

beforeAll(async () => {
  world = await openIngestWorld();
  const agencyId = await world.world.agency('North');
  const roles = ['administrator', 'coordinator', 'officer'];
  const [a, b] = [await world.world.person(agencyId, 'anna', roles), await world.world.person(agencyId, 'ben', roles)];
  const contextOf = (userId: string, login: string): Context => ({
    actor: { userId, agencyId, login, roles, isOperator: true },
    purpose: null,
    requestId: 'test',
  });
  [anna, ben] = [contextOf(a.id, 'anna'), contextOf(b.id, 'ben')];
  for (const reference of ['N-1', 'N-2']) await world.world.case(a, reference);
  const md5 = createHash('md5').update('what was seized, number 1').digest('hex');
  listId = await storeList(world.store, { agencyId, userId: a.id, name: 'Toys', digests: [md5, LISTED] });
  await ingest('N-1', '1', [1, 2, 3]);
  await ingest('N-2', '1', [1, 4]);
  places = { folder: at('backup'), keys: at('case-keys'), destructions: at('destructions'), keyFile: null };
}, 60_000);
afterAll(() => world.close());

/** A digest on the list that is of no file here. */
const LISTED = Buffer.from('a digest of toys').toString('hex');
let listId = '';

const listIn = async (store: FullStore): Promise<void> => {
  const { agency_id: agencyId, files_sha256 } = await store.owner
    .selectFrom('lists')
    .select(['agency_id', 'files_sha256'])
    .executeTakeFirstOrThrow();
  store.lists.folders.of(listId).verify({ id: listId, agencyId, polarity: 'known-bad' }, files_sha256!);
  // Looked up when it came in.
  expect(await store.owner.selectFrom('list_hits').select('list_id').execute()).toEqual([{ list_id: listId }]);
};

const create = (some: Partial<BackupPlaces> = {}) => createBackup(world.store, anna, { ...places, ...some });
const restoreTo = async (
  name: string,
  some: { folder?: string; keys?: string; keyFile?: string } = {},
  env = masterKey(),
) => restoreBackup(configFor(at(name), env), { ...places, ...some, keyFile: some.keyFile as string });
const withRestored = async <T>(name: string, work: (store: FullStore) => Promise<T>): Promise<T> => {
  const store = await openStore(configFor(at(name), masterKey()), { roles: ['app', 'owner', 'worker'] });
  return work(store).finally(() => store.close());
};
/** Every row of every table, but for those of a process or of one database, and those that making and restoring a backup writes. */
const allRows = async (store: FullStore): Promise<Record<string, string[]>> => {
  const { rows } = await sql<{ name: string }>`select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like 'audit%' and relname not in
      ('connection_changes', 'index_changes', 'index_snapshots', 'kysely_migration', 'processes', 'sessions')`.execute(
    store.owner,
  );
  const all: Record<string, string[]> = {};
  for (const { name } of rows)
    all[name] = (
      await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t order by 1`.execute(store.owner)
    ).rows.map(({ row }) => row);
  return all;
};
const faultsOf = async (name: string): Promise<string[]> => {
  const store = await openStore(configFor(at(name), masterKey()), { roles: ['sealer'] });
  const { faults } = await verifyRecord(store.sealer, { keys: store.keys, anchors: null, agencies: new Map() });
  await store.close();
  return faults.map(({ code, detail, object }) => `${code} ${object}: ${detail}`);
};
const filesIn = (folder: string): string[] =>
  // Not looked up by name: what is being written is renamed meanwhile.
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
    .sort();

it('brings every row, object and key back into another folder', async () => {
  const made = await create();
  expect(made).toMatchObject({ objects: 4, copiedObjects: 4, missing: 0, caseKeys: 2, destructions: 0 });
  expect(await verifyBackup(world.store.config, { folder: places.folder, keys: places.keys })).toMatchObject({
    objects: 4,
    rows: made.rows,
    caseKeys: 2,
    broken: [],
  });
  expect(await restoreTo('second')).toMatchObject({
    objects: 4,
    missing: 0,
    caseKeys: 2,
    destroyedAgain: 0,
    rows: made.rows,
  });
  const [rows, dumped] = [await allRows(world.store), await dump(world.store)];
  await withRestored('second', async (store) => {
    expect(await allRows(store)).toEqual(rows);
    expect(await dump(store)).toEqual(dumped);
    await listIn(store);
  });
  expect(await faultsOf('second')).toEqual([]);
  await expect(restoreTo('second')).rejects.toMatchObject({ code: 'RESTORE_NOT_EMPTY' });
});

it('names a list whose files are damaged, in the store and in the backup', async () => {
  const { folders } = world.store.lists;
  const brokenIn = async (): Promise<string[]> =>
    (await verifyVault(world.store)).broken.map(({ code, object }) => `${code} ${object}`);
  expect(await brokenIn()).toEqual([]);
  const damage = async (path: string, during: () => Promise<void>): Promise<void> => {
    const whole = readFileSync(path);
    writeFileSync(
      path,
      whole.map((byte, index) => (index === whole.length - 40 ? byte ^ 1 : byte)),
    );
    await during();
    writeFileSync(path, whole);
  };
  await damage(folders.of(listId).entriesPath, async () => {
    expect(await brokenIn()).toEqual([`INDEX_CHECKSUM_MISMATCH list Toys 1 (${listId})`]);
  });
  await damage(join(places.folder, 'lists', listId, '0.sealed'), async () => {
    const { broken } = await verifyBackup(world.store.config, { folder: places.folder });
    expect(broken).toEqual([expect.stringMatching(new RegExp(`^list ${listId}: .*0.sealed`))]);
  });
});

it('puts nothing beside the files of a list, whatever lies in the folder of the backup', async () => {
  const path = join(places.folder, 'lists', listId, 'list.json');
  const whole = readFileSync(path, 'utf8');
  const note = JSON.parse(whole) as { readonly files: readonly string[] };
  writeFileSync(path, JSON.stringify({ ...note, files: ['../../beside', ...note.files.slice(1)] }));
  expect(await restoreTo('beside')).toMatchObject({ missing: 1 });
  expect(filesIn(at('beside')).filter((name) => name.endsWith('beside'))).toEqual([]);
  writeFileSync(path, JSON.stringify({ ...note, files: [...note.files].reverse() }));
  expect(await restoreTo('turned')).toMatchObject({ missing: 1 });
  writeFileSync(path, whole);
});

it('copies what has changed, and lets go of what is not there any more', async () => {
  expect(await create()).toMatchObject({ objects: 4, copiedObjects: 0 });
  await ingest('N-2', '2', [5]);
  expect(await create()).toMatchObject({ objects: 5, copiedObjects: 1 });
  expect(filesIn(join(places.folder, 'objects'))).toHaveLength(5);
  expect(filesIn(places.folder).filter((name) => !/^(objects|lists)/.test(name))).toHaveLength(2);
});

it('opens nothing without the keys of cases, and tells nothing in the clear', async () => {
  const bytes = filesIn(places.folder).map((name) => readFileSync(join(places.folder, name), 'latin1'));
  for (const text of ['North', 'anna', 'N-1', 'what was seized', 'Toys', 'a digest of toys', 'RTLIST'])
    expect(bytes.filter((one) => one.includes(text))).toEqual([]);
  await expect(restoreTo('keyless', { keys: at('nowhere') })).rejects.toMatchObject({ code: 'BACKUP_MISSING' });
  expect(existsSync(at('keyless'))).toBe(false);
});

it('does not bring back what was destroyed after it was made', async () => {
  cpSync(places.folder, at('old backup'), { recursive: true });
  cpSync(places.keys, at('old keys'), { recursive: true });
  const input = { case: 'N-1', reason: 'the court ordered it', leaveInPlace: false };
  const { number } = await askToDestroy(world.store, anna, SESSION, input);
  await confirmRequest(world.store, ben, { number, origin: SESSION });
  expect(await runRequest(world.store, await requestId(world.store, ben, number))).toBe('done');
  const caseId = (await sql<{ id: string }>`select id from cases where reference = 'N-1'`.execute(world.store.owner))
    .rows[0]?.id;
  expect(await create()).toMatchObject({ objects: 3, caseKeys: 1, destructions: 1 });
  expect(filesIn(join(places.folder, 'objects'))).toHaveLength(3);

  // The backup from before, with the keys from before.
  const old = { folder: at('old backup'), keys: at('old keys') };
  // A record that is forged is not passed over, and the restore begins anew once the true one is there.
  const [name = ''] = readdirSync(places.destructions);
  const record = readFileSync(join(places.destructions, name), 'utf8');
  writeFileSync(join(places.destructions, name), record.replace('ordered', 'allowed'));
  await expect(restoreTo('third', old)).rejects.toMatchObject({ code: 'BACKUP_BROKEN' });
  writeFileSync(join(places.destructions, name), record);
  expect(await restoreTo('third', old)).toMatchObject({ destroyedAgain: 1, caseKeys: 1, objects: 3, missing: 0 });
  const dumped = await dump(world.store);
  await withRestored('third', async (store) => {
    expect(await dump(store)).toEqual(dumped);
    for (const table of ['exhibits', 'occurrences', 'envelopes', 'set_aside']) {
      const { rows } = await sql<{
        n: number;
      }>`select count(*) as n from ${sql.table(table)} where case_id = ${caseId}::uuid`.execute(store.owner);
      expect([table, rows[0]?.n]).toEqual([table, 0]);
    }
    const keys = await sql<{
      n: number;
    }>`select count(*) as n from case_keys where case_id = ${caseId}::uuid and octet_length(wrapped) > 0`.execute(
      store.owner,
    );
    expect(keys.rows[0]?.n).toBe(0);
    expect(
      (await sql<{ state: string }>`select state from cases where id = ${caseId}::uuid`.execute(store.owner)).rows,
    ).toEqual([{ state: 'destroyed' }]);
  });
  expect(await faultsOf('third')).toEqual([]);
});

it('is the last whole one, whenever making it or restoring it is killed', async () => {
  const program = programOn(world.data);
  const account = spawnSync('id', ['-un'], { encoding: 'utf8' }).stdout.trim();
  await sql`update users set os_account = ${account}, is_operator = true where login = 'anna'`.execute(
    world.store.owner,
  );
  const args = ['--keys', places.keys, '--destructions', places.destructions];
  await ingest('N-2', '3', [6, 7, 8]);
  const { child, ended } = program.start(['backup', 'create', places.folder, ...args]);
  const isAtWork = (): boolean => filesIn(places.folder).some((name) => name.endsWith('.part'));
  while (!isAtWork() && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 2));
  child.kill('SIGKILL');
  await ended;
  expect((await verifyBackup(world.store.config, { folder: places.folder, keys: places.keys })).broken).toEqual([]);
  expect(await program.run(['backup', 'create', places.folder, ...args])).toMatchObject({ code: 0 });
  const elsewhere = programOn(at('fifth'), masterKey());
  const killed = elsewhere.start(['backup', 'restore', places.folder, ...args]);
  while (!existsSync(join(at('fifth'), 'restoring.json'))) await new Promise((resolve) => setTimeout(resolve, 20));
  killed.child.kill('SIGKILL');
  await killed.ended;
  await expect(openStore(configFor(at('fifth'), masterKey()), { roles: ['app'] })).rejects.toMatchObject({
    code: 'RESTORE_UNFINISHED',
  });
  const again = await elsewhere.run(['backup', 'restore', places.folder, ...args, '--json']);
  expect([again.code, again.stderr]).toEqual([0, expect.anything()]);
  const dumped = await dump(world.store);
  await withRestored('fifth', async (store) => expect(await dump(store)).toEqual(dumped));
}, 60_000);

it('says what is in the way', async () => {
  await expect(create({ keys: join(places.folder, 'keys') })).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  await expect(create({ folder: join(world.data, 'backup') })).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  const stranger: Context = { ...anna, actor: { ...anna.actor, isOperator: false } };
  await expect(createBackup(world.store, stranger, places)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const other = at('other.key');
  writeFileSync(other, randomBytes(32).toString('hex'), { mode: 0o600 });
  await expect(restoreTo('sixth', {}, { REDTHREAD_MASTER_KEY_FILE: other })).rejects.toMatchObject({
    code: 'KEY_WRONG',
  });
  await expect(restoreTo('sixth', { folder: at('nowhere') })).rejects.toMatchObject({ code: 'BACKUP_MISSING' });

  // Sealed with a key of its own.
  const sealed = { folder: at('sealed'), keys: at('sealed keys'), keyFile: other };
  await create(sealed);
  await expect(verifyBackup(world.store.config, { folder: sealed.folder })).rejects.toMatchObject({
    code: 'KEY_WRONG',
  });
  expect((await verifyBackup(world.store.config, sealed)).broken).toEqual([]);

  // Keys of cases that cannot be gone on with leave the backup before it.
  const { id } = await verifyBackup(world.store.config, { folder: places.folder });
  await expect(create({ keys: sealed.keys })).rejects.toMatchObject({ code: 'KEY_WRONG' });
  expect(await verifyBackup(world.store.config, { folder: places.folder })).toMatchObject({ id, broken: [] });

  // A byte that has changed.
  const [object = ''] = filesIn(join(sealed.folder, 'objects'));
  const flip = (path: string): void => {
    const bytes = readFileSync(path);
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    writeFileSync(path, bytes);
  };
  flip(join(sealed.folder, 'objects', object));
  expect((await verifyBackup(world.store.config, sealed)).broken).toEqual([expect.stringContaining('another SHA-256')]);
  const rows = filesIn(sealed.folder).find((name) => name.endsWith('.sealed')) ?? '';
  flip(join(sealed.folder, rows));
  await expect(verifyBackup(world.store.config, sealed)).rejects.toMatchObject({ code: 'BACKUP_BROKEN' });
});

it.runIf(isRoot && existsSync('/proc/self/mounts'))('a full disk leaves the backup before it as it was', async () => {
  const small = at('small');
  mkdirSync(small);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', small]).status !== 0) return;
  try {
    writeFileSync(join(small, 'ballast'), randomBytes(440 * 1024));
    await expect(create({ folder: join(small, 'backup') })).rejects.toMatchObject({ code: 'DISK_FULL' });
    rmSync(join(small, 'ballast'));
    const folder = join(small, 'backup');
    await create({ folder });
    writeFileSync(join(small, 'ballast'), randomBytes(300 * 1024));
    const { id } = await verifyBackup(world.store.config, { folder });
    await create({ folder }).catch((error: unknown) => expect(error).toMatchObject({ code: 'DISK_FULL' }));
    expect((await verifyBackup(world.store.config, { folder })).broken).toEqual([]);
    expect(id).not.toBe('');
  } finally {
    spawnSync('umount', [small]);
  }
});

it('says where records of destruction cannot be laid down', async () => {
  const file = at('no folder');
  writeFileSync(file, '');
  const notes: string[] = [];
  const { worker, config } = world.store;
  const store = { worker, config: { ...config, destructionsFolder: file } } as Store<'worker'>;
  await runWaiting(store, { warn: (line) => notes.push(line) });
  expect(notes).toEqual([expect.stringContaining('records of destruction cannot be laid down')]);
});
