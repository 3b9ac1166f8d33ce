// What the app role never reads and never writes, whoever it acts for. Who sees and writes which rows, table by table, stands
// in stranger-tables.test.ts.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withContext, type Trx } from '../../packages/server/src/store/index.js';
import { contextOfPerson, openFixture, type ApiFixture } from './api-fixture.js';
import type { Person } from './api-world.js';

let api: ApiFixture;
let anna: Person;
let gil: Person;

beforeAll(async () => {
  api = await openFixture();
  const { world } = api;
  const [alpha, beta, gamma] = [await world.agency('Alpha'), await world.agency('Beta'), await world.agency('Gamma')];
  [anna, gil] = [await world.person(alpha, 'anna'), await world.person(gamma, 'gil')];
  await world.operation('Tantalus', [alpha, beta]);
  await world.operation('Elsewhere', [gamma]);
});
afterAll(() => api.close());

const as = <T>(person: Person, fn: (trx: Trx) => Promise<T>): Promise<T> =>
  withContext(api.store.app, contextOfPerson(person), fn);

describe('what the app role never reads', () => {
  it('which media of another agency hold the same content', async () => {
    await expect(as(anna, (trx) => sql`select content_id from media`.execute(trx))).rejects.toMatchObject({
      code: '42501',
    });
  });

  it.each([
    'password_hash from users',
    'key_hash from api_keys',
    'wrapped from signing_keys',
    'id from audit_events',
    'xid from audit_events',
  ])('%s', async (secret) => {
    await expect(as(anna, (trx) => sql`select ${sql.raw(secret)}`.execute(trx))).rejects.toMatchObject({
      code: '42501',
    });
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

  it('the end of a list, of what stands on it or of a key', async () => {
    for (const table of ['lists', 'list_hits', 'api_keys'])
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
