// The store as its roles see it: keys that fit or not, versions, contexts, refusals, and data keys in two cases at once.
import { randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../../packages/core/src/domain/index.js';
import {
  auditRefusal,
  dataKeyFor,
  dataKeysToRead,
  ensureCaseKey,
  ensureObjectNamer,
  envelopesFor,
  openStore,
  withContext,
  withNobody,
  writeSetting,
  type Store,
} from '../../packages/server/src/store/index.js';
import { configFor, startHolder, temporaryFolder } from './store-fixture.js';

const folder = temporaryFolder();
const data = join(folder.path, 'data');
let store: Store<'owner' | 'app' | 'worker' | 'matcher'>;

beforeAll(async () => {
  store = await openStore(configFor(data), { roles: ['owner', 'app', 'worker', 'matcher'] });
});
afterAll(async () => {
  await store.close();
  folder.remove();
});

interface Agency {
  readonly agencyId: string;
  readonly ctx: Context;
}

const makeAgency = async (name: string): Promise<Agency> => {
  const agency = await store.owner
    .insertInto('agencies')
    .values({ name, country: 'ZZ' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const login = `${name}-officer`;
  const user = await store.owner
    .insertInto('users')
    .values({ agency_id: agency.id, login, display_name: login, roles: ['examiner'] } as never)
    .returning('id')
    .executeTakeFirstOrThrow();
  const actor = { userId: user.id, agencyId: agency.id, login, roles: ['examiner'] };
  return { agencyId: agency.id, ctx: { actor, purpose: null, requestId: randomUUID() } };
};

const makeCase = async ({ agencyId, ctx }: Agency, reference: string): Promise<string> =>
  withContext(store.app, ctx, async (trx) => {
    const row = await trx
      .insertInto('cases')
      .values({ agency_id: agencyId, reference, created_by: ctx.actor.userId } as never)
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  });

const makeMedia = async (agencyId: string): Promise<string> => {
  const digests = { sha256: randomBytes(32), sha1: randomBytes(20), md5: randomBytes(16) };
  const facts = { ...digests, size_bytes: 1, mime: 'image/jpeg', kind: 'image' };
  const content = await store.worker.insertInto('contents').values(facts).returning('id').executeTakeFirstOrThrow();
  expect(typeof content.id).toBe('number');
  const media = await store.worker
    .insertInto('media')
    .values({ agency_id: agencyId, content_id: content.id, ...facts } as never)
    .returning('id')
    .executeTakeFirstOrThrow();
  return media.id;
};

describe('acting for somebody', () => {
  it('shows an agency its own rows, and nobody any', async () => {
    const [one, two] = [await makeAgency('one'), await makeAgency('two')];
    await makeCase(one, 'A-1');
    const cases = (agency: Agency) =>
      withContext(store.app, agency.ctx, (trx) => trx.selectFrom('cases').select('reference').execute(), {
        access: 'read only',
      });
    expect(await cases(one)).toEqual([{ reference: 'A-1' }]);
    expect(await cases(two)).toEqual([]);
    expect(await withNobody(store.app, (trx) => trx.selectFrom('cases').select('reference').execute())).toEqual([]);
  });

  it('keeps a refusal on record although what was refused is rolled back', async () => {
    const agency = await makeAgency('refused');
    const attempt = withContext(store.app, agency.ctx, async () => {
      throw new Error('refused');
    });
    await expect(attempt).rejects.toThrow('refused');
    await auditRefusal(store.app, agency.ctx, { code: 'FORBIDDEN', attempted: 'reveal' });
    await auditRefusal(
      store.app,
      { actor: null, login: 'stranger', purpose: null, requestId: 'r' },
      { code: 'SIGN_IN_FAILED', attempted: 'sign-in' },
    );
    const events = await store.owner
      .selectFrom('audit_events')
      .select(['login', 'type', 'detail'])
      .orderBy('id')
      .execute();
    expect(events).toContainEqual({
      login: 'refused-officer',
      type: 'refusal',
      detail: { code: 'FORBIDDEN', attempted: 'reveal' },
    });
    expect(events.map(({ login }) => login)).toContain('stranger');
  });

  it('gives each role what it needs and no more', async () => {
    const denied = { code: '42501' };
    await expect(store.matcher.selectFrom('case_keys').selectAll().execute()).rejects.toMatchObject(denied);
    await expect(store.matcher.selectFrom('users').selectAll().execute()).rejects.toMatchObject(denied);
    await expect(store.matcher.selectFrom('agencies').select('name').execute()).rejects.toMatchObject(denied);
    await expect(store.matcher.selectFrom('occurrences').select('path').execute()).rejects.toMatchObject(denied);
    await expect(store.worker.selectFrom('users').selectAll().execute()).rejects.toMatchObject(denied);
    const asApp = withNobody(store.app, (trx) => trx.selectFrom('contents').selectAll().execute());
    await expect(asApp).rejects.toMatchObject(denied);
    await expect(sql`select * from pg_authid`.execute(store.owner)).rejects.toMatchObject(denied);
  });
});

describe('data keys', () => {
  it('opens one media through any of its cases with the same key, and not through another', async () => {
    const agency = await makeAgency('keys');
    const [first, second, other] = [
      await makeCase(agency, 'K-1'),
      await makeCase(agency, 'K-2'),
      await makeCase(agency, 'K-3'),
    ];
    const mediaId = await makeMedia(agency.agencyId);
    const keyIn = (caseId: string) =>
      store.worker
        .transaction()
        .execute((trx) => dataKeyFor(trx, store.keys, { agencyId: agency.agencyId, mediaId, caseId }));
    const key = await keyIn(first);
    expect(await keyIn(second)).toEqual(key);
    expect(await keyIn(first)).toEqual(key);
    const seen = await withContext(store.app, agency.ctx, (trx) => dataKeysToRead(trx, store.keys, [mediaId]));
    expect(seen.get(mediaId)).toEqual(key);
    const stranger = await makeAgency('stranger');
    const unseen = await withContext(store.app, stranger.ctx, (trx) => dataKeysToRead(trx, store.keys, [mediaId]));
    expect(unseen.size).toBe(0);

    // A wrapped key that is moved to another case does not open there.
    await sql`update envelopes set wrapped = (select wrapped from envelopes where case_id = ${first})
      where case_id = ${second}`.execute(store.owner);
    await expect(keyIn(second)).rejects.toMatchObject({ code: 'VAULT_CORRUPT' });
    expect(other).not.toBe(first);
  });

  it('makes one key a media when two cases ask for many at once, in whatever order', async () => {
    const agency = await makeAgency('race');
    const cases = [await makeCase(agency, 'R-1'), await makeCase(agency, 'R-2')];
    const mediaIds = await Promise.all(Array.from({ length: 40 }, () => makeMedia(agency.agencyId)));
    const ask = (caseId: string, ids: string[]) =>
      store.worker.transaction().execute((trx) =>
        envelopesFor(
          trx,
          store.keys,
          { agencyId: agency.agencyId, caseId },
          ids.map((mediaId) => ({ mediaId })),
        ),
      );
    const answers = await Promise.all([
      ask(cases[0] ?? '', mediaIds),
      ask(cases[1] ?? '', [...mediaIds].reverse()),
      ask(cases[0] ?? '', [...mediaIds].sort()),
    ]);
    for (const mediaId of mediaIds) {
      const keys = answers.map((answer) => answer.get(mediaId)?.key.toString('hex'));
      expect(new Set(keys).size).toBe(1);
      expect(answers.filter((answer) => answer.get(mediaId)?.isNew).length).toBe(1);
    }
  });

  it('names the same content differently for another agency', async () => {
    const [one, two] = [await makeAgency('names-one'), await makeAgency('names-two')];
    const name = (agencyId: string) =>
      store.worker.transaction().execute(async (trx) => {
        const namer = await ensureObjectNamer(trx, store.keys, agencyId);
        return namer(Buffer.alloc(32, 7), 'veiled');
      });
    expect(await name(one.agencyId)).toBe(await name(one.agencyId));
    expect(await name(one.agencyId)).not.toBe(await name(two.agencyId));
    expect(await name(one.agencyId)).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('the master key', () => {
  const refusalOf = async (env: Record<string, string>) => {
    const other = await openStore(configFor(data, env), { roles: ['worker'] });
    const error = await other.worker
      .transaction()
      .execute((trx) => ensureCaseKey(trx, other.keys, { agencyId: randomUUID(), caseId: randomUUID() }))
      .catch((caught: unknown) => caught);
    const { state } = other.keys;
    await other.close();
    return { state, error: error as Error & { code?: string } };
  };
  const expected = (): string => (store.keys.state.kind === 'ready' ? store.keys.state.keyId : '');

  it('opens the store read-only when it is wrong, and names both keys', async () => {
    const { state, error } = await refusalOf({ REDTHREAD_MASTER_KEY: '11'.repeat(32) });
    expect(state).toMatchObject({ kind: 'wrong', expectedKeyId: expected() });
    expect(error.code).toBe('KEY_WRONG');
    expect(error.message).toContain(expected());
  });

  it('opens the store read-only when it is missing, names it, and never makes another', async () => {
    const path = join(data, 'keys', 'master.key');
    renameSync(path, `${path}.away`);
    const { state, error } = await refusalOf({});
    renameSync(`${path}.away`, path);
    expect(state).toEqual({ kind: 'missing', expectedKeyId: expected(), givenKeyId: null });
    expect(error.code).toBe('KEY_MISSING');
    expect(error.message).toContain(expected());
    const unmounted = await refusalOf({ REDTHREAD_MASTER_KEY_FILE: join(folder.path, 'not-mounted') });
    expect(unmounted.error.code).toBe('KEY_MISSING');
  });

  it('opens the store read-only when its file is damaged, and names the file and what is wrong', async () => {
    const path = join(data, 'keys', 'master.key');
    const whole = readFileSync(path, 'utf8');
    const damages: readonly (readonly [string, RegExp])[] = [
      ['', /master\.key.* 0 characters/],
      [whole.slice(0, 40), /master\.key.*32 bytes.* 40 characters/],
      [whole.replace(/^./, 'z'), /master\.key.* 64 characters/],
    ];
    for (const [text, named] of damages) {
      writeFileSync(path, text);
      const { state, error } = await refusalOf({}).finally(() => writeFileSync(path, whole));
      expect(state).toMatchObject({ kind: 'damaged', expectedKeyId: expected() });
      expect(error.code).toBe('KEY_DAMAGED');
      expect(error.message).toMatch(named);
      expect(error.message).toContain(expected());
      if (text !== '') expect(error.message).not.toContain(text.slice(0, 16));
    }
    const file = join(folder.path, 'given.key');
    writeFileSync(file, 'half a key');
    const given = await refusalOf({ REDTHREAD_MASTER_KEY_FILE: file });
    expect(given.error.message).toMatch(/KEY_DAMAGED.*given\.key/);
  });

  it('does not begin a store with a key that is none', async () => {
    const begun = join(folder.path, 'begun');
    const path = join(begun, 'keys', 'master.key');
    mkdirSync(join(begun, 'keys'), { recursive: true });
    chmodSync(begun, 0o711);
    writeFileSync(path, 'half a key');
    const refused = await openStore(configFor(begun), { roles: ['app'] }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'CONFIG_INVALID', detail: expect.stringContaining(path) as string });
  });
});

describe('versions', () => {
  it('does not open a store of a newer program', async () => {
    await store.owner.executeQuery(
      sql`insert into kysely_migration (name, timestamp) values ('9999-later', '2030')`.compile(store.owner),
    );
    await writeSetting(store.owner, 'schema', '9999-later');
    const newer = await openStore(configFor(data), { roles: ['app'] }).catch((error: unknown) => error);
    expect(newer).toMatchObject({ code: 'DB_NEWER' });
    await sql`delete from kysely_migration where name = '9999-later'`.execute(store.owner);
    await writeSetting(store.owner, 'schema', '0000-earlier');
    await (await openStore(configFor(data), { roles: ['app'] })).close();
  });

  it('prepares in a child for a process that must not see the passwords of the owner and the matcher', async () => {
    const fresh = join(folder.path, 'fresh');
    const holder = await startHolder(fresh, { PATH: process.env['PATH'] }, { prepare: 'child' });
    expect(holder.error).toBeUndefined();
    await holder.close();
  });
});
