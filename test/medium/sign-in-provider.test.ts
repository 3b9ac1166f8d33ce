// Signing in at a provider of the agency's own, against a real one: whom it lets in and as what, what of its answers is refused, and that nobody
// who has a password here is kept out when it fails.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildHttp } from '../../packages/server/src/app/http/index.js';
import { clientOf, codeOf, openFixture, PASSWORD, type ApiFixture, type Client } from './api-fixture.js';
import { browserAt, REDIRECT } from './provider-sign-in.js';
import {
  CLIENT_SECRET,
  cookiesOf,
  foreignKey,
  known,
  lastRefusalIn,
  settingsOf,
  startProvider,
  type ProviderWorld,
  type Token,
} from './provider-world.js';

let api: ApiFixture;
let world: ProviderWorld;
let agency: string;
let anna: Client;
let provider: string;

const settings = (more: object = {}) => settingsOf(world, more);
const set = async (more: object = {}): Promise<void> => {
  const answer = await anna.send('PUT', '/api/v1/sign-in-provider', settings(more));
  expect(answer.statusCode, answer.body).toBe(200);
  provider = answer.json<{ provider: { id: string } }>().provider.id;
};

beforeAll(async () => {
  api = await openFixture();
  world = await startProvider(REDIRECT);
  agency = await api.world.agency('Unit');
  await api.person(agency, 'anna', ['administrator']);
  anna = await api.signIn('anna');
  await set();
});
afterAll(async () => {
  await world.stop();
  await api.close();
});
beforeEach(() => {
  world.lie = null;
  world.proves = {};
});

const { post, begin, comeBack, signIn, signedIn } = browserAt(() => ({ api, world, provider }));
const person = (subject: string, more: Token = {}): string => known(world, subject, more);
const lastRefusal = () => lastRefusalIn(api.store);

describe('somebody whom the provider vouches for', () => {
  it('is offered on the page, sent away with a proof key, and gets an account with the roles of the groups', async () => {
    expect((await api.http.inject('/api/v1/session/providers')).json()).toEqual({
      items: [{ id: provider, name: 'Ministry' }],
    });
    const { address } = await begin();
    const asked = new URL(address).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      code_challenge_method: 'S256',
      response_type: 'code',
      scope: 'openid profile',
      redirect_uri: REDIRECT,
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)?.length).toBeGreaterThan(40);
    expect(address).not.toContain(encodeURIComponent(CLIENT_SECRET));

    const olga = await signedIn(person('olga', { groups: ['others', 'vid-officers'] }));
    expect(olga.me).toMatchObject({
      login: 'olga',
      displayName: 'olga of the ministry',
      roles: ['officer', 'reviewer'],
      operator: false,
    });
    const sessions = (await olga.get('/api/v1/me/sessions')).json<{ items: { provider: string | null }[] }>();
    expect(sessions.items).toMatchObject([{ current: true, provider: 'Ministry' }]);
    const events = await api.store.owner
      .selectFrom('audit_events')
      .select(['type', 'detail'])
      .where('login', '=', 'olga')
      .orderBy('id')
      .execute();
    expect(events).toMatchObject([
      { type: 'user-add', detail: { login: 'olga', roles: ['officer', 'reviewer'] } },
      { type: 'sign-in', detail: { method: 'provider', address: '127.0.0.1' } },
    ]);
    // No password opens it, also none at all.
    expect((await post('/session', { login: 'olga', password: 'olga' })).statusCode).toBe(401);
  });

  it('is the same person next time, with the roles that the groups have then', async () => {
    person('pia');
    const first = await signedIn('pia');
    person('pia', { preferred_username: 'renamed', groups: 'vid-admins' });
    const second = await signedIn('pia');
    expect(second.me).toMatchObject({ login: 'pia', roles: ['administrator'] });
    expect((await first.get('/api/v1/me')).json()).toMatchObject({ roles: ['administrator'] });
    person('pia');
    expect((await signedIn('pia')).me.roles).toEqual(['officer', 'reviewer']);
    const people = await api.store.owner
      .selectFrom('provider_people')
      .select('subject')
      .where('subject', '=', 'pia')
      .execute();
    expect(people).toHaveLength(1);
  });

  it('is nobody by a name or an address of mail: the account of that name stays whose it is', async () => {
    const taken = await signedIn(person('stranger', { preferred_username: 'anna', email: 'anna@unit.example.org' }));
    expect(taken.me.login).toMatch(/^anna-[0-9a-f]{6}$/);
    expect(taken.me.roles).toEqual(['officer', 'reviewer']);
  });

  it('gets nothing by other claims, and is refused without a group, which also ends what was open', async () => {
    const quim = await signedIn(person('quim', { roles: ['administrator'], operator: true }));
    expect(quim.me).toMatchObject({ roles: ['officer', 'reviewer'], operator: false });
    for (const groups of [[], undefined, ['VID-OFFICERS'], ['toString']]) {
      person('quim', { groups });
      const answer = await signIn('quim');
      expect([answer.statusCode, codeOf(answer)]).toEqual([403, 'PROVIDER_NO_GROUP']);
      expect(cookiesOf(answer)).toEqual({});
    }
    expect((await quim.get('/api/v1/me')).statusCode).toBe(401);
    expect(await lastRefusal()).toEqual({
      agency_id: agency,
      login: 'quim',
      code: 'PROVIDER_NO_GROUP',
      attempted: 'sign-in by provider from 127.0.0.1',
    });
    const ended = person('rosa');
    await signedIn(ended);
    expect((await anna.send('POST', '/api/v1/users/rosa/disable')).statusCode).toBe(200);
    expect(codeOf(await signIn(ended))).toBe('PROVIDER_NO_ACCOUNT');
  });

  it('comes in as whom an administrator has bound, and as nobody else where accounts are made here', async () => {
    await api.person(agency, 'berta', ['officer']);
    await set({ addsPeople: false });
    try {
      person('subject-of-berta', { preferred_username: 'anna' });
      expect(codeOf(await signIn('subject-of-berta'))).toBe('PROVIDER_NO_ACCOUNT');
      const bind = (login: string) =>
        anna.send('PUT', `/api/v1/users/${login}/provider-subject`, { subject: 'subject-of-berta' });
      expect((await bind('berta')).statusCode).toBe(204);
      expect(codeOf(await bind('anna'))).toBe('ALREADY_EXISTS');
      expect((await signedIn('subject-of-berta')).me.login).toBe('berta');
    } finally {
      await set();
    }
  });

  it('leaves the last administrator one', async () => {
    const other = await api.world.agency('Small');
    await api.person(other, 'lena', ['administrator']);
    const lena = await api.signIn('lena');
    const made = await lena.send('PUT', '/api/v1/sign-in-provider', settings());
    const ours = provider;
    try {
      provider = made.json<{ provider: { id: string } }>().provider.id;
      await lena.send('PUT', '/api/v1/users/lena/provider-subject', { subject: person('lena-there') });
      expect(codeOf(await signIn('lena-there'))).toBe('LAST_ADMINISTRATOR');
      expect((await lena.get('/api/v1/me')).json()).toMatchObject({ roles: ['administrator'] });
      // The same subject is somebody of each agency, and of neither by the other.
      expect((await lena.get('/api/v1/sign-in-provider')).json()).toMatchObject({ provider: { people: 1 } });
    } finally {
      provider = ours;
    }
  });
});

const minutes = (claims: Token, by: number): Token => ({ ...claims, iat: Number(claims['iat']) + by * 60 });

describe('an answer that does not hold', () => {
  it.each<[string, (claims: Token) => ReturnType<NonNullable<ProviderWorld['lie']>>, string]>([
    ['signed by another key', (claims) => ({ claims, key: foreignKey }), 'PROVIDER_REFUSED'],
    ['signed by nobody', (claims) => ({ claims, key: 'none' }), 'PROVIDER_REFUSED'],
    ['without a token', () => ({ claims: null }), 'PROVIDER_REFUSED'],
    ['for another client', (claims) => ({ claims: { ...claims, aud: 'somebody' } }), 'PROVIDER_REFUSED'],
    [
      'for another client too',
      (claims) => ({ claims: { ...claims, aud: ['redthread', 'somebody'], azp: 'redthread' } }),
      'PROVIDER_REFUSED',
    ],
    ['of another issuer', (claims) => ({ claims: { ...claims, iss: 'https://id.example.org' } }), 'PROVIDER_REFUSED'],
    ['without a subject', ({ sub: _, ...claims }) => ({ claims }), 'PROVIDER_REFUSED'],
    ['with an empty subject', (claims) => ({ claims: { ...claims, sub: '' } }), 'PROVIDER_REFUSED'],
    ['without the nonce', ({ nonce: _, ...claims }) => ({ claims }), 'PROVIDER_REFUSED'],
    ['with another nonce', (claims) => ({ claims: { ...claims, nonce: 'of another sign-in' } }), 'PROVIDER_REFUSED'],
    ['without its time', ({ iat: _, ...claims }) => ({ claims }), 'PROVIDER_REFUSED'],
    ['without its end', ({ exp: _, ...claims }) => ({ claims }), 'PROVIDER_REFUSED'],
    [
      'with groups that are none',
      (claims) => ({ claims: { ...claims, groups: [{ name: 'vid-officers' }] } }),
      'PROVIDER_REFUSED',
    ],
    ['of a clock ten minutes behind', (claims) => ({ claims: minutes(claims, -10) }), 'PROVIDER_CLOCK_OFF'],
    ['of a clock ten minutes ahead', (claims) => ({ claims: minutes(claims, 10) }), 'PROVIDER_CLOCK_OFF'],
    [
      'that is over',
      (claims) => ({ claims: { ...minutes(claims, -10), exp: Number(claims['iat']) - 400 } }),
      'PROVIDER_CLOCK_OFF',
    ],
  ])('%s lets nobody in', async (_what, lie, code) => {
    person('olga');
    world.lie = lie;
    const answer = await signIn('olga');
    expect(codeOf(answer), answer.body).toBe(code);
    expect(cookiesOf(answer)).toEqual({});
    expect(await lastRefusal()).toMatchObject({ agency_id: agency, code });
  });

  it('in another browser, with another state, or a second time lets nobody in', async () => {
    person('olga');
    const one = await comeBack('olga');
    const two = await comeBack('olga');
    expect(codeOf(await post('/session/provider/answer', { answer: one.answer }))).toBe('PROVIDER_ANSWER_OLD');
    expect(
      codeOf(await post('/session/provider/answer', { answer: one.answer }, { redthread_provider: 'forged' })),
    ).toBe('PROVIDER_ANSWER_OLD');
    expect(codeOf(await post('/session/provider/answer', { answer: one.answer }, two.cookies))).toBe(
      'PROVIDER_REFUSED',
    );
    expect((await post('/session/provider/answer', { answer: two.answer }, two.cookies)).statusCode).toBe(200);
    expect(codeOf(await post('/session/provider/answer', { answer: two.answer }, two.cookies))).toBe(
      'PROVIDER_REFUSED',
    );
    const refused = await signIn(null);
    expect(refused.json()).toMatchObject({
      code: 'PROVIDER_REFUSED',
      detail: expect.stringContaining('access_denied') as string,
    });
    for (const answer of ['', '?', '?code=x', '?error=%3Cscript%3E&state=x'])
      expect(codeOf(await post('/session/provider/answer', { answer }, (await begin()).cookies))).toBe(
        'PROVIDER_REFUSED',
      );
  });
});

describe('a second factor', () => {
  const demand = (secondFactor: boolean) => anna.send('PUT', '/api/v1/sign-in-rule', { secondFactor });

  it('counts where the agency says so of what the provider says, and is set up here where not', async () => {
    await demand(true);
    try {
      person('sara');
      world.proves = { amr: ['pwd', 'otp'], acr: 'urn:example:two' };
      const unheeded = await signIn('sara');
      expect([unheeded.statusCode, unheeded.json()]).toEqual([202, { stage: 'enrol', ways: [] }]);
      expect((await clientOf(api.http, { cookies: cookiesOf(unheeded) }).get('/api/v1/me')).statusCode).toBe(403);
      await set({ secondFactor: { acr: [], amr: ['otp'] } });
      expect((await signIn('sara')).statusCode).toBe(200);
      world.proves = { amr: ['pwd'] };
      expect((await signIn('sara')).statusCode).toBe(202);
      await set({ secondFactor: { acr: ['urn:example:two'], amr: [] } });
      expect(new URL((await begin()).address).searchParams.get('acr_values')).toBe('urn:example:two');
      world.proves = { acr: 'urn:example:two' };
      expect((await signIn('sara')).statusCode).toBe(200);
    } finally {
      await demand(false);
      await set();
    }
  });

  it('is proven again at the provider, which asks anew, by the same person', async () => {
    const tina = await signedIn(person('tina', { groups: ['vid-admins'] }));
    const stale = () =>
      api.store.owner
        .updateTable('sessions')
        .set({ proven_at: new Date(Date.now() - 3_600_000) })
        .where('provider_id', 'is not', null)
        .execute();
    const rule = () => tina.send('PUT', '/api/v1/sign-in-rule', { secondFactor: false });
    const prove = async (subject: string) => {
      const begun = await post('/session/proof/provider', {}, tina.cookies);
      const { address } = begun.json<{ address: string }>();
      expect(Object.fromEntries(new URL(address).searchParams)).toMatchObject({ prompt: 'login', max_age: '0' });
      const answer = await world.browse(address, subject);
      return post('/session/provider/answer', { answer }, { ...tina.cookies, ...cookiesOf(begun) });
    };
    await stale();
    expect(codeOf(await rule())).toBe('PROOF_NEEDED');
    expect((await tina.get('/api/v1/me/second-factors')).json()).toMatchObject({ ways: ['provider'] });
    expect(codeOf(await post('/session/proof', { way: 'password', password: PASSWORD }, tina.cookies))).toBe(
      'SIGN_IN_FAILED',
    );
    expect(codeOf(await prove(person('olga')))).toBe('PROVIDER_REFUSED');
    world.lie = (claims) => ({ claims: { ...claims, auth_time: Number(claims['iat']) - 3_600 } });
    expect(codeOf(await prove('tina'))).toBe('PROVIDER_FACTOR_MISSING');
    world.lie = null;
    expect(codeOf(await rule())).toBe('PROOF_NEEDED');
    const proven = await prove('tina');
    expect(proven.statusCode, proven.body).toBe(200);
    expect((await rule()).statusCode).toBe(200);
    // Somebody with a password is asked for that.
    expect((await anna.send('POST', '/api/v1/session/proof/provider', {})).statusCode).toBe(404);
  });
});

describe('its settings', () => {
  it('keep the secret: sealed in the database, in no answer, no event', async () => {
    const rows = await api.store.owner
      .selectFrom('sign_in_providers')
      .selectAll()
      .where('agency_id', '=', agency)
      .execute();
    expect(rows[0]?.sealed_secret?.length).toBeGreaterThan(CLIENT_SECRET.length);
    const events = await api.store.owner.selectFrom('audit_events').selectAll().execute();
    const shown = (await anna.get('/api/v1/sign-in-provider')).body;
    expect(shown).toContain('"hasSecret":true');
    for (const text of [JSON.stringify(events), shown, rows[0]?.sealed_secret?.toString('latin1')])
      expect(text).not.toContain(CLIENT_SECRET);
    // The one before stays where none is given, and goes with a new one to nobody else.
    await set({ clientSecret: undefined });
    expect((await signIn(person('olga'))).statusCode).toBe(200);
    const elsewhere = await anna.send(
      'PUT',
      '/api/v1/sign-in-provider',
      settings({ issuer: 'https://id.example.org', clientSecret: undefined }),
    );
    expect(elsewhere.json()).toMatchObject({ code: 'ARGUMENT_INVALID', pointer: 'clientSecret' });
    await set({ clientSecret: 'wrong' });
    expect(codeOf(await signIn('olga'))).toBe('PROVIDER_REFUSED');
    await set();
  });

  it.each([
    [{ issuer: 'http://id.example.org' }, 'ARGUMENT_INVALID'],
    [{ issuer: 'https://name@id.example.org' }, 'ARGUMENT_INVALID'],
    [{ issuer: 'file:///etc/passwd' }, 'ARGUMENT_INVALID'],
    [{ issuer: 'none' }, 'ARGUMENT_INVALID'],
    [{ issuer: 'http://127.0.0.1:1' }, 'PROVIDER_UNREACHABLE'],
    [{ scope: 'profile' }, 'ARGUMENT_INVALID'],
    [{ roles: {} }, 'ARGUMENT_INVALID'],
    [{ roles: { 'vid-officers': ['god'] } }, 'REQUEST_INVALID'],
  ])('refuse %j', async (more, code) => {
    expect(codeOf(await anna.send('PUT', '/api/v1/sign-in-provider', settings(more)))).toBe(code);
  });

  it('are for administrators', async () => {
    const uma = await signedIn(person('uma'));
    expect((await uma.get('/api/v1/sign-in-provider')).statusCode).toBe(403);
    for (const [method, url, body] of [
      ['PUT', '/sign-in-provider', settings()],
      ['DELETE', '/sign-in-provider', undefined],
      ['PUT', '/users/uma/provider-subject', { subject: 'x' }],
    ] as const)
      expect((await uma.send(method, `/api/v1${url}`, body)).statusCode, url).toBe(403);
  });
});

it('that cannot be reached keeps nobody out who has a password here, and nobody in whom it let in once it is taken away', async () => {
  const vera = await signedIn(person('vera'));
  world.isOutOfOrder = true;
  const http = await buildHttp({ store: api.store, webFolder: `${api.folder}/no-web` });
  const begun = await post('/session/provider', { provider }, {}, http);
  expect([begun.statusCode, codeOf(begun)]).toEqual([502, 'PROVIDER_UNREACHABLE']);
  expect((await post('/session', { login: 'anna', password: PASSWORD }, {}, http)).statusCode).toBe(200);
  await http.close();
  world.isOutOfOrder = false;
  const { answer, cookies } = await comeBack('vera');
  world.isOutOfOrder = true;
  expect(codeOf(await post('/session/provider/answer', { answer }, cookies))).toBe('PROVIDER_UNREACHABLE');
  expect((await vera.get('/api/v1/me')).statusCode).toBe(200);
  expect((await anna.send('DELETE', '/api/v1/sign-in-provider')).statusCode).toBe(204);
  expect((await vera.get('/api/v1/me')).statusCode).toBe(401);
  expect((await anna.get('/api/v1/me')).statusCode).toBe(200);
});
