// What somebody signs in with, and where they are signed in, for the stranger test: theirs alone; and what administrators do with accounts.
import { createHash, randomUUID } from 'node:crypto';
import type { Store } from '../../packages/server/src/store/index.js';
import type { Person } from './api-world.js';
import type { RouteCall } from './stranger-routes.js';
import type { Names } from './stranger-world.js';

/** A session, an app that waits for its first code, a recovery code, and the rule of the agency. */
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
  return { session: session.id, factor };
};

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
  { route: 'POST /users/:login/disable', params: login, known: ['owner'] },
  { route: 'POST /users/:login/enable', params: login, known: ['owner'] },
];
