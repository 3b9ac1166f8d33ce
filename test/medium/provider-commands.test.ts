// The provider of an agency from the command line, and somebody of it who has a second factor here: asked for it where the provider gives none, and
// known to have come by the provider afterwards.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { registerAccountCommands } from '../../packages/server/src/features/accounts/commands.js';
import { clientOf, codeOf, openFixture, type ApiFixture } from './api-fixture.js';
import { commandLine } from './command-line.js';
import { CLIENT_SECRET, cookiesOf, known, startProvider, type Answer, type ProviderWorld } from './provider-world.js';

const HOST = 'localhost:4480';

let api: ApiFixture;
let world: ProviderWorld;
let run: ReturnType<typeof commandLine>;
let secretFile: string;

beforeAll(async () => {
  api = await openFixture();
  world = await startProvider(`http://${HOST}/sign-in/provider`);
  const agency = await api.world.agency('Unit');
  await api.person(agency, 'anna', ['administrator']);
  await api.person(agency, 'bert');
  run = commandLine(join(api.folder, 'data'), [registerAccountCommands]);
  secretFile = join(api.folder, 'secret');
  writeFileSync(secretFile, `${CLIENT_SECRET}\n`);
});
afterAll(async () => {
  await world.stop();
  await api.close();
});

const redthread = (...words: string[]) => run('--as', 'anna', 'agency', 'provider', ...words);
const set = (...more: string[]) =>
  redthread('set', '--name', 'Ministry', '--issuer', world.issuer, '--client-id', 'redthread', ...more);
const post = (url: string, payload: object, cookies: Record<string, string> = {}): Promise<Answer> =>
  api.http.inject({ method: 'POST', url: `/api/v1${url}`, payload, cookies, headers: { host: HOST } });

const signIn = async (subject: string): Promise<Answer> => {
  const [offer] = (await api.http.inject('/api/v1/session/providers')).json<{ items: { id: string }[] }>().items;
  const begun = await post('/session/provider', { provider: offer?.id });
  const answer = await world.browse(begun.json<{ address: string }>().address, subject);
  return post('/session/provider/answer', { answer }, cookiesOf(begun));
};

it('is set, shown without its secret, and bound to a person', async () => {
  expect((await redthread('show')).out).toEqual(['none: people sign in here']);
  await expect(set('--map', 'vid-officers=god', '--client-secret-file', secretFile)).rejects.toMatchObject({
    code: 'ARGUMENT_INVALID',
  });
  await expect(set('--map', 'all=officer', '--client-secret-file', `${secretFile}.none`)).rejects.toMatchObject({
    code: 'ARGUMENT_INVALID',
  });
  await set('--map', 'vid-officers=officer,reviewer', '--client-secret-file', secretFile, '--no-add-people');
  expect(codeOf(await signIn(known(world, 'bert-there')))).toBe('PROVIDER_NO_ACCOUNT');
  await expect(redthread('bind', 'nobody', 'bert-there')).rejects.toMatchObject({ code: 'USER_UNKNOWN' });
  await redthread('bind', 'bert', 'bert-there');
  const { out } = await redthread('show');
  expect(out).toEqual([
    `Ministry: ${world.issuer}, as redthread`,
    '  vid-officers: officer, reviewer',
    'counts as a second factor: never',
    '1 person; accounts are made here',
    'comes back to: the address that is opened, /sign-in/provider',
  ]);
  const [json] = (await redthread('show', '--json')).out;
  expect(json).toContain('"hasSecret":true');
  expect(json).not.toContain(CLIENT_SECRET);
  expect((await signIn('bert-there')).json()).toMatchObject({ login: 'bert', roles: ['officer', 'reviewer'] });
});

it('asks for the second factor of the account here where the provider gives none', async () => {
  const bert = await api.signIn('bert');
  const user = await api.store.owner
    .selectFrom('users')
    .select(['id', 'agency_id'])
    .where('login', '=', 'bert')
    .executeTakeFirstOrThrow();
  // A passkey, as far as the database knows, and recovery codes to use in its place.
  await api.store.owner
    .insertInto('second_factors')
    .values({
      agency_id: user.agency_id,
      user_id: user.id,
      kind: 'passkey',
      name: 'desk key',
      confirmed_at: new Date(),
      credential_id: Buffer.from('credential'),
      public_key: Buffer.from('key'),
    })
    .execute();
  const { recoveryCodes } = (await bert.send('POST', '/api/v1/me/recovery-codes')).json<{ recoveryCodes: string[] }>();
  const pending = await signIn('bert-there');
  expect([pending.statusCode, pending.json()]).toEqual([
    202,
    { stage: 'second-factor', ways: ['passkey', 'recovery'] },
  ]);
  const early = clientOf(api.http, { cookies: cookiesOf(pending) });
  expect(codeOf(await early.get('/api/v1/me'))).toBe('SECOND_FACTOR_NEEDED');
  expect(codeOf(await early.send('POST', '/api/v1/session/proof/provider', {}))).toBe('SECOND_FACTOR_NEEDED');
  const done = await early.send('POST', '/api/v1/session/proof', { way: 'recovery', code: recoveryCodes[0] });
  expect(done.statusCode, done.body).toBe(200);
  const whole = clientOf(api.http, { cookies: cookiesOf(done) });
  const sessions = (await whole.get('/api/v1/me/sessions')).json<{ items: object[] }>().items;
  expect(sessions.find((session) => 'current' in session && session.current)).toMatchObject({ provider: 'Ministry' });
  // The provider proves nothing again for somebody with a passkey, unless it gives a second factor.
  const ways = async () => (await whole.get('/api/v1/me/second-factors')).json<{ ways: string[] }>().ways;
  expect(await ways()).toEqual(['passkey', 'recovery']);
  const { detail } = await api.store.owner
    .selectFrom('audit_events')
    .select('detail')
    .where('type', '=', 'sign-in')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  expect(detail).toMatchObject({ method: 'provider and recovery' });

  // Without a secret in the arguments the one before stays.
  await set('--map', 'vid-officers=officer', '--amr', 'hwk', '--no-add-people');
  expect(await ways()).toEqual(['passkey', 'recovery', 'provider']);
  world.proves = { amr: ['pwd', 'hwk'] };
  expect((await signIn('bert-there')).json()).toMatchObject({ login: 'bert', roles: ['officer'] });
  await redthread('remove');
  expect((await whole.get('/api/v1/me')).statusCode).toBe(401);
});
