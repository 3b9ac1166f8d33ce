// What the app role may see and write, table by table: its own agency, what is shared with an operation it is in, and
// nothing else; and without a context, nothing at all.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audit, withContext, withNobody, type Database, type Trx } from '../../packages/server/src/store/index.js';
import { contextOfPerson, openFixture, type ApiFixture } from './api-fixture.js';
import type { Person } from './api-world.js';

let api: ApiFixture;
let anna: Person;
let ben: Person;
let gil: Person;

/** Rows of Alpha that a partner in the operation sees, and those that only Alpha does. */
interface Visibility {
  readonly table: keyof Database;
  /** Condition on the rows of Alpha. */
  readonly of: string;
  readonly shared: number;
  readonly all: number;
}

const OWN = `agency_id = (select id from agencies where name = 'Alpha')`;
const TABLES: readonly Visibility[] = [
  { table: 'users', of: OWN, shared: 0, all: 1 },
  { table: 'sessions', of: OWN, shared: 0, all: 1 },
  { table: 'api_keys', of: OWN, shared: 0, all: 1 },
  { table: 'cases', of: OWN, shared: 1, all: 2 },
  { table: 'exhibits', of: OWN, shared: 1, all: 2 },
  { table: 'occurrences', of: OWN, shared: 3, all: 5 },
  { table: 'media', of: OWN, shared: 2, all: 3 },
  { table: 'media_metadata', of: OWN, shared: 1, all: 2 },
  { table: 'envelopes', of: OWN, shared: 1, all: 2 },
  { table: 'case_keys', of: OWN, shared: 1, all: 2 },
  { table: 'agency_keys', of: OWN, shared: 0, all: 1 },
  { table: 'vault_objects', of: OWN, shared: 1, all: 2 },
  { table: 'work', of: OWN, shared: 1, all: 2 },
  { table: 'matches', of: 'true', shared: 1, all: 2 },
  { table: 'lists', of: OWN, shared: 1, all: 2 },
  { table: 'list_entries', of: OWN, shared: 1, all: 2 },
  { table: 'self_tests', of: OWN, shared: 0, all: 1 },
  { table: 'audit_events', of: OWN, shared: 0, all: 1 },
];
const HIDDEN_FROM_APP = ['setup_tokens', 'contents', 'signals', 'index_changes', 'index_snapshots'] as const;

beforeAll(async () => {
  api = await openFixture();
  const { world } = api;
  const { owner } = api.store;
  const [alpha, beta, gamma] = [await world.agency('Alpha'), await world.agency('Beta'), await world.agency('Gamma')];
  [anna, ben, gil] = [
    await world.person(alpha, 'anna'),
    await world.person(beta, 'ben'),
    await world.person(gamma, 'gil'),
  ];
  const operation = await world.operation('Tantalus', [alpha, beta]);
  await world.operation('Elsewhere', [gamma]);
  const [shared, hidden] = [await world.case(anna, 'A-1', operation, true), await world.case(anna, 'A-2', operation)];
  const open = await world.exhibit(anna, shared, '1', [{ content: 'lamp' }, { content: 'lamp' }, { content: 'both' }]);
  const closed = await world.exhibit(anna, hidden, '1', [{ content: 'secret' }, { content: 'both' }]);
  const benCase = await world.case(ben, 'B-1', operation, true);
  await world.exhibit(ben, benCase, '7', [{ content: 'lamp beta' }]);
  const [lamp, secret] = [await world.media(alpha, 'lamp'), await world.media(alpha, 'secret')];
  const other = { id: await world.media(beta, 'lamp beta'), agencyId: beta };
  await world.match({ id: lamp, agencyId: alpha }, other);
  await world.match({ id: secret, agencyId: alpha }, other);
  await world.list(anna, 'shared list', ['x'], operation);
  await world.list(anna, 'own list', ['y']);

  const bytes = Buffer.alloc(32, 7);
  const soon = new Date(Date.now() + 3_600_000);
  await owner
    .insertInto('sessions')
    .values({ token_hash: bytes, agency_id: alpha, user_id: anna.id, purpose: null, expires_at: soon })
    .execute();
  await owner
    .insertInto('api_keys')
    .values({ agency_id: alpha, user_id: anna.id, name: 'k', key_hash: bytes, scopes: ['read'], expires_at: soon })
    .execute();
  await owner
    .insertInto('self_tests')
    .values({ agency_id: alpha, user_id: anna.id, login: 'anna', result: '{}' })
    .execute();
  await owner.insertInto('agency_keys').values({ agency_id: alpha, master_key_id: 'k', wrapped: bytes }).execute();
  for (const [caseId, exhibitId, mediaId] of [
    [shared, open, lamp],
    [hidden, closed, secret],
  ] as const) {
    const row = { agency_id: alpha, media_id: mediaId };
    await owner
      .insertInto('case_keys')
      .values({ case_id: caseId, agency_id: alpha, master_key_id: 'k', wrapped: bytes })
      .execute();
    await owner
      .insertInto('envelopes')
      .values({ ...row, case_id: caseId, wrapped: bytes })
      .execute();
    await owner
      .insertInto('vault_objects')
      .values({ ...row, kind: 'veiled', name: mediaId, size_bytes: 1 })
      .execute();
    await owner
      .insertInto('media_metadata')
      .values({ ...row, method: 'exif', version: 1, value: '{}' })
      .execute();
    await owner
      .insertInto('work')
      .values({
        ...row,
        exhibit_id: exhibitId,
        stage: 'decode',
        version: 1,
        leased_by: null,
        error_code: null,
        error_detail: null,
      })
      .execute();
  }
  await withContext(api.store.app, contextOfPerson(anna), (trx) =>
    audit(trx, contextOfPerson(anna), { type: 'sign-out', object: null, detail: {} }),
  );
});
afterAll(() => api.close());

const count = async (trx: Trx, table: keyof Database, of: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)} where ${sql.raw(of)}`.execute(
    trx,
  );
  return rows[0]?.n ?? -1;
};
const as = <T>(person: Person, fn: (trx: Trx) => Promise<T>): Promise<T> =>
  withContext(api.store.app, contextOfPerson(person), fn);

describe.each(TABLES)('$table', ({ table, of, shared, all }) => {
  // The names of partners are visible, those of strangers are not: the condition itself must not hide the rows.
  const alphaIds = async () => of.replace(/\(select .*\)/, `'${anna.agencyId}'`);

  it('is seen by its agency, by a partner as far as it is shared, by a stranger not at all', async () => {
    const condition = await alphaIds();
    expect(await as(anna, (trx) => count(trx, table, condition))).toBe(all);
    expect(await as(ben, (trx) => count(trx, table, condition))).toBe(shared);
    expect(await as(gil, (trx) => count(trx, table, condition))).toBe(0);
  });

  it('is empty without a context', async () => {
    const condition = await alphaIds();
    expect(await withNobody(api.store.app, (trx) => count(trx, table, condition))).toBe(0);
  });

  it('is changed by nobody else', async () => {
    for (const person of [ben, gil]) {
      const change = sql`update ${sql.table(table)} set ${sql.ref(table === 'matches' ? 'agency_a' : 'agency_id')} = ${person.agencyId}::uuid`;
      const changed = await as(person, async (trx) => {
        await sql`select 1`.execute(trx);
        const result = await sql`${change} where ${sql.raw(await alphaIds())}`.execute(trx);
        return Number(result.numAffectedRows ?? 0);
      }).catch((error: { code?: string }) => (error.code === '42501' ? 'denied' : Promise.reject(error as Error)));
      expect([0, 'denied']).toContain(changed);
    }
  });
});

describe('what the app role never reads', () => {
  it.each(HIDDEN_FROM_APP)('%s', async (table) => {
    await expect(as(anna, (trx) => count(trx, table, 'true'))).rejects.toMatchObject({ code: '42501' });
  });

  it('which media of another agency hold the same content', async () => {
    await expect(as(anna, (trx) => sql`select content_id from media`.execute(trx))).rejects.toMatchObject({
      code: '42501',
    });
  });

  it.each(['password_hash from users', 'key_hash from api_keys'])('%s', async (secret) => {
    await expect(as(anna, (trx) => sql`select ${sql.raw(secret)}`.execute(trx))).rejects.toMatchObject({
      code: '42501',
    });
  });

  it('a table that this test does not know', async () => {
    const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(api.store.owner);
    const known = [...TABLES.map(({ table }) => table as string), ...HIDDEN_FROM_APP];
    const shared = ['agencies', 'operations', 'operation_members', 'operation_invitations', 'notices', 'notice_reads'];
    const facts = ['store_settings', 'processes', 'key_handovers', 'kysely_migration', 'kysely_migration_lock'];
    expect(rows.map(({ name }) => name).filter((name) => ![...known, ...shared, ...facts].includes(name))).toEqual([]);
  });
});

describe('what the app role never writes', () => {
  const denied = { code: '42501' };

  it('the roles of a user, or a new user', async () => {
    const promote = (trx: Trx) => sql`update users set roles = '{administrator}' where id = ${anna.id}`.execute(trx);
    const add = (trx: Trx) =>
      sql`insert into users (agency_id, login, display_name) values (${anna.agencyId}, 'x', 'x')`.execute(trx);
    for (const statement of [promote, add]) await expect(as(anna, statement)).rejects.toMatchObject(denied);
  });

  it('the end of a list, of its entries or of a key', async () => {
    for (const table of ['lists', 'list_entries', 'api_keys'])
      await expect(as(anna, (trx) => sql`delete from ${sql.table(table)}`.execute(trx))).rejects.toMatchObject(denied);
  });

  it('a process that is no server', async () => {
    const change = (statement: string) => as(anna, (trx) => sql.raw(statement).execute(trx));
    const living = `insert into processes (id, kind, pid, host) values (gen_random_uuid(), 'worker', 1, 'elsewhere')`;
    await sql.raw(living).execute(api.store.worker);
    await expect(change(living)).rejects.toMatchObject(denied);
    await expect(change(`update processes set kind = 'server'`)).rejects.toMatchObject(denied);
    for (const statement of [`delete from processes`, `update processes set last_seen_at = '2000-01-01'`])
      expect((await change(statement)).numAffectedRows).toBe(0n);
    const other = await sql<{ n: number }>`select count(*) as n from processes`.execute(api.store.worker);
    expect(other.rows[0]?.n).toBe(1);
  });

  it('a session or a key of somebody else', async () => {
    const colleague = await api.world.person(anna.agencyId, 'anna the other');
    const session = (trx: Trx) =>
      sql`insert into sessions (token_hash, agency_id, user_id, expires_at)
        values (${Buffer.alloc(32, 8)}, ${anna.agencyId}, ${anna.id}, now() + interval '1 hour')`.execute(trx);
    const key = (trx: Trx) =>
      sql`insert into api_keys (agency_id, user_id, name, key_hash, scopes, expires_at)
        values (${anna.agencyId}, ${anna.id}, 'x', ${Buffer.alloc(32, 8)}, '{read}', now() + interval '1 hour')`.execute(
        trx,
      );
    for (const statement of [session, key]) await expect(as(colleague, statement)).rejects.toMatchObject(denied);
  });

  it('a case or a list into an operation that its agency is not in', async () => {
    const { id: operation } = await api.store.owner
      .selectFrom('operations')
      .select('id')
      .where('name', '=', 'Tantalus')
      .executeTakeFirstOrThrow();
    const intoCase = (trx: Trx) =>
      sql`insert into cases (agency_id, reference, operation_id, created_by)
        values (${gil.agencyId}, 'G-9', ${operation}, ${gil.id})`.execute(trx);
    const intoList = (trx: Trx) =>
      sql`insert into lists (agency_id, operation_id, name, polarity, version, source_name, source_sha256, created_by)
        values (${gil.agencyId}, ${operation}, 'l', 'known-good', '1', 'l', '', ${gil.id})`.execute(trx);
    for (const statement of [intoCase, intoList]) await expect(as(gil, statement)).rejects.toMatchObject(denied);
  });

  it('a temporary table that stands in for one of ours', async () => {
    const seen = await as(gil, async (trx) => {
      await sql`create temporary table operation_members (operation_id uuid, agency_id uuid) on commit drop`.execute(
        trx,
      );
      await sql`grant select on operation_members to public`.execute(trx);
      await sql`insert into operation_members values (${anna.id}, ${gil.agencyId})`.execute(trx);
      return sql<{ id: string }>`select my_operations() as id`.execute(trx);
    });
    expect(seen.rows.map(({ id }) => id)).not.toContain(anna.id);
  });
});

describe('agencies and operations', () => {
  const names = (person: Person, table: 'agencies' | 'operations') =>
    as(person, async (trx) =>
      (await trx.selectFrom(table).select('name').orderBy('name').execute()).map(({ name }) => name),
    );

  it('show partners to each other, and nobody to a stranger', async () => {
    expect(await names(anna, 'agencies')).toEqual(['Alpha', 'Beta']);
    expect(await names(gil, 'agencies')).toEqual(['Gamma']);
    expect(await names(gil, 'operations')).toEqual(['Elsewhere']);
  });

  it('are made by nobody of the app role', async () => {
    const insert = (trx: Trx) =>
      trx.insertInto('operation_members').values({ operation_id: anna.id, agency_id: gil.agencyId }).execute();
    await expect(as(gil, insert)).rejects.toMatchObject({ code: '42501' });
  });
});

describe('the record', () => {
  it('is added to, and never changed or emptied', async () => {
    const change = (trx: Trx) => sql`update audit_events set login = 'nobody'`.execute(trx);
    const empty = (trx: Trx) => sql`delete from audit_events`.execute(trx);
    for (const statement of [change, empty]) await expect(as(anna, statement)).rejects.toMatchObject({ code: '42501' });
  });

  it.each([
    ['another agency', () => anna],
    ['a colleague', () => ({ agencyId: gil.agencyId, id: anna.id })],
  ] as const)('is never written in the name of %s', async (_who, whose) => {
    const forged = (trx: Trx) =>
      trx
        .insertInto('audit_events')
        .values({
          agency_id: whose().agencyId,
          user_id: whose().id,
          login: 'anna',
          type: 'view',
          object_kind: null,
          object_id: null,
          purpose: null,
          request_id: 'x',
          detail: '{}',
        })
        .execute();
    await expect(as(gil, forged)).rejects.toMatchObject({ code: '42501' });
  });

  it('is dated by the database', async () => {
    const backdated = (trx: Trx) =>
      sql`insert into audit_events (agency_id, user_id, type, request_id, at)
        values (${anna.agencyId}, ${anna.id}, 'view', 'x', now() - interval '1 day')`.execute(trx);
    await expect(as(anna, backdated)).rejects.toMatchObject({ code: '42501' });
  });
});
