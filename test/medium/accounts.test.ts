// Who runs the instance, who manages an agency, and what may never happen to the last of them; keys by scope; operations
// by consent; notices.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiKey } from '@redthread/core/contract';
import { newSetupToken } from '../../packages/server/src/features/accounts/index.js';
import { clientOf, openFixture, PASSWORD, type ApiFixture, type Client } from './api-fixture.js';

const codeOf = (answer: { json(): unknown }): unknown => (answer.json() as { code?: string }).code;

describe('setting up', () => {
  let api: ApiFixture;
  const request = (token: string, login = 'anna') =>
    api.http.inject({
      method: 'POST',
      url: '/api/v1/setup',
      payload: { token, agency: { name: 'Norte', country: 'ES' }, login, password: PASSWORD },
    });
  const isOpen = async () => (await api.http.inject('/api/v1/setup')).json().open;
  const tokenOf = async (): Promise<string> => (await newSetupToken(api.store))?.token ?? '';

  beforeAll(async () => {
    api = await openFixture();
  });
  afterAll(() => api.close());

  it('refuses every token but the newest one, and says so on record', async () => {
    expect(await isOpen()).toBe(true);
    const first = await tokenOf();
    const second = await tokenOf();
    expect([first, second].every((token) => token.startsWith('setup_'))).toBe(true);
    for (const token of ['', 'setup_guess', first]) expect((await request(token)).statusCode).toBeGreaterThan(399);
    expect(codeOf(await request(first))).toBe('SETUP_TOKEN_INVALID');
    const stored = await api.store.owner.selectFrom('setup_tokens').selectAll().execute();
    expect(stored).toHaveLength(1);
    expect(JSON.stringify(stored)).not.toContain(second);
    const refused = await api.store.owner
      .selectFrom('audit_events')
      .select(['login', 'detail'])
      .where('type', '=', 'refusal')
      .execute();
    expect(refused).toContainEqual(
      expect.objectContaining({
        login: 'anna',
        detail: expect.objectContaining({ code: 'SETUP_TOKEN_INVALID' }) as never,
      }),
    );
  });

  it('refuses one that is too old', async () => {
    const token = await tokenOf();
    await sql`update setup_tokens set expires_at = now() - interval '1 second'`.execute(api.store.owner);
    expect(codeOf(await request(token))).toBe('SETUP_TOKEN_INVALID');
  });

  it('founds the agency once, whoever asks at the same time, with an administrator who operates the instance', async () => {
    const token = await tokenOf();
    const answers = await Promise.all(['anna', 'eve', 'mallory'].map((login) => request(token, login)));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 403, 403]);
    const { login } = answers.find(({ statusCode }) => statusCode === 200)?.json<{ login: string }>() ?? { login: '' };
    const client = await api.signIn(login);
    expect((await client.get('/api/v1/me')).json()).toMatchObject({
      roles: ['administrator'],
      operator: true,
      agency: { name: 'Norte' },
    });
    expect(await isOpen()).toBe(false);
    expect(await newSetupToken(api.store)).toBeNull();
    expect(codeOf(await request(token))).toBe('SETUP_TOKEN_INVALID');
    const types = await api.store.owner.selectFrom('audit_events').select('type').where('login', '=', login).execute();
    expect(types.map(({ type }) => type)).toEqual(expect.arrayContaining(['set-up', 'agency-add', 'user-add']));
  });
});

describe('administration', () => {
  let api: ApiFixture;
  let agencyId: string;
  let asAnna: Client;
  let asOfficer: Client;
  let asForeign: Client;

  beforeAll(async () => {
    api = await openFixture();
    agencyId = await api.world.agency('Norte');
    await api.person(agencyId, 'anna', ['administrator']);
    await api.person(agencyId, 'olga', ['officer']);
    await api.person(await api.world.agency('Sul', 'PT'), 'rui', ['administrator', 'coordinator', 'auditor']);
    await sql`update users set is_operator = true where login = 'anna'`.execute(api.store.owner);
    [asAnna, asOfficer, asForeign] = [await api.signIn('anna'), await api.signIn('olga'), await api.signIn('rui')];
  });
  afterAll(() => api.close());

  const roles = (client: Client, login: string, wanted: string[]) =>
    client.send('PUT', `/api/v1/users/${login}/roles`, { roles: wanted });

  it('adds users, changes their roles, ends and renews accounts', async () => {
    const added = await asAnna.send('POST', '/api/v1/users', {
      login: 'ben',
      roles: ['reviewer', 'welfare-officer'],
      password: PASSWORD,
    });
    expect(added.json()).toMatchObject({ login: 'ben', roles: ['reviewer', 'welfare-officer'], disabledAt: null });
    const asBen = await api.signIn('ben');
    expect((await roles(asAnna, 'ben', ['officer'])).json()).toMatchObject({ roles: ['officer'] });
    // At once, in a session that began before.
    expect((await asBen.get('/api/v1/me')).json()).toMatchObject({ roles: ['officer'] });
    expect((await asAnna.send('POST', '/api/v1/users/ben/disable')).json().disabledAt).not.toBeNull();
    expect((await asBen.get('/api/v1/me')).statusCode).toBe(401);
    await expect(api.signIn('ben')).rejects.toThrow('SIGN_IN_FAILED');
    expect((await asAnna.send('POST', '/api/v1/users/ben/enable')).json()).toMatchObject({ disabledAt: null });
    await api.signIn('ben');
    expect(codeOf(await asAnna.send('POST', '/api/v1/users', { login: 'ben', roles: ['officer'] }))).toBe(
      'ALREADY_EXISTS',
    );
    expect((await asAnna.send('PUT', '/api/v1/users/ben/password', { password: 'another long one' })).statusCode).toBe(
      200,
    );
    await expect(api.signIn('ben')).rejects.toThrow('SIGN_IN_FAILED');
  });

  it('is for administrators, and ends at their agency', async () => {
    const tries = (client: Client) => [
      client.get('/api/v1/users'),
      client.send('POST', '/api/v1/users', { login: 'cleo', roles: ['officer'] }),
      roles(client, 'anna', ['reviewer']),
      client.send('POST', '/api/v1/users/anna/disable'),
      client.send('POST', '/api/v1/users/anna/enable'),
      client.send('PUT', '/api/v1/users/anna/password', { password: 'another long one' }),
    ];
    for (const answer of await Promise.all(tries(asOfficer))) expect(codeOf(answer)).toBe('FORBIDDEN');
    const foreign = await Promise.all(tries(asForeign).slice(2));
    expect(foreign.map(codeOf)).toEqual(Array.from({ length: 4 }, () => 'USER_UNKNOWN'));
    // What an administrator of another agency may do, they did at home.
    const named = (answer: { json(): { items: { login: string }[] } }) => answer.json().items.map(({ login }) => login);
    expect(named(await asForeign.get('/api/v1/users'))).toEqual(['cleo', 'rui']);
    expect(named(await asAnna.get('/api/v1/users'))).toEqual(['anna', 'ben', 'olga']);
  });

  it('founds agencies for its operator alone, who administers no other agency by that', async () => {
    const body = { name: 'Este', country: 'PL', administrator: { login: 'ewa', password: PASSWORD } };
    for (const client of [asOfficer, asForeign]) {
      expect(codeOf(await client.send('POST', '/api/v1/agencies', body))).toBe('FORBIDDEN');
      expect(codeOf(await client.get('/api/v1/agencies'))).toBe('FORBIDDEN');
    }
    expect((await asAnna.send('POST', '/api/v1/agencies', body)).json()).toMatchObject({ name: 'Este', users: 1 });
    expect(codeOf(await asAnna.send('POST', '/api/v1/agencies', body))).toBe('ALREADY_EXISTS');
    const { items } = (await asAnna.get('/api/v1/agencies')).json();
    expect(items.map(({ name }: { name: string }) => name)).toEqual(['Este', 'Norte', 'Sul']);
    expect(codeOf(await roles(asAnna, 'ewa', ['officer']))).toBe('USER_UNKNOWN');
    const asEwa = await api.signIn('ewa');
    expect((await asEwa.get('/api/v1/me')).json()).toMatchObject({ roles: ['administrator'], operator: false });
  });

  it('keeps the last administrator, whichever way and however fast they go', async () => {
    expect(codeOf(await roles(asAnna, 'anna', ['officer']))).toBe('LAST_ADMINISTRATOR');
    expect(codeOf(await asAnna.send('POST', '/api/v1/users/anna/disable'))).toBe('LAST_ADMINISTRATOR');
    await expect(sql`delete from users where login = 'anna'`.execute(api.store.owner)).rejects.toMatchObject({
      code: expect.stringMatching(/RT001|23503/) as string,
    });
    await expect(
      sql`update users set agency_id = (select id from agencies where name = 'Sul') where login = 'anna'`.execute(
        api.store.owner,
      ),
    ).rejects.toMatchObject({ code: expect.stringMatching(/RT001|23503/) as string });
    await asAnna.send('POST', '/api/v1/users', { login: 'abel', roles: ['administrator'], password: PASSWORD });
    const asAbel = await api.signIn('abel');
    const both = await Promise.all([roles(asAnna, 'abel', ['officer']), roles(asAbel, 'anna', ['officer'])]);
    const left = await api.store.owner
      .selectFrom('users')
      .select('login')
      .where('agency_id', '=', agencyId)
      .where(sql<boolean>`'administrator' = any(roles)`)
      .execute();
    expect(left).toHaveLength(1);
    expect(both.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
    const loser = both.find(({ statusCode }) => statusCode !== 200);
    // Who came second was refused, or was no administrator any more.
    expect(['LAST_ADMINISTRATOR', 'FORBIDDEN']).toContain(loser === undefined ? '' : codeOf(loser));
  });

  it('says how another agency reaches somebody', async () => {
    const answer = await asOfficer.send('PUT', '/api/v1/me/reachable-at', { reachableAt: '+34 555 0100' });
    expect(answer.json()).toMatchObject({ reachableAt: '+34 555 0100' });
    expect((await asOfficer.get('/api/v1/me')).json()).toMatchObject({ reachableAt: '+34 555 0100' });
  });
});

describe('keys', () => {
  let api: ApiFixture;
  let client: Client;

  beforeAll(async () => {
    api = await openFixture();
    await api.person(await api.world.agency('Norte'), 'anna', ['administrator', 'officer']);
    client = await api.signIn('anna');
  });
  afterAll(() => api.close());

  const SCOPES = ApiKey.shape.scopes.element.options;
  const lacks = /lacks the scope/;

  it.each(SCOPES)('do with the scope %s what it says, on every route, and nothing else', async (scope) => {
    const made = (await client.send('POST', '/api/v1/api-keys', { name: scope, scopes: [scope] })).json();
    const key = clientOf(api.http, { headers: { authorization: `Bearer ${made.secret}` } });
    const unknown = '00000000-0000-4000-8000-000000000000';
    for (const { method, url, access } of api.http.apiRoutes) {
      if (access === 'public' || method === 'HEAD') continue;
      const at = url.replace(/:login/, 'nobody').replace(/:\w+/g, unknown);
      const answer = method === 'GET' ? await key.get(at) : await key.send(method as 'POST', at, {});
      const refused = lacks.test(answer.body);
      expect([method, url, refused]).toEqual([method, url, access !== scope]);
    }
  });

  it('are refused scopes that their user may not use', async () => {
    await api.person(await api.world.agency('Sul'), 'rui', ['auditor']);
    const asRui = await api.signIn('rui');
    for (const scope of ['reveal', 'administer'])
      expect(codeOf(await asRui.send('POST', '/api/v1/api-keys', { name: 'x', scopes: [scope] }))).toBe('FORBIDDEN');
  });

  it('end with their time, with their user, and when they are revoked', async () => {
    const made = (await client.send('POST', '/api/v1/api-keys', { name: 'short', scopes: ['read'], days: 1 })).json();
    const key = clientOf(api.http, { headers: { authorization: `Bearer ${made.secret}` } });
    expect((await key.get('/api/v1/me')).statusCode).toBe(200);
    await sql`update api_keys set expires_at = now() where name = 'short'`.execute(api.store.owner);
    expect((await key.get('/api/v1/me')).statusCode).toBe(401);
  });
});

describe('operations', () => {
  let api: ApiFixture;
  let asAnna: Client;
  let asRui: Client;
  let asOlga: Client;
  let operationId: string;

  beforeAll(async () => {
    api = await openFixture();
    const norte = await api.world.agency('Norte');
    await api.person(norte, 'anna', ['coordinator', 'officer']);
    await api.person(norte, 'olga', ['officer']);
    await api.person(await api.world.agency('Sul', 'PT'), 'rui', ['administrator', 'officer']);
    [asAnna, asRui, asOlga] = [await api.signIn('anna'), await api.signIn('rui'), await api.signIn('olga')];
    operationId = (await asAnna.send('POST', '/api/v1/operations', { reference: 'TAN', name: 'Tantalus' })).json().id;
  });
  afterAll(() => api.close());

  const invite = (client: Client, agency = 'Sul') =>
    client.send('POST', `/api/v1/operations/${operationId}/invitations`, { agency });
  const count = async (client: Client, path: string): Promise<number> =>
    (await client.get(`/api/v1/${path}`)).json().items.length;
  const mine = async (): Promise<string> => (await asRui.get('/api/v1/invitations')).json().items[0]?.id;

  it('are begun by coordinators, under a reference that is their own', async () => {
    expect(codeOf(await asOlga.send('POST', '/api/v1/operations', { reference: 'X' }))).toBe('FORBIDDEN');
    expect(codeOf(await asRui.send('POST', '/api/v1/operations', { reference: 'X' }))).toBe('FORBIDDEN');
    expect(codeOf(await asAnna.send('POST', '/api/v1/operations', { reference: 'TAN' }))).toBe('ALREADY_EXISTS');
    const sul = (await api.store.owner.selectFrom('agencies').select('id').where('name', '=', 'Sul').execute())[0]?.id;
    await api.person(sul ?? '', 'ria', ['coordinator']);
    const asRia = await api.signIn('ria');
    expect((await asRia.send('POST', '/api/v1/operations', { reference: 'TAN' })).statusCode).toBe(200);
  });

  it('enrol nobody who was only invited, and tell the agency that it is', async () => {
    const before = await count(asRui, 'operations');
    expect(codeOf(await invite(asOlga))).toBe('FORBIDDEN');
    expect(codeOf(await invite(asAnna, 'Nowhere'))).toBe('NOT_FOUND');
    expect((await invite(asAnna)).statusCode).toBe(200);
    expect(codeOf(await invite(asAnna))).toBe('ALREADY_EXISTS');
    expect(await count(asRui, 'operations')).toBe(before);
    expect(codeOf(await asRui.get(`/api/v1/operations/${operationId}`))).toBe('NOT_FOUND');
    const [notice] = (await asRui.get('/api/v1/notices')).json().items;
    expect(notice).toMatchObject({
      kind: 'invitation',
      detail: { agency: 'Norte', officer: 'anna', operation: 'Tantalus' },
    });
    expect((await asRui.get('/api/v1/status')).json().notices).toBe(1);
    await asRui.send('POST', `/api/v1/notices/${notice.id}/read`);
    expect((await asRui.get('/api/v1/notices?unread=true')).json()).toMatchObject({ items: [], total: 0 });
    expect((await asRui.get('/api/v1/notices')).json().total).toBe(1);
    // A notice is its reader's: to anybody else it does not exist.
    expect(codeOf(await asAnna.send('POST', `/api/v1/notices/${notice.id}/read`))).toBe('NOT_FOUND');
  });

  it('are declined, invited to again, joined and left', async () => {
    const first = await mine();
    expect(codeOf(await asAnna.send('POST', `/api/v1/invitations/${first}/accept`))).toBe('NOT_FOUND');
    expect((await asRui.send('POST', `/api/v1/invitations/${first}/decline`)).statusCode).toBe(200);
    expect(codeOf(await asRui.send('POST', `/api/v1/invitations/${first}/accept`))).toBe('NOT_FOUND');
    const [answered] = (await asAnna.get('/api/v1/notices')).json().items;
    expect(answered).toMatchObject({ kind: 'invitation-answered', detail: { agency: 'Sul', answer: 'declined' } });

    await invite(asAnna);
    expect((await asRui.send('POST', `/api/v1/invitations/${await mine()}/accept`)).statusCode).toBe(200);
    const names = (await asRui.get(`/api/v1/operations/${operationId}`)).json().agencies;
    expect(names).toMatchObject([{ name: 'Norte' }, { name: 'Sul' }]);

    // By its id: a reference is of the agency that began it, and more than one may have it.
    const shared = { reference: 'PT-1', operationReference: operationId, shareWithOperation: true };
    expect((await asRui.send('POST', '/api/v1/cases', shared)).statusCode).toBe(200);
    const { id } = (await asAnna.get('/api/v1/operations')).json().items[0];
    expect(id).toBe(operationId);
    expect(await count(asAnna, `cases?operation=${operationId}`)).toBe(1);
    expect((await asRui.send('POST', `/api/v1/operations/${operationId}/leave`)).json()).toMatchObject({ cases: 1 });
    expect(await count(asAnna, `cases?operation=${operationId}`)).toBe(0);
    expect(codeOf(await asRui.send('POST', `/api/v1/operations/${operationId}/leave`))).toBe('NOT_FOUND');
    const events = await api.store.owner
      .selectFrom('audit_events')
      .select('type')
      .where('type', 'like', 'operation-%')
      .orderBy('id')
      .execute();
    expect(events.map(({ type }) => type)).toEqual([
      'operation-add',
      'operation-add',
      'operation-invite',
      'operation-decline',
      'operation-invite',
      'operation-join',
      'operation-leave',
    ]);
  });
});
