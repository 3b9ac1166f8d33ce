// Who is put on a case, and who opens one in an emergency: as the API and the command line let them, with what each person is
// told and what stands on record.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFixture, type ApiFixture, type Client } from './api-fixture.js';

let api: ApiFixture;
const as: Record<string, Client> = {};
let alpha = '';

beforeAll(async () => {
  api = await openFixture();
  alpha = await api.world.agency('Alpha');
  const beta = await api.world.agency('Beta', 'PT');
  await api.person(alpha, 'anna', ['officer', 'auditor']);
  await api.person(beta, 'ben');
  await api.person(alpha, 'olga');
  await api.person(alpha, 'rita', ['reviewer']);
  await api.person(beta, 'bea');
  await api.world.operation('Tantalus', [alpha, beta]);
  for (const login of ['anna', 'olga', 'rita', 'ben', 'bea']) as[login] = await api.signIn(login);
});
afterAll(() => api.close());

const client = (login: string): Client => as[login] as Client;
const codeOf = (answer: { json: () => { code?: string } }) => answer.json().code;
const sees = async (login: string, caseId: string): Promise<boolean> =>
  (await client(login).get(`/api/v1/cases/${caseId}`)).statusCode === 200;
const whoSees = async (caseId: string): Promise<string[]> => {
  const seen: string[] = [];
  for (const login of Object.keys(as)) if (await sees(login, caseId)) seen.push(login);
  return seen;
};
const notices = async (login: string, kind: string) =>
  (await client(login).get('/api/v1/notices?unread=true'))
    .json()
    .items.filter((notice: { kind: string }) => notice.kind === kind);
const open = async (reference: string, more: object = {}): Promise<string> => {
  const answer = await client('anna').send('POST', '/api/v1/cases', { reference, ...more });
  expect(answer.statusCode).toBe(200);
  return answer.json().id;
};
const grant = (caseId: string, body: object) => client('anna').send('POST', `/api/v1/cases/${caseId}/access`, body);

describe('a case', () => {
  it('is seen by its whole agency, unless it is for named people', async () => {
    const all = await open('A-1');
    const named = await open('A-2', { access: 'named' });
    expect(await whoSees(all)).toEqual(['anna', 'olga', 'rita']);
    expect(await whoSees(named)).toEqual(['anna']);
    expect((await client('anna').get(`/api/v1/cases/${named}`)).json().own).toMatchObject({
      access: 'named',
      contact: { login: 'anna' },
    });
    expect((await client('anna').send('PUT', `/api/v1/cases/${all}`, { access: 'named' })).statusCode).toBe(200);
    expect(await whoSees(all)).toEqual(['anna']);
  });

  it('is given to a colleague, who is told, and taken from them', async () => {
    const id = await open('A-3', { access: 'named' });
    const given = await grant(id, { login: 'olga' });
    expect(given.json()).toMatchObject({ login: 'olga', expiresAt: null, endedAt: null });
    expect(await whoSees(id)).toEqual(['anna', 'olga']);
    expect(await notices('olga', 'access-given')).toMatchObject([{ detail: { reference: 'A-3', officer: 'anna' } }]);
    expect(codeOf(await grant(id, { login: 'olga' }))).toBe('ALREADY_EXISTS');
    expect(codeOf(await grant(id, { login: 'nobody' }))).toBe('USER_UNKNOWN');
    expect(codeOf(await grant(id, {}))).toBe('REQUEST_INVALID');
    expect(codeOf(await grant(id, { login: 'rita', until: '2020-01-01T00:00:00Z' }))).toBe('REQUEST_INVALID');
    await client('olga').send('DELETE', `/api/v1/cases/${id}/access/${given.json().id}`);
    expect(await whoSees(id)).toEqual(['anna']);
  });

  it('for named people keeps one of its agency', async () => {
    const id = await open('A-4', { access: 'named' });
    const [line] = (await client('anna').get(`/api/v1/cases/${id}/access`)).json().items;
    const take = () => client('anna').send('DELETE', `/api/v1/cases/${id}/access/${line.id}`);
    expect(codeOf(await take())).toBe('LAST_ON_CASE');
    await grant(id, { login: 'olga' });
    expect((await take()).statusCode).toBe(200);
    expect(await whoSees(id)).toEqual(['olga']);
  });

  it('is given to another agency for ninety days, or to one person of it, whether or not there is such a person', async () => {
    const id = await open('A-5');
    const given = (await grant(id, { agency: 'Beta' })).json();
    expect(Date.parse(given.expiresAt) - Date.now()).toBeGreaterThan(89 * 86_400_000);
    expect(await whoSees(id)).toEqual(['anna', 'olga', 'rita', 'ben', 'bea']);
    expect((await client('ben').get(`/api/v1/cases/${id}`)).json().own).toBeNull();
    expect(codeOf(await client('ben').send('PUT', `/api/v1/cases/${id}`, { title: 'x' }))).toBe('NOT_FOUND');
    await client('anna').send('DELETE', `/api/v1/cases/${id}/access/${given.id}`);
    const [real, none] = [
      await grant(id, { agency: 'Beta', login: 'bea' }),
      await grant(id, { agency: 'Beta', login: 'bob' }),
    ];
    const told = ({ id: _id, createdAt: _at, expiresAt: _end, login: _login, ...rest }: Record<string, unknown>) =>
      rest;
    expect(told(real.json())).toEqual(told(none.json()));
    expect(await whoSees(id)).toEqual(['anna', 'olga', 'rita', 'bea']);
    await sql`update case_access set expires_at = now() - interval '1 second' where id = ${real.json().id}::uuid`.execute(
      api.store.owner,
    );
    expect(await whoSees(id)).toEqual(['anna', 'olga', 'rita']);
  });

  it('goes as far as its handling lets it', async () => {
    const id = await open('A-6', { operationReference: 'Tantalus', shareWithOperation: true });
    const mark = (handling: string) => client('anna').send('PUT', `/api/v1/cases/${id}`, { handling });
    expect(await sees('ben', id)).toBe(true);
    await mark('TLP:AMBER+STRICT');
    expect(await sees('ben', id)).toBe(false);
    await grant(id, { agency: 'Beta' });
    expect(await sees('ben', id)).toBe(true);
    await mark('TLP:RED');
    expect(await whoSees(id)).toEqual(['anna']);
    expect(codeOf(await mark('NO SUCH CODE'))).toBe('HANDLING_UNKNOWN');
    expect((await client('anna').get('/api/v1/cases')).json().items.some((one: { id: string }) => one.id === id)).toBe(
      true,
    );
  });
});

describe('break-glass', () => {
  const smash = (login: string, body: object) =>
    client(login).send('POST', '/api/v1/break-glass', { reason: 'the child is at this address', ...body });

  it('opens a case of the own agency, tells who is on it, stands on record, and ends', async () => {
    const id = await open('B-1', { access: 'named' });
    expect(codeOf(await smash('rita', { case: 'B-1' }))).toBe('FORBIDDEN');
    expect(codeOf(await smash('olga', { case: 'B-0' }))).toBe('NOT_FOUND');
    expect(codeOf(await smash('anna', { case: 'B-1' }))).toBe('ALREADY_EXISTS');
    expect(codeOf(await smash('olga', { case: 'B-1', reason: ' ' }))).toBe('REQUEST_INVALID');
    expect(codeOf(await smash('olga', { case: 'B-1', hours: 25 }))).toBe('REQUEST_INVALID');
    const broken = (await smash('olga', { case: 'B-1', hours: 2 })).json();
    expect(broken).toMatchObject({ case: { id, reference: 'B-1' }, by: { login: 'olga' }, mine: true, endedAt: null });
    expect(Date.parse(broken.expiresAt) - Date.parse(broken.createdAt)).toBe(2 * 3_600_000);
    expect(await whoSees(id)).toEqual(['anna', 'olga']);
    expect((await client('olga').get(`/api/v1/cases/${id}`)).json().breakGlassUntil).toBe(broken.expiresAt);
    expect(codeOf(await smash('olga', { case: 'B-1' }))).toBe('ALREADY_EXISTS');
    expect(await notices('anna', 'break-glass')).toMatchObject([
      { detail: { reference: 'B-1', officer: 'olga', reason: 'the child is at this address' } },
    ]);
    const record = (await client('anna').get('/api/v1/audit?type=break-glass')).json().items;
    expect(record).toMatchObject([{ login: 'olga', detail: { reference: 'B-1' } }]);

    await sql`update break_glass set created_at = created_at - interval '3 hours', expires_at = now() - interval '1 second'
      where id = ${broken.id}::uuid`.execute(api.store.owner);
    expect(await whoSees(id)).toEqual(['anna']);
    const [mine] = (await client('olga').get('/api/v1/break-glass')).json().items;
    expect(mine).toMatchObject({ id: broken.id, case: { reference: 'B-1' } });
    expect(mine.endedAt).not.toBeNull();
    expect(codeOf(await client('olga').send('POST', `/api/v1/break-glass/${broken.id}/end`))).toBe('NOT_FOUND');
  });

  it('is ended early by whoever broke it, and by those on the case, of which they are told', async () => {
    const id = await open('B-2', { access: 'named' });
    const first = (await smash('olga', { case: 'B-2' })).json();
    expect((await client('olga').send('POST', `/api/v1/break-glass/${first.id}/end`)).statusCode).toBe(200);
    expect(await whoSees(id)).toEqual(['anna']);
    const second = (await smash('olga', { case: 'B-2' })).json();
    expect(codeOf(await client('ben').send('POST', `/api/v1/break-glass/${second.id}/end`))).toBe('NOT_FOUND');
    expect((await client('anna').send('POST', `/api/v1/break-glass/${second.id}/end`)).statusCode).toBe(200);
    expect(await whoSees(id)).toEqual(['anna']);
    expect(await notices('olga', 'break-glass-ended')).toMatchObject([{ detail: { reference: 'B-2' } }]);
  });

  it('opens a case of another agency only where that agency allows it and has given the case to this one', async () => {
    const id = await open('B-3', { handling: 'TLP:RED' });
    const tries = () => smash('ben', { case: 'B-3', agency: 'Alpha' });
    expect(codeOf(await tries())).toBe('NOT_FOUND');
    await client('anna').send('PUT', `/api/v1/cases/${id}`, { partnerBreakGlass: true });
    // Allowed, and not given to anybody of Beta yet.
    expect(codeOf(await tries())).toBe('NOT_FOUND');
    await grant(id, { agency: 'Beta', login: 'bea' });
    expect(await whoSees(id)).toEqual(['anna', 'bea']);
    const broken = (await tries()).json();
    expect(broken).toMatchObject({
      case: { reference: 'B-3', agency: { name: 'Alpha' } },
      by: { agency: { name: 'Beta' } },
    });
    expect(await sees('ben', id)).toBe(true);
    expect((await notices('anna', 'break-glass')).at(0)).toMatchObject({
      detail: { reference: 'B-3', agency: 'Beta', officer: 'ben' },
    });
    const [seen] = (await client('anna').get('/api/v1/break-glass')).json().items;
    expect(seen).toMatchObject({ by: { login: 'ben', agency: { name: 'Beta' } }, mine: false });
    expect(
      await client('olga')
        .get('/api/v1/break-glass')
        .then((answer) => answer.body),
    ).not.toContain('B-3');
    await client('anna').send('POST', `/api/v1/break-glass/${broken.id}/end`);
    expect(await sees('ben', id)).toBe(false);
    expect((await client('ben').get('/api/v1/break-glass')).json().items).toMatchObject([
      { case: { reference: 'B-3' } },
    ]);
  });

  it('is told to coordinators and administrators where nobody on the case has an account any more', async () => {
    await api.person(alpha, 'cora', ['coordinator', 'administrator']);
    as['cora'] = await api.signIn('cora');
    const gone = await api.person(alpha, 'gone');
    await sql`insert into cases (agency_id, reference, created_by) values (${alpha}, 'B-4', ${gone.id})`.execute(
      api.store.owner,
    );
    await sql`update users set disabled_at = now() where id = ${gone.id}::uuid`.execute(api.store.owner);
    await smash('olga', { case: 'B-4' });
    expect(await notices('cora', 'break-glass')).toMatchObject([{ detail: { reference: 'B-4' } }]);
    expect(await notices('anna', 'break-glass')).not.toContainEqual(
      expect.objectContaining({ detail: expect.objectContaining({ reference: 'B-4' }) }),
    );
  });
});
