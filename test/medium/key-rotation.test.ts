// Changing the master key and the key of a case: while a server reveals, with kill -9 in the middle, with one of the two keys
// missing. Whatever happens, everything that could be opened before can be opened with the keys that are named.
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../../packages/core/src/domain/index.js';
import { rotateMasterKey } from '../../packages/server/src/features/keys/index.js';
import { WRAPPED_TABLES } from '../../packages/server/src/features/keys/wrapped-rows.js';
import {
  dataKeysToRead,
  ensureCaseKey,
  envelopesFor,
  openStore,
  parseMasterKey,
  readKeyExpectation,
  readKeyFile,
  wrapKey,
  type Store,
} from '../../packages/server/src/store/index.js';
import { openIngestWorld, picture, writeAt, type IngestWorld } from './ingest-world.js';
import { programOn, signInTo, type Program } from './program.js';
import { configFor, eventually } from './store-fixture.js';

const CASES = 8_000;
const PASSWORD = 'a long enough password';

let world: IngestWorld;
let program: Program;
let agencyId = '';
const keyFile = (name: string): string => join(world.folder, `${name}.key`);
const newKeyFile = (name: string): string => {
  writeFileSync(keyFile(name), `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
  return keyFile(name);
};

beforeAll(async () => {
  world = await openIngestWorld();
  program = programOn(world.data);
  const added = await program.run(
    [
      'user',
      'add',
      'maria',
      '--agency',
      'North',
      '--country',
      'ES',
      '--role',
      'administrator,officer',
      '--password-stdin',
    ],
    { input: PASSWORD },
  );
  expect(added.stderr).toBe('');
  await program.run(['case', 'add', 'N-1']);
  for (let i = 0; i < 6; i += 1) writeAt(join(world.folder, 'seized', `${i}.jpg`), await picture(i));
  const ingested = await program.run(['ingest', join(world.folder, 'seized'), '--case', 'N-1', '--exhibit', '1']);
  expect([ingested.code, ingested.stderr]).toEqual([0, expect.stringContaining('complete') as string]);
  const user = await world.store.owner.selectFrom('users').selectAll().executeTakeFirstOrThrow();
  expect(user.os_account).toBe(userInfo().username);
  agencyId = user.agency_id;
  await manyCases(user.id);
});
afterAll(async () => {
  await program.close();
  await world.close();
});

/** Cases that nothing was taken into, each with its key: so many that a change takes a moment. */
const manyCases = async (userId: string): Promise<void> => {
  const { owner, keys } = world.store;
  const ids = Array.from({ length: CASES }, () => randomUUID());
  await sql`insert into cases (id, agency_id, reference, created_by)
    select id, ${agencyId}, 'many ' || id, ${userId} from unnest(${ids}::uuid[]) as n (id)`.execute(owner);
  const rows = ids.map((caseId) => keys.wrap(randomBytes(32), { purpose: 'case', agencyId, caseId }));
  await sql`insert into case_keys (case_id, agency_id, master_key_id, wrapped)
    select n.id, ${agencyId}, n.key, n.wrapped from unnest(${ids}::uuid[], ${rows.map((row) => row.master_key_id)}::text[],
      ${rows.map(({ wrapped }) => wrapped)}::bytea[]) as n (id, key, wrapped)`.execute(owner);
};

const keyAt = (name: string) => ({ REDTHREAD_MASTER_KEY_FILE: keyFile(name) });
const maria = async (): Promise<Context> => {
  const user = await world.store.owner
    .selectFrom('users')
    .selectAll()
    .where('login', '=', 'maria')
    .executeTakeFirstOrThrow();
  const actor = { userId: user.id, agencyId, login: 'maria', roles: user.roles, isOperator: true };
  return { actor, purpose: null, requestId: 'test' };
};
const expectation = () => readKeyExpectation(world.store.owner);
const media = async (): Promise<string[]> =>
  (await world.store.owner.selectFrom('media').select('id').orderBy('id').execute()).map(({ id }) => id);
const countUnder = async (keyId: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*) as n from case_keys where master_key_id = ${keyId}`.execute(
    world.store.owner,
  );
  return rows[0]?.n ?? -1;
};
/** Opens the store anew as a process with these keys would, and every data key in it. */
const openedWith = async (env: Record<string, string>): Promise<string> => {
  const store = await openStore(configFor(world.data, env), { roles: ['worker'] });
  try {
    const ids = await media();
    const opened = await store.worker.transaction().execute((trx) => dataKeysToRead(trx, store.keys, ids));
    return opened.size === ids.length ? 'opened' : `${opened.size} of ${ids.length}`;
  } catch (error) {
    return (error as Error).message;
  } finally {
    await store.close();
  }
};

it('names every table that holds keys under the master key', async () => {
  const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'master_key_id' order by 1`.execute(world.store.owner);
  expect(rows.map(({ name }) => name)).toEqual(WRAPPED_TABLES.map(({ name }) => name).sort());
});

describe('changing the master key', () => {
  it('goes on while a server reveals and an ingest writes, and installs the new key in the default place', async () => {
    const server = await program.serve();
    const session = await signInTo(server.url, 'maria', PASSWORD);
    const [first = ''] = await media();
    const clear = await session.reveal(first);
    expect(Buffer.isBuffer(clear)).toBe(true);
    const before = (await expectation()).keyId ?? '';

    const revealed: (Buffer | string)[] = [];
    const stop = new AbortController();
    const revealing = (async () => {
      while (!stop.signal.aborted) revealed.push(await session.reveal(first));
    })();
    mkdirSync(join(world.folder, 'more'));
    for (let i = 0; i < 40; i += 1) writeAt(join(world.folder, 'more', `${i}.jpg`), await picture(100 + i));
    const ingest = program.start(['ingest', join(world.folder, 'more'), '--case', 'N-1', '--exhibit', '2']);
    const rotated = await program.run(['key', 'rotate', '--new-key-file', newKeyFile('second'), '--json']);
    expect([rotated.code, rotated.stderr]).toEqual([0, '']);
    const ended = await ingest.ended;
    expect([ended.code, ended.stderr]).toEqual([0, expect.stringContaining('complete') as string]);
    stop.abort();
    await revealing;
    expect(revealed.length).toBeGreaterThan(2);
    expect(new Set(revealed.map(String))).toEqual(new Set([String(clear)]));

    const { from, to, keys, processes } = JSON.parse(rotated.stdout) as Record<string, unknown>;
    expect({ from, keys, processes }).toEqual({
      from: before,
      // One of the agency, one that signs the record, and that of the case of the world itself.
      keys: CASES + 3,
      processes: expect.any(Number) as number,
    });
    expect(processes).toBeGreaterThan(1);
    expect(await expectation()).toEqual({ keyId: to, rotation: null });
    expect(await countUnder(before)).toBe(0);
    // The server has heard that it is over, and goes on with the new key alone.
    await sleep(3_000);
    expect(await session.reveal(first)).toEqual(clear);
    await server.stop();

    expect(readdirSync(join(world.data, 'keys')).sort()).toEqual(['master.key', `retired-${before}.key`]);
    expect(await openedWith({})).toBe('opened');
    expect(await openedWith({ REDTHREAD_MASTER_KEY_FILE: keyFile('second') })).toBe('opened');
    const retired = join(world.data, 'keys', `retired-${before}.key`);
    expect(await openedWith({ REDTHREAD_MASTER_KEY_FILE: retired })).toMatch(
      new RegExp(`KEY_WRONG.*${String(to)}.*${before}`),
    );
    const events = await world.store.owner
      .selectFrom('audit_events')
      .select('detail')
      .where('type', '=', 'key-rotate')
      .execute();
    expect(events.map(({ detail }) => detail)).toEqual([
      { from: before, to, step: 'begun', keys: 0 },
      { from: before, to, step: 'done', keys: CASES + 3 },
    ]);
  });

  it('is killed at any point and goes on, and half way asks for both keys by name', async () => {
    const oldFile = keyFile('second');
    const nextFile = newKeyFile('third');
    const [old, next] = [oldFile, nextFile].map((path) => ({ REDTHREAD_MASTER_KEY_FILE: path }));
    const from = (await expectation()).keyId ?? '';
    const rotate = ['key', 'rotate', '--new-key-file', nextFile, '--json'];
    const env = { ...old, REDTHREAD_OTHER_MASTER_KEY_FILE: nextFile };
    let halves = 0;
    for (let round = 0; round < 60; round += 1) {
      const running = program.start(rotate, { env: round % 2 === 0 ? { ...old } : env });
      const moved = round === 0 ? 1 : CASES / 12;
      const before = await countUnder(from);
      await eventually('some keys went over, or all', async () => {
        const left = await countUnder(from);
        return running.child.exitCode !== null || left <= before - moved;
      });
      running.child.kill('SIGKILL');
      const { code } = await running.ended;
      const { keyId, rotation } = await expectation();
      if (rotation === null) {
        expect(keyId).not.toBe(from);
        break;
      }
      if (code !== null) throw new Error(`ended with ${code}`);
      if (rotation.phase !== 'rewrapping') continue;
      halves += 1;
      const { to } = rotation;
      expect(await openedWith({ ...old })).toMatch(
        new RegExp(`KEY_HALF_ROTATED.*${from} was given, key ${to} is missing`),
      );
      expect(await openedWith({ ...next })).toMatch(
        new RegExp(`KEY_HALF_ROTATED.*${to} was given, key ${from} is missing`),
      );
      expect(await openedWith(env)).toBe('opened');
      expect(await openedWith({ ...next, REDTHREAD_OTHER_MASTER_KEY_FILE: oldFile })).toBe('opened');
    }
    process.stdout.write(`killed ${halves} times between the first key and the last\n`);
    expect(halves).toBeGreaterThan(1);
    expect((await expectation()).rotation).toBeNull();
    expect(await countUnder(from)).toBe(0);
    expect(await openedWith({ ...next })).toBe('opened');
    expect(await openedWith({ ...old })).toMatch(/KEY_WRONG/);
    // The default place was not asked for anything: its key was given from elsewhere.
    expect(existsSync(join(world.data, 'keys', 'next.key'))).toBe(false);
  });

  it('refuses another key half way, a key that is in force, a file without a key, and whoever does not administer', async () => {
    const env = { REDTHREAD_MASTER_KEY_FILE: keyFile('third') };
    const refusal = async (args: string[]): Promise<string> => (await program.run(args, { env })).stderr;
    expect(await refusal(['key', 'rotate', '--new-key-file', keyFile('third')])).toMatch(
      /ARGUMENT_INVALID.*in force already/,
    );
    expect(await refusal(['key', 'rotate', '--new-key-file', join(world.folder, 'none')])).toMatch(
      /ARGUMENT_INVALID.*none/,
    );
    writeFileSync(keyFile('half'), 'half a key');
    expect(await refusal(['key', 'rotate', '--new-key-file', keyFile('half')])).toMatch(
      /ARGUMENT_INVALID.*half\.key.*32 bytes/,
    );
    await program.run(['user', 'add', 'ben', '--role', 'officer', '--password-stdin'], { env, input: PASSWORD });
    expect(await refusal(['key', 'rotate', '--new-key-file', newKeyFile('fourth'), '--as', 'ben'])).toMatch(
      /FORBIDDEN/,
    );
    const status = await program.run(['key', 'status', '--json'], { env });
    expect(JSON.parse(status.stdout)).toMatchObject({ state: 'ready', rotation: null, casesInChange: 0 });
  });

  it('waits for a process that has not taken the new key, names it, and leaves everything as it was', async () => {
    const { owner } = world.store;
    const silent = { id: randomUUID(), kind: 'server' as const, pid: 1, host: 'elsewhere' };
    await owner.insertInto('processes').values(silent).execute();
    const beat = setInterval(() => {
      const row = owner.updateTable('processes').set({ last_seen_at: new Date() }).where('id', '=', silent.id);
      void row.execute().catch(() => undefined);
    }, 1_000);
    const store = await openStore(configFor(world.data, keyAt('third')), { roles: ['app', 'owner'] });
    try {
      const ctx = await maria();
      const first = parseMasterKey(randomBytes(32).toString('hex'), 'test');
      await expect(rotateMasterKey(store, ctx, first, { patienceMs: 1_500 })).rejects.toMatchObject({
        code: 'KEY_NOT_TAKEN',
        detail: expect.stringMatching(/server with pid 1 on elsewhere/) as string,
      });
      expect(await countUnder(first.id)).toBe(0);
      expect((await expectation()).rotation).toMatchObject({ phase: 'handing-over', to: first.id });
      // Nothing lies under it: another key may be chosen, and a start needs the old one only.
      expect(await openedWith(keyAt('third'))).toBe('opened');
      await owner.deleteFrom('processes').where('id', '=', silent.id).execute();
      const rotated = await rotateMasterKey(store, ctx, await readKeyFile(newKeyFile('fifth')));
      expect(rotated.keys).toBe(CASES + 3);
      expect(await openedWith(keyAt('fifth'))).toBe('opened');
    } finally {
      clearInterval(beat);
      await store.close();
    }
  });

  it('leaves nothing behind under the old key that a process wraps which has not heard of the change', async () => {
    const { actor } = await maria();
    const caseId = await world.world.case({ id: actor.userId, agencyId, login: actor.login }, 'N-late');
    const stale = await readKeyFile(keyFile('third'));
    const insert = world.store.worker
      .insertInto('case_keys')
      .values({
        case_id: caseId,
        agency_id: agencyId,
        master_key_id: stale.id,
        wrapped: wrapKey(stale.bytes, randomBytes(32), { purpose: 'case', agencyId, caseId }),
      })
      .execute();
    await expect(insert).rejects.toMatchObject({ code: '40001' });
  });
});

describe('changing the key of a case', () => {
  const ENVELOPES = 12_000;
  let store: Store<'worker' | 'owner'>;
  beforeAll(async () => {
    store = await openStore(configFor(world.data, keyAt('fifth')), { roles: ['worker', 'owner'] });
  });
  afterAll(() => store?.close());

  const generations = async (caseId: string): Promise<Record<string, number>> => {
    const { rows } = await sql<{ g: number; n: number }>`select generation as g, count(*) as n from envelopes
      where case_id = ${caseId} group by 1`.execute(store.owner);
    return Object.fromEntries(rows.map(({ g, n }) => [String(g), n]));
  };

  it('is killed in the middle and goes on, while envelopes are read and written', async () => {
    const { id: caseId } = await store.owner
      .selectFrom('cases')
      .select('id')
      .where('reference', '=', 'N-late')
      .executeTakeFirstOrThrow();
    await sql`with made as (insert into contents (sha256, sha1, md5, size_bytes, mime, kind)
        select sha256(n::text::bytea), substring(sha256(n::text::bytea) for 20), decode(md5(n::text), 'hex'), 1, 'text/plain', 'text'
        from generate_series(1, ${ENVELOPES}) as n returning *)
      insert into media (agency_id, content_id, sha256, sha1, md5, size_bytes, mime, kind)
        select ${agencyId}, id, sha256, sha1, md5, size_bytes, mime, kind from made`.execute(store.owner);
    const texts = await store.owner.selectFrom('media').select('id').where('kind', '=', 'text').execute();
    const all = texts.map(({ id }) => id);
    const [known, later] = [all.slice(0, -200), all.slice(-200)];
    const wrapAll = (ids: readonly string[]) => {
      const requests = ids.map((mediaId) => ({ mediaId }));
      return store.worker.transaction().execute((trx) => envelopesFor(trx, store.keys, { agencyId, caseId }, requests));
    };
    const wrapped = await wrapAll(known);
    expect(await generations(caseId)).toEqual({ 1: known.length });

    let halves = 0;
    for (let round = 0; round < 40; round += 1) {
      const running = program.start(['key', 'rewrap', '--case', 'N-late', '--json'], { env: keyAt('fifth') });
      const before = (await generations(caseId))['1'] ?? 0;
      await eventually('some envelopes went over, or all', async () => {
        const { 1: left = 0 } = await generations(caseId);
        return running.child.exitCode !== null || left <= before - 1_500 || left === 0;
      });
      running.child.kill('SIGKILL');
      await running.ended;
      const read = await store.worker.transaction().execute((trx) => dataKeysToRead(trx, store.keys, known));
      expect(known.every((id) => wrapped.get(id)?.key.equals(read.get(id) ?? Buffer.alloc(0)))).toBe(true);
      const now = await generations(caseId);
      if (now['1'] === undefined) break;
      if (now['2'] === undefined) continue;
      halves += 1;
      const written = await wrapAll(later.splice(0, 20));
      expect([...written.values()].every(({ isNew }) => isNew)).toBe(true);
    }
    process.stdout.write(`killed ${halves} times between the first envelope and the last\n`);
    expect(halves).toBeGreaterThan(0);
    const ended = await program.run(['key', 'rewrap', '--case', 'N-late', '--json'], { env: keyAt('fifth') });
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    const keys = await store.owner.selectFrom('case_keys').select('generation').where('case_id', '=', caseId).execute();
    expect(keys).toHaveLength(1);
    const newest = await store.worker
      .transaction()
      .execute((trx) => ensureCaseKey(trx, store.keys, { agencyId, caseId }));
    expect(newest.generation).toBe(keys[0]?.generation);
    const status = await program.run(['key', 'status'], { env: keyAt('fifth') });
    expect(status.stdout).toMatch(/master key [0-9a-f]{16} \(given here\): ready/);
  });
});
