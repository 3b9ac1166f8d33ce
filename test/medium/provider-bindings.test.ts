// Somebody of whom an administrator says who they are at the provider: they are told, and it alone opens no account that has a second factor.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clientOf, codeOf, openFixture, PASSWORD, type ApiFixture, type Client } from './api-fixture.js';
import { enrolApp } from './enrol-app.js';
import { browserAt, REDIRECT } from './provider-sign-in.js';
import { cookiesOf, known, settingsOf, startProvider, type Answer, type ProviderWorld } from './provider-world.js';

let api: ApiFixture;
let world: ProviderWorld;
let agency: string;
let anna: Client;
let provider: string;

const set = async (more: object = {}): Promise<void> => {
  const answer = await anna.send('PUT', '/api/v1/sign-in-provider', settingsOf(world, more));
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

const { post, signIn, signedIn } = browserAt(() => ({ api, world, provider }));
const person = (subject: string): string => known(world, subject, {});
const demand = (secondFactor: boolean) => anna.send('PUT', '/api/v1/sign-in-rule', { secondFactor });

it('is told whenever somebody says who they are there, by whom, and when that ends', async () => {
  await api.person(agency, 'dora', ['officer']);
  const dora = await api.signIn('dora');
  const bind = async (subject: string | null) =>
    (await anna.send('PUT', '/api/v1/users/dora/provider-subject', { subject })).statusCode;
  for (const subject of ['dora-there', 'dora-there', 'annas-own', null, null]) expect(await bind(subject)).toBe(204);
  const { items } = (await dora.get('/api/v1/notices?limit=50')).json<{
    items: { kind: string; detail: { what: string; name: string; by: string } }[];
  }>();
  const anyone = expect.stringMatching(/./) as string;
  expect(items.map(({ kind, detail }) => ({ kind, ...detail }))).toEqual(
    ['provider-removed', 'provider-changed', 'provider-bound'].map((what) => ({
      kind: 'account',
      what,
      name: 'Ministry',
      by: anyone,
    })),
  );
  // A new account comes with its first sign-in: there is nothing to tell it.
  const zita = await signedIn(person('zita'));
  expect((await zita.get('/api/v1/notices')).json()).toMatchObject({ items: [] });
});

it('is asked for the second factor of this house the first time that they come in', async () => {
  await api.person(agency, 'cleo', ['officer']);
  const cleo = await api.signIn('cleo');
  const { codes } = await enrolApp(api.store, cleo);
  await set({ secondFactor: { acr: [], amr: ['otp'] } });
  world.proves = { amr: ['pwd', 'otp'] };
  const bind = (subject: string) => anna.send('PUT', '/api/v1/users/cleo/provider-subject', { subject });
  const waits = { stage: 'second-factor', ways: ['totp', 'recovery'] };
  const finish = (begun: Answer, code: string | undefined) =>
    post('/session/proof', { way: 'recovery', code }, cookiesOf(begun));
  try {
    // Somebody who administers, with a telephone at the provider, says that they are Cleo: it opens nothing.
    expect((await bind(person('annas-telephone'))).statusCode).toBe(204);
    for (const _ of ['once', 'again']) {
      const begun = await signIn('annas-telephone');
      expect([begun.statusCode, begun.json()]).toEqual([202, waits]);
      expect((await clientOf(api.http, { cookies: cookiesOf(begun) }).get('/api/v1/me')).statusCode).toBe(401);
      expect(codeOf(await post('/session/proof/provider', {}, cookiesOf(begun)))).toBe('SECOND_FACTOR_NEEDED');
    }
    expect((await bind(person('cleo-there'))).statusCode).toBe(204);
    expect((await finish(await signIn('cleo-there'), codes[0])).statusCode).toBe(200);
    // From then on the provider's word counts, until somebody says that they are somebody else.
    expect((await signIn('cleo-there')).statusCode).toBe(200);
    await bind('annas-telephone');
    expect((await signIn('annas-telephone')).statusCode).toBe(202);

    // Where there was none, whoever came in before it was set up has not shown it.
    await api.person(agency, 'doug', ['officer']);
    await anna.send('PUT', '/api/v1/users/doug/provider-subject', { subject: person('doug-there') });
    expect((await signIn('doug-there')).statusCode).toBe(200);
    await enrolApp(api.store, await api.signIn('doug'));
    expect([(await signIn('doug-there')).json()]).toEqual([waits]);
    // And where the agency demands one it is set up.
    await api.person(agency, 'eric', ['officer']);
    await anna.send('PUT', '/api/v1/users/eric/provider-subject', { subject: person('eric-there') });
    await demand(true);
    expect((await signIn('eric-there')).json()).toEqual({ stage: 'enrol', ways: [] });
  } finally {
    await demand(false);
    await set();
  }
});

it('is one of a hundred sign-ins that an address may have begun in a minute; what it begins keeps nobody out who has a password', async () => {
  await api.person(agency, 'fred', ['officer']);
  const from = (url: string, payload: object, remoteAddress: string) =>
    api.http.inject({
      method: 'POST',
      url: `/api/v1${url}`,
      payload,
      remoteAddress,
      headers: { host: 'localhost:4480' },
    });
  const begin = (remoteAddress = '192.0.2.7') => from('/session/provider', { provider }, remoteAddress);
  for (let i = 0; i < 100; i += 1) expect((await begin()).statusCode).toBe(200);
  const refused = await begin();
  expect([refused.statusCode, codeOf(refused), refused.cookies]).toEqual([429, 'TOO_MANY_REQUESTS', []]);
  expect((await begin('192.0.2.8')).statusCode).toBe(200);
  expect((await from('/session', { login: 'fred', password: PASSWORD }, '192.0.2.7')).statusCode).toBe(200);
});
