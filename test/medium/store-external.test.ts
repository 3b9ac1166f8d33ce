// A PostgreSQL of the owner's, by DATABASE_URL: roles and passwords made by the migration, handed on by path, from a
// second machine as well. The server is the embedded one on loopback, used as a stranger would.
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { childEnvironment } from '../../packages/server/src/app/child-environment.js';
import { loadConfig } from '../../packages/server/src/app/config.js';
import { readCredential } from '../../packages/server/src/store/credentials.js';
import { joinEmbedded, type EmbeddedDatabase } from '../../packages/server/src/store/embedded/index.js';
import { openStore } from '../../packages/server/src/store/index.js';
import { configFor, temporaryFolder } from './store-fixture.js';

const folder = temporaryFolder();
const serverFolder = join(folder.path, 's'.repeat(90));
let server: EmbeddedDatabase;
let url: string;

beforeAll(async () => {
  server = await joinEmbedded(serverFolder);
  if (server.address.kind !== 'loopback') throw new Error('a long path was to give loopback');
  const { host, port } = server.address;
  const password = (await readCredential(serverFolder, 'superuser'))?.reveal() ?? '';
  const client = new pg.Client({ host, port, user: 'postgres', database: 'postgres', password });
  await client.connect();
  await client.query(`create role somebody login createrole password 'p@ss:word/1'`);
  await client.query('create database evidence owner somebody');
  await client.end();
  url = `postgresql://somebody:${encodeURIComponent('p@ss:word/1')}@${host}:${port}/evidence`;
});
afterAll(async () => {
  await server.leave();
  folder.remove();
});

it('migrates the database of the owner and opens it by role', async () => {
  const store = await openStore(configFor(join(folder.path, 'one'), { DATABASE_URL: url }), {
    roles: ['app', 'worker'],
  });
  expect(store.databasePid()).toBeNull();
  expect(store.keys.ready).toBe(true);
  expect(await store.worker.selectFrom('agencies').selectAll().execute()).toEqual([]);
  await store.close();
});

it('lets a child open its role with nothing but the path of its URL', async () => {
  const env = { PATH: '/bin', DATABASE_URL: url };
  const child = childEnvironment(configFor(join(folder.path, 'one'), { DATABASE_URL: url }), ['worker'], env);
  expect(JSON.stringify(child)).not.toContain('postgresql:');
  const store = await openStore(loadConfig({ env: child }), { roles: ['worker'], prepare: 'no' });
  expect(await store.worker.selectFrom('contents').selectAll().execute()).toEqual([]);
  await store.close();
});

it('does not lock the first machine out when a second one comes: it asks for the password', async () => {
  const second = join(folder.path, 'two');
  const config = configFor(second, { DATABASE_URL: url });
  await expect(openStore(config, { roles: ['worker'] })).rejects.toThrow(/DB_UNREACHABLE.*redthread_worker/);
  mkdirSync(join(second, 'credentials'), { recursive: true });
  cpSync(join(folder.path, 'one', 'credentials', 'worker'), join(second, 'credentials', 'worker'));
  const store = await openStore(config, { roles: ['worker'] });
  expect(store.keys.state).toMatchObject({ kind: 'missing' });
  await store.close();
  await (await openStore(configFor(join(folder.path, 'one'), { DATABASE_URL: url }), { roles: ['app'] })).close();
});

it('names what is wrong without the password', async () => {
  const wrong = url.replace('word', 'xxxx');
  const config = configFor(join(folder.path, 'three'), { DATABASE_URL: wrong });
  const error = await openStore(config, { roles: ['owner'] }).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'DB_UNREACHABLE' });
  expect(String(error)).not.toContain('xxxx');
});
