// What somebody signs in with, and where they are signed in, for the stranger test: theirs alone; and what administrators do with accounts.
import { createHash, randomUUID } from 'node:crypto';
import type { Store } from '../../packages/server/src/store/index.js';
import type { Person } from './api-world.js';
import type { RouteCall } from './stranger-routes.js';
import type { Names, StrangerWorld } from './stranger-world.js';

/** A session, an app that waits for its first code, a recovery code; the rule of the agency, its provider, and who its person is there. */
export const addAccount = async (store: Store<'owner'>, { id: user_id, agencyId: agency_id, login }: Person) => {
  const { owner, keys } = store;
  const bytes = createHash('sha256').update('k').digest();
  const session = await owner
    .insertInto('sessions')
    .values({ token_hash: bytes, agency_id, user_id, purpose: null, expires_at: new Date(Date.now() + 3_600_000) })
    .returning('id')
    .executeTakeFirstOrThrow();
  const factor = randomUUID();
  await owner
    .insertInto('second_factors')
    .values({
      id: factor,
      agency_id,
      user_id,
      kind: 'totp',
      name: 'hushed telephone',
      ...keys.wrap(bytes, { purpose: 'second-factor', key: factor }),
    })
    .execute();
  await owner.insertInto('recovery_codes').values({ agency_id, user_id, code_hash: bytes }).execute();
  await owner
    .insertInto('sign_in_rules')
    .values({ agency_id, second_factor: false, set_by: user_id, set_login: login })
    .execute();
  await owner
    .insertInto('sign_in_providers')
    .values({
      agency_id,
      name: 'Ministry',
      issuer: 'https://id.example.org',
      client_id: 'hushed client',
      scope: 'openid',
      groups_claim: 'groups',
      roles: JSON.stringify({ all: ['officer'] }),
      adds_people: true,
      set_by: user_id,
      set_login: login,
    })
    .execute();
  await owner
    .insertInto('provider_people')
    .values({ agency_id, user_id, issuer: 'https://id.example.org', subject: 'hushed subject' })
    .execute();
  return { session: session.id, factor };
};

const SELF = {
  rows: (_: Names, { owner }: StrangerWorld['people']) => `user_id = '${owner.id}'`,
  seen: ['owner'],
} as const;
const OWN = { rows: ({ agency }: Names) => `agency_id = '${agency}'`, seen: ['owner', 'colleague'] } as const;
const SET = { added: ['owner'], changed: ['owner'], change: 'set_by = app_user()' } as const;

/** Who sees and writes which rows: one's own, and as an administrator those that are set for all. */
export const ACCOUNT_TABLES = {
  sessions: { ...SELF, added: ['owner'], changed: ['owner'], removed: ['owner'] },
  second_factors: { ...SELF, added: ['owner'], changed: ['owner'], removed: ['owner'] },
  recovery_codes: { ...SELF, added: ['owner'], changed: ['owner'], removed: ['owner'] },
  sign_in_rules: { ...OWN, ...SET },
  sign_in_providers: { ...OWN, ...SET, removed: ['owner'] },
  provider_people: { ...SELF, changed: ['owner'], change: 'signed_in_at = now()' },
  api_keys: { ...SELF, added: ['owner'], changed: ['owner'] },
} as const;

export const ACCOUNT_OWN: Readonly<Record<string, string>> = {
  'POST /session/proof': 'proves who the own session is',
  'POST /session/passkey': 'a challenge for the own passkeys',
  'GET /me/sessions': 'own sessions',
  'GET /me/second-factors': 'own second factors',
  'POST /me/second-factors/totp': 'adds an own one',
  'POST /me/second-factors/passkey-options': 'a challenge for an own one',
  'POST /me/second-factors/passkeys': 'adds an own one',
  'POST /me/recovery-codes': 'own codes',
  'GET /sign-in-rule': 'of the own agency',
  'PUT /sign-in-rule': 'of the own agency',
  'GET /sign-in-provider': 'of the own agency',
  'PUT /sign-in-provider': 'of the own agency',
  'DELETE /sign-in-provider': 'of the own agency',
  'GET /session/providers': 'names of buttons, for whoever opens the page',
  'POST /session/provider': 'begins a sign-in, of nobody yet',
  'POST /session/provider/answer': 'ends a sign-in that the same browser began',
  'POST /session/proof/provider': 'a question to the provider of the own session',
};

const factor = (names: Names) => ({ id: names.factor });
const login = (names: Names) => ({ login: names.login });

export const ACCOUNT_CALLS: readonly RouteCall[] = [
  { route: 'DELETE /me/sessions/:id', params: (names) => ({ id: names.session }), known: ['owner'] },
  {
    route: 'POST /me/second-factors/totp/:id/confirm',
    params: factor,
    body: () => ({ code: '000000' }),
    known: ['owner'],
  },
  { route: 'DELETE /me/second-factors/:id', params: factor, known: ['owner'] },
  { route: 'POST /users/:login/reset-second-factors', params: login, known: ['owner'] },
  {
    route: 'PUT /users/:login/roles',
    params: login,
    body: () => ({ roles: ['officer'] }),
    known: ['owner'],
  },
  {
    route: 'PUT /users/:login/password',
    params: login,
    body: () => ({ password: 'another long password' }),
    known: ['owner'],
  },
  {
    route: 'PUT /users/:login/provider-subject',
    params: login,
    body: () => ({ subject: null }),
    known: ['owner'],
  },
  { route: 'POST /users/:login/disable', params: login, known: ['owner'] },
  { route: 'POST /users/:login/enable', params: login, known: ['owner'] },
];
