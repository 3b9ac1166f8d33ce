// Restoring into a database of the owner's: never over a store that lies there, whole after a disk that was full, refused where the
// backup is of a newer version, and asking for both keys where it was made half way of their change.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql, type Kysely } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Context } from '@redthread/core/domain';
import { createBackup } from '../../packages/server/src/features/backup/create.js';
import { restoreBackup } from '../../packages/server/src/features/backup/restore.js';
import { ingestExhibit } from '../../packages/server/src/features/exhibits/index.js';
import { readCredential } from '../../packages/server/src/store/credentials.js';
import { joinEmbedded, type EmbeddedDatabase } from '../../packages/server/src/store/embedded/index.js';
import { clientConfig, openPool } from '../../packages/server/src/store/connection.js';
import { openForRestore, openStore, type Database } from '../../packages/server/src/store/index.js';
import { LATEST_MIGRATION, MIGRATIONS } from '../../packages/server/src/store/migrations/index.js';
import { readSetting, writeSetting } from '../../packages/server/src/store/settings.js';
import { dump, openIngestWorld, writeAt, type IngestWorld } from './ingest-world.js';
import { configFor, isRoot } from './store-fixture.js';

let world: IngestWorld;
let anna: Context;
let server: EmbeddedDatabase;
const at = (name: string): string => join(world.folder, name);
const places = () => ({ folder: at('backup'), keys: at('case-keys'), destructions: at('destructions'), keyFile: null });

/** A database of the owner's on a server of its own, reached as a stranger would. */
const databaseNamed = async (name: string): Promise<Record<string, string>> => {
  if (server.address.kind !== 'loopback') throw new Error('a long path was to give loopback');
  const { host, port } = server.address;
  const password = (await readCredential(serverFolder(), 'superuser'))?.reveal() ?? '';
  const client = new pg.Client({ host, port, user: 'postgres', database: 'postgres', password });
  await client.connect();
  client.on('error', () => undefined);
  const role = await client.query(`select from pg_roles where rolname = 'somebody'`);
  if (role.rowCount === 0) await client.query(`create role somebody login createrole password 'secret'`);
  await client.query(`create database ${name} owner somebody`);
  await client.end();
  return {
    DATABASE_URL: `postgresql://somebody:secret@${host}:${port}/${name}`,
    REDTHREAD_MASTER_KEY_FILE: join(world.data, 'keys', 'master.key'),
  };
};
const serverFolder = (): string => join(world.folder, 's'.repeat(90));

beforeAll(async () => {
  world = await openIngestWorld();
  anna = { ...(await world.officer('North', 'N-1')) };
  anna = { ...anna, actor: { ...anna.actor, isOperator: true } };
  const source = at('seized');
  for (const seed of [1, 2, 3]) writeAt(join(source, `${seed}.txt`), `what was seized, number ${seed}`);
  const exhibit = { caseReference: 'N-1', exhibitReference: '1', source, inPlace: false };
  await ingestExhibit(world.store, anna, exhibit, { wait: false });
  await createBackup(world.store, anna, places());
  server = await joinEmbedded(serverFolder());
}, 120_000);
afterAll(async () => {
  await server?.leave();
  await world.close();
});

const restore = (name: string, env: Record<string, string>, folder = at('backup')) =>
  restoreBackup(configFor(at(name), env), { ...places(), folder, keyFile: undefined as unknown as string });

/** Whatever tells that somebody was there. */
const contentsOf = async (owner: Kysely<Database>): Promise<unknown> => {
  const { rows } = await sql`select (select array_agg(name order by name) from kysely_migration) as migrations,
    (select jsonb_object_agg(key, value) from store_settings) as settings, (select count(*) from agencies) as agencies,
    obj_description('public'::regnamespace, 'pg_namespace') as mark`.execute(owner);
  return rows;
};

it('leaves a store that somebody works with as it was, however often it is asked', async () => {
  const env = await databaseNamed('living');
  const living = await openStore(configFor(at('living'), env), { roles: ['owner'] });
  await sql`insert into agencies (name, country) values ('Unit', 'ES')`.execute(living.owner);
  const before = await contentsOf(living.owner);
  for (let time = 0; time < 2; time += 1) {
    await expect(restore('over it', env)).rejects.toMatchObject({ code: 'RESTORE_NOT_EMPTY' });
    expect(existsSync(join(at('over it'), 'restoring.json'))).toBe(false);
  }
  expect(await contentsOf(living.owner)).toEqual(before);
  await living.close();
});

it('leaves tables of other programs as they were', async () => {
  const env = await databaseNamed('others');
  const client = new pg.Client({ connectionString: env['DATABASE_URL'] });
  await client.connect();
  await client.query('create table stamps (name text)');
  await expect(restore('beside it', env)).rejects.toMatchObject({ code: 'RESTORE_NOT_EMPTY' });
  expect((await client.query(`select relname from pg_class where relnamespace = 'public'::regnamespace`)).rows).toEqual(
    [{ relname: 'stamps' }],
  );
  await client.end();
});

it('is refused before anything is written where the backup is of a newer version', async () => {
  const newer = at('newer');
  cpSync(at('backup'), newer, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(newer, 'backup.json'), 'utf8')) as object;
  writeFileSync(join(newer, 'backup.json'), JSON.stringify({ ...manifest, schema: '9999-tomorrow' }));
  const env = await databaseNamed('newer');
  await expect(restore('from tomorrow', env, newer)).rejects.toMatchObject({ code: 'DB_NEWER' });
  expect(existsSync(at('from tomorrow'))).toBe(false);
});

it('brings a backup of an older version back, and up to date', async () => {
  // The last one that has lists in tables.
  const schema = '0040-list-items';
  expect(Object.keys(MIGRATIONS)).toContain(schema);
  const env = await databaseNamed('older');
  const config = configFor(at('older'), env);
  const { owner, close } = await openForRestore(config, { backupId: 'none', schema, anew: false });
  // A store is brought up to date when it is opened: this one is put together, as an older program had it.
  const app = openPool(await clientConfig(config, null, 'app'), 'app');
  const parts: object = { ...world.store, keys: world.store.keys, vault: world.store.vault, owner, app };
  const older = parts as typeof world.store;
  const { rows } = await sql<{
    id: string;
  }>`insert into agencies (name, country) values ('Old Unit', 'ES') returning id`.execute(owner);
  const agencyId = rows[0]?.id ?? '';
  const person = await sql<{ id: string }>`insert into users (agency_id, login, display_name, is_operator)
    values (${agencyId}::uuid, 'otto', 'Otto', true) returning id`.execute(owner);
  const actor = { ...anna.actor, agencyId, userId: person.rows[0]?.id ?? '', login: 'otto' };
  const list = await sql<{
    id: string;
  }>`insert into lists (agency_id, name, polarity, version, source_name, source_sha256, created_by)
    values (${agencyId}::uuid, 'Toys', 'known-bad', '1', 'toys.txt', '', ${actor.userId}::uuid) returning id`.execute(
    owner,
  );
  const listId = list.rows[0]?.id ?? '';
  const md5 = 'ab'.repeat(16);
  await sql`insert into list_entries (list_id, agency_id, digest)
    values (${listId}::uuid, ${agencyId}::uuid, decode(${md5}, 'hex'))`.execute(owner);
  const old = { ...places(), folder: at('old backup'), keys: at('old keys') };
  await createBackup(older, { ...anna, actor }, old);
  await app.destroy();
  await close();

  const newEnv = await databaseNamed('brought_up');
  await restoreBackup(configFor(at('brought up'), newEnv), { ...old, keyFile: undefined as unknown as string });
  const store = await openStore(configFor(at('brought up'), newEnv), { roles: ['app', 'owner'] });
  expect(await readSetting(store.owner, 'schema')).toBe(LATEST_MIGRATION);
  expect((await sql`select name from agencies`.execute(store.owner)).rows).toEqual([{ name: 'Old Unit' }]);
  expect([...store.lists.folders.of(listId).openDigests().digests('md5')]).toEqual([md5]);
  await store.close();
});

it.runIf(isRoot && existsSync('/proc/self/mounts'))(
  'goes on after a full disk, and serves nothing before',
  async () => {
    const env = await databaseNamed('full_disk');
    const data = at('small');
    mkdirSync(data);
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=128k,mode=711', 'tmpfs', data]).status !== 0) return;
    try {
      writeFileSync(join(data, 'ballast'), Buffer.alloc(112 * 1024));
      await expect(restore('small', env)).rejects.toMatchObject({ code: 'DISK_FULL' });
      await expect(openStore(configFor(data, env), { roles: ['app'] })).rejects.toMatchObject({
        code: 'RESTORE_UNFINISHED',
      });
      // Another machine on the same database has no mark in its folder.
      await expect(openStore(configFor(at('elsewhere'), env), { roles: ['owner'] })).rejects.toMatchObject({
        code: 'RESTORE_UNFINISHED',
      });
      rmSync(join(data, 'ballast'));
      expect(await restore('small', env)).toMatchObject({ objects: 3, missing: 0 });
      const store = await openStore(configFor(data, env), { roles: ['app', 'owner', 'worker'] });
      expect(await dump(store)).toEqual(await dump(world.store));
      expect(await contentsOf(store.owner)).toMatchObject([{ mark: null }]);
      await store.close();
      await expect(restore('small', env)).rejects.toMatchObject({ code: 'RESTORE_NOT_EMPTY' });
    } finally {
      spawnSync('umount', [data]);
    }
  },
);

it('asks for both keys after the restore of a store whose key was half changed', async () => {
  const { owner } = world.store;
  const from = (await readSetting(owner, 'master-key-id')) ?? '';
  const to = 'f'.repeat(from.length);
  await writeSetting(owner, 'key-rotation', { from, to, phase: 'rewrapping', startedAt: new Date().toISOString() });
  const folder = at('half way');
  await createBackup(world.store, anna, { ...places(), folder, keys: at('half-way keys') });
  await sql`delete from store_settings where key = 'key-rotation'`.execute(owner);
  const env = await databaseNamed('half');
  await restoreBackup(configFor(at('half'), env), {
    ...places(),
    folder,
    keys: at('half-way keys'),
    keyFile: undefined as unknown as string,
  });
  const store = await openStore(configFor(at('half'), env), { roles: ['app'] });
  expect(() => store.keys.requireReady()).toThrow(new RegExp(`KEY_HALF_ROTATED.*key ${to} is missing`));
  await store.close();
});
