// Second factors from enrolment to loss: codes count once, guessing ends, recovery codes open the account, what cannot be taken back asks
// again, and an agency that demands one lets nobody past it and locks nobody out.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeAt } from '../../packages/server/src/features/accounts/second-factors/totp.js';
import { clientOf, codeOf, openFixture, PASSWORD, type ApiFixture, type Client } from './api-fixture.js';
import { enrolApp } from './enrol-app.js';

const STEP_MS = 30_000;

let api: ApiFixture;
let agency: string;

beforeAll(async () => {
  api = await openFixture();
  agency = await api.world.agency('Unit');
  await api.person(agency, 'anna', ['administrator', 'officer']);
  await api.person(agency, 'bert');
});
afterAll(() => api.close());

const passwordOf = (login: string, remoteAddress = '127.0.0.1') =>
  api.http.inject({
    method: 'POST',
    remoteAddress,
    url: '/api/v1/session',
    payload: { login, password: PASSWORD },
    headers: { 'user-agent': 'test browser' },
  });

const clientFrom = (answer: Awaited<ReturnType<typeof passwordOf>>): Client => {
  const [cookie] = answer.cookies;
  if (cookie === undefined) throw new Error(answer.body);
  return clientOf(api.http, { cookies: { [cookie.name]: cookie.value } });
};

const enrol = (client: Client) => enrolApp(api.store, client);

const proof = (client: Client, body: object) => client.send('POST', '/api/v1/session/proof', body);

describe('somebody with an app', () => {
  let app: Awaited<ReturnType<typeof enrol>>;
  beforeAll(async () => {
    app = await enrol(await api.signIn('bert'));
  });

  it('is asked for a code after the password, and nothing answers before', async () => {
    const first = await passwordOf('bert');
    expect(first.statusCode).toBe(202);
    expect(first.json()).toEqual({ stage: 'second-factor', ways: ['totp', 'recovery'] });
    const pending = clientFrom(first);
    for (const { method, url, access } of api.http.apiRoutes.filter((route) => !route.url.includes('/session'))) {
      if (access === 'public' || method === 'HEAD') continue;
      const answer = await api.http.inject({
        method: method as 'GET',
        url: url.replaceAll(/:\w+/g, '00000000-0000-4000-8000-000000000000'),
        cookies: { [first.cookies[0]?.name ?? '']: first.cookies[0]?.value ?? '' },
      });
      expect([401], `${method} ${url}: ${answer.body}`).toContain(answer.statusCode);
    }
    const code = await app.code();
    const done = await proof(pending, { way: 'totp', code });
    expect(done.statusCode, done.body).toBe(200);
    expect(done.json()).toMatchObject({ login: 'bert' });
    expect((await clientFrom(done).get('/api/v1/me')).statusCode).toBe(200);
    // The cookie of the password alone is worth nothing any more, and the code counts once.
    expect((await pending.get('/api/v1/me')).statusCode).toBe(401);
    const again = clientFrom(await passwordOf('bert'));
    expect(codeOf(await proof(again, { way: 'totp', code }))).toBe('CODE_WRONG');
    expect(codeOf(await proof(again, { way: 'password', password: PASSWORD }))).toBe('SIGN_IN_FAILED');
  });

  it('is told that the clock is off', async () => {
    const pending = clientFrom(await passwordOf('bert'));
    const now = Date.now();
    const answer = await proof(pending, { way: 'totp', code: codeAt(await keyOfBert(), now - 10 * 60_000) });
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject({ code: 'CODE_CLOCK_OFF', detail: 'it is 10 minutes old' });
  });

  it('opens the account by a recovery code, once', async () => {
    const [code = ''] = app.codes;
    expect(app.codes).toHaveLength(10);
    const done = await proof(clientFrom(await passwordOf('bert')), { way: 'recovery', code: code.toUpperCase() });
    expect(done.statusCode, done.body).toBe(200);
    const factors = await clientFrom(done).get('/api/v1/me/second-factors');
    expect(factors.json()).toMatchObject({ recoveryCodesLeft: 9, items: [{ kind: 'totp', name: 'telephone' }] });
    expect(codeOf(await proof(clientFrom(await passwordOf('bert')), { way: 'recovery', code }))).toBe('CODE_WRONG');
  });

  it('cannot be guessed: after ten wrong codes from anywhere codes rest, and recovery codes do not', async () => {
    const wrong = async (remoteAddress: string, code: string) => {
      const [cookie] = (await passwordOf('bert', remoteAddress)).cookies;
      return api.http.inject({
        method: 'POST',
        url: '/api/v1/session/proof',
        remoteAddress,
        cookies: { [cookie?.name ?? '']: cookie?.value ?? '' },
        payload: { way: 'totp', code },
      });
    };
    const answers: string[] = [];
    for (let i = 0; i < 12; i += 1) answers.push(codeOf(await wrong(`192.0.2.${i}`, '000000')));
    expect(answers.at(-1)).toBe('CODES_RESTING');
    const right = await wrong('192.0.2.99', await app.code());
    expect(right.json()).toMatchObject({ code: 'CODES_RESTING', detail: 'again in 15 min' });

    // After the rest ten more, all at once: no two of them are counted as one, and the next rest is twice as long.
    const { owner } = api.store;
    const restedFor = (minutes: number) =>
      owner
        .updateTable('second_factors')
        .set({ failing_since: new Date(Date.now() - minutes * 60_000) })
        .execute();
    await restedFor(16);
    const atOnce = await Promise.all(
      Array.from({ length: 14 }, async (_, i) => codeOf(await wrong(`198.51.100.${i}`, '000000'))),
    );
    expect(atOnce.filter((answer) => answer === 'CODE_WRONG')).toHaveLength(10);
    await restedFor(16);
    expect(codeOf(await wrong('192.0.2.98', await app.code()))).toBe('CODES_RESTING');
    await restedFor(31);
    const rested = await proof(clientFrom(await passwordOf('bert')), { way: 'totp', code: await app.code() });
    expect(rested.statusCode, rested.body).toBe(200);
    expect(await owner.selectFrom('second_factors').select('failures').execute()).toEqual([{ failures: 0 }]);

    await owner.updateTable('second_factors').set({ failures: 10, failing_since: new Date() }).execute();
    const done = await proof(clientFrom(await passwordOf('bert')), { way: 'recovery', code: app.codes[1] ?? '' });
    expect(done.statusCode, done.body).toBe(200);
    await api.store.owner.updateTable('second_factors').set({ failures: 0, failing_since: null }).execute();
  });

  it('is on record with every refusal', async () => {
    const rows = await api.store.owner
      .selectFrom('audit_events')
      .select(['type', 'detail'])
      .where('login', '=', 'bert')
      .execute();
    const text = JSON.stringify(rows);
    expect(rows.map(({ type }) => type)).toContain('sign-in-begin');
    for (const words of ['second-factor', 'password and totp', 'password and recovery', 'CODE_WRONG', 'CODES_RESTING'])
      expect(text).toContain(words);
  });

  const keyOfBert = async (): Promise<Buffer> => {
    const row = await api.store.owner
      .selectFrom('second_factors')
      .select(['id', 'master_key_id', 'wrapped'])
      .executeTakeFirstOrThrow();
    return api.store.keys.unwrap(
      { master_key_id: row.master_key_id ?? '', wrapped: row.wrapped ?? Buffer.of() },
      { purpose: 'second-factor', key: row.id },
    );
  };
});

describe('what cannot be taken back', () => {
  it('asks for a fresh proof, and goes on with one', async () => {
    const client = await api.signIn('anna');
    const user = { login: 'carl', roles: ['officer'], password: null };
    await api.store.owner
      .updateTable('sessions')
      .set({ proven_at: new Date(Date.now() - 11 * 60_000) })
      .execute();
    const refused = await client.send('POST', '/api/v1/users', user);
    expect([refused.statusCode, codeOf(refused)]).toEqual([403, 'PROOF_NEEDED']);
    expect(codeOf(await proof(client, { way: 'password', password: 'not the password' }))).toBe('SIGN_IN_FAILED');
    expect((await proof(client, { way: 'password', password: PASSWORD })).statusCode).toBe(200);
    expect((await client.send('POST', '/api/v1/users', user)).statusCode).toBe(200);
  });
});

describe('an agency that demands one', () => {
  it('lets whoever has none set one up and nothing else, keeps the last one, and an administrator helps', async () => {
    const anna = await api.signIn('anna');
    expect((await anna.send('PUT', '/api/v1/sign-in-rule', { secondFactor: true })).statusCode).toBe(200);
    await api.person(agency, 'dora');
    const first = await passwordOf('dora');
    expect(first.json()).toEqual({ stage: 'enrol', ways: [] });
    const early = clientFrom(first);
    const other = clientFrom(await passwordOf('dora'));
    expect(codeOf(await early.get('/api/v1/cases'))).toBe('SECOND_FACTOR_TO_SET_UP');
    const { code } = await enrol(early);
    // Who had come as far with the same password adds none of their own.
    expect((await other.send('POST', '/api/v1/me/second-factors/totp', { name: 'stranger' })).statusCode).toBe(401);
    const whole = clientFrom(await proof(clientFrom(await passwordOf('dora')), { way: 'totp', code: await code() }));
    const { items } = (await whole.get('/api/v1/me/second-factors')).json<{ items: { id: string }[] }>();
    const last = await whole.send('DELETE', `/api/v1/me/second-factors/${items[0]?.id}`);
    expect([last.statusCode, codeOf(last)]).toEqual([409, 'LAST_SECOND_FACTOR']);

    expect((await whole.send('POST', '/api/v1/users/dora/reset-second-factors')).statusCode).toBe(403);
    const key = (
      await anna.send('POST', '/api/v1/api-keys', { name: 'program', scopes: ['administer'], days: 1 })
    ).json<{ secret: string }>();
    const byKey = await api.http.inject({
      method: 'POST',
      url: '/api/v1/users/dora/reset-second-factors',
      headers: { authorization: `Bearer ${key.secret}` },
    });
    expect(codeOf(byKey)).toBe('PERSON_NEEDED');
    expect((await anna.send('POST', '/api/v1/users/dora/reset-second-factors')).statusCode).toBe(204);
    expect((await whole.get('/api/v1/me')).statusCode).toBe(401);
    expect((await passwordOf('dora')).json()).toEqual({ stage: 'enrol', ways: [] });
    await anna.send('PUT', '/api/v1/sign-in-rule', { secondFactor: false });
    expect((await passwordOf('dora')).statusCode).toBe(200);
  });
});

describe('a passkey', () => {
  it('is asked once: a wrong answer uses the question up as a right one does', async () => {
    const client = await api.signIn('anna');
    const begin = await client.send('POST', '/api/v1/me/second-factors/passkey-options', {}, { host: 'localhost' });
    expect(begin.statusCode, begin.body).toBe(200);
    const answer = { name: 'key', response: { id: 'AAAA', rawId: 'AAAA', type: 'public-key', response: {} } };
    const give = () => client.send('POST', '/api/v1/me/second-factors/passkeys', answer, { host: 'localhost' });
    const [first, second] = [await give(), await give()];
    expect([codeOf(first), codeOf(second)]).toEqual(['PASSKEY_REFUSED', 'PASSKEY_REFUSED']);
    const used = 'nothing was asked of it, or it was answered already';
    expect(first.json()).not.toMatchObject({ detail: used });
    expect(second.json()).toMatchObject({ detail: used });
  });
});

describe('somebody whose account changes', () => {
  it('is told of it, and of who did it; what was made with an old password ends with it', async () => {
    await api.person(agency, 'fay');
    const [anna, fay] = [await api.signIn('anna'), await api.signIn('fay')];
    const makeKey = async (name: string) =>
      (await fay.send('POST', '/api/v1/api-keys', { name, scopes: ['read'], days: 1 })).json<{ secret: string }>();
    const isAlive = async ({ secret }: { secret: string }) =>
      (await clientOf(api.http, { headers: { authorization: `Bearer ${secret}` } }).get('/api/v1/me')).statusCode ===
      200;
    const kept = await makeKey('kept');
    const setPassword = (body: object) =>
      anna.send('PUT', '/api/v1/users/fay/password', { password: PASSWORD, ...body });
    expect((await setPassword({ keepApiKeys: true })).json()).toEqual({ apiKeysEnded: 0 });
    expect(await isAlive(kept)).toBe(true);
    expect((await setPassword({})).json()).toEqual({ apiKeysEnded: 1 });
    expect(await isAlive(kept)).toBe(false);

    const again = await api.signIn('fay');
    const { codes } = await enrol(again);
    await proof(clientFrom(await passwordOf('fay')), { way: 'recovery', code: codes[0] ?? '' });
    expect((await anna.send('POST', '/api/v1/users/fay/reset-second-factors')).statusCode).toBe(204);
    const { items } = (await (await api.signIn('fay')).get('/api/v1/notices?limit=50')).json<{
      items: { kind: string; detail: { what: string; name: string; by: string } }[];
    }>();
    const told = items.filter(({ kind }) => kind === 'account').map(({ detail }) => detail);
    expect(told.map(({ what, name }) => `${what} ${name}`.trim()).sort()).toEqual([
      'factor-added telephone',
      'factor-removed telephone',
      'key-ended kept',
      'key-made kept',
      'password',
      'password',
      'recovery-code-used',
      'recovery-codes',
    ]);
    expect(told.find(({ what }) => what === 'factor-removed')?.by).not.toBe('');
    expect(told.find(({ what }) => what === 'factor-added')?.by).toBe('');
    // Nobody else is.
    const others = (await anna.get('/api/v1/notices?limit=50')).body;
    expect(others).not.toContain('telephone');
  });

  it('is let in by no program: a key sets no password, adds nobody, gives no roles and renews no account', async () => {
    const anna = await api.signIn('anna');
    const made = { name: 'program', scopes: ['administer'], days: 1 };
    const { secret } = (await anna.send('POST', '/api/v1/api-keys', made)).json<{ secret: string }>();
    const key = clientOf(api.http, { headers: { authorization: `Bearer ${secret}` } });
    const user = { login: 'gina', roles: ['administrator'], password: PASSWORD };
    for (const answer of [
      await key.send('PUT', '/api/v1/users/bert/password', { password: PASSWORD }),
      await key.send('PUT', '/api/v1/users/anna/password', { password: PASSWORD }),
      await key.send('POST', '/api/v1/users', user),
      await key.send('PUT', '/api/v1/users/bert/roles', { roles: ['administrator'] }),
      await key.send('POST', '/api/v1/users/bert/enable'),
    ])
      expect([answer.statusCode, codeOf(answer)]).toEqual([403, 'PERSON_NEEDED']);
    expect((await key.get('/api/v1/users')).statusCode).toBe(200);
  });
});

describe('sessions', () => {
  it('are listed for their person, and ended by them alone', async () => {
    await api.person(agency, 'emil');
    const [here, there] = [await api.signIn('emil'), clientFrom(await passwordOf('emil'))];
    const listed = (await here.get('/api/v1/me/sessions')).json<{
      items: { id: string; current: boolean; agent: string }[];
    }>();
    expect(listed.items).toHaveLength(2);
    const other = listed.items.find(({ current }) => !current);
    expect(other?.agent).toBe('test browser');
    const anna = await api.signIn('anna');
    expect((await anna.send('DELETE', `/api/v1/me/sessions/${other?.id}`)).statusCode).toBe(404);
    expect((await here.send('DELETE', '/api/v1/me/sessions/others')).statusCode).toBe(204);
    expect((await there.get('/api/v1/me')).statusCode).toBe(401);
    expect((await here.get('/api/v1/me')).statusCode).toBe(200);
  });

  it('end when nobody uses them; what a page asks by itself is no use', async () => {
    const client = await api.signIn('emil');
    const seen = (minutesAgo: number) =>
      api.store.owner
        .updateTable('sessions')
        .set({ seen_at: new Date(Date.now() - minutesAgo * 60_000) })
        .where('address', '=', '127.0.0.1')
        .execute();
    const seenAt = async (): Promise<number[]> =>
      (await api.store.owner.selectFrom('sessions').select('seen_at').where('address', '=', '127.0.0.1').execute()).map(
        ({ seen_at }) => seen_at.getTime(),
      );
    await seen(59);
    const before = Math.max(...(await seenAt()));
    expect((await client.get('/api/v1/notices')).statusCode).toBe(200);
    expect(Math.max(...(await seenAt()))).toBe(before);
    expect((await client.get('/api/v1/cases')).statusCode).toBe(200);
    expect(Math.max(...(await seenAt()))).toBeGreaterThan(before + STEP_MS);
    await seen(61);
    expect((await client.get('/api/v1/me')).statusCode).toBe(401);
  });
});
