// Signing in and out, and who a session cookie or an API key stands for.
import { isRedthreadError, fail } from '@redthread/core/errors';
import type { Context } from '@redthread/core/domain';
import { SCOPES, type Authenticated, type Scope } from '../../app/http/authenticated.js';
import { audit, auditRefusal, withContext, withNobody, type Nobody, type Store } from '../../store/index.js';
import { passwordIsRight } from './password.js';
import {
  deleteSession,
  insertSession,
  setSessionPurpose,
  touchKey,
  userByKey,
  userByLogin,
  userBySession,
  type FoundUser,
} from './queries.js';
import { API_KEY_PREFIX, hashSecret, newSecret } from './secrets.js';

const SESSION_HOURS = 12;

export const contextOf = (user: FoundUser, requestId: string, purpose: string | null = null): Context => ({
  actor: {
    userId: user.id,
    agencyId: user.agency_id,
    login: user.login,
    roles: user.roles,
    isOperator: user.is_operator,
  },
  purpose,
  requestId,
});

export interface SignedIn {
  readonly token: string;
  readonly expiresAt: Date;
  readonly authenticated: Authenticated;
}

/** Errors: SIGN_IN_FAILED, the same for an unknown name and a wrong password; both are on record. */
export const signIn = async (
  store: Store,
  input: { readonly login: string; readonly password: string },
  meta: { readonly requestId: string; readonly address: string | null },
): Promise<SignedIn> => {
  const user = await withNobody(store.app, (trx) => userByLogin(trx, input.login));
  if (!(await passwordIsRight(user?.password_hash ?? null, input.password)) || user === null) {
    // On record with the agency of the name that was tried, where there is one: its auditors are who must see it.
    const who: Context | Nobody =
      user === null
        ? { actor: null, login: input.login, purpose: null, requestId: meta.requestId }
        : contextOf(user, meta.requestId);
    await auditRefusal(store.app, who, { code: 'SIGN_IN_FAILED', attempted: `sign-in from ${meta.address ?? 'here'}` });
    throw fail('SIGN_IN_FAILED', 'name and password do not belong together');
  }
  const { secret, hash } = newSecret();
  const expiresAt = new Date(Date.now() + SESSION_HOURS * 3_600_000);
  const ctx = contextOf(user, meta.requestId);
  await withContext(store.app, ctx, async (trx) => {
    await insertSession(trx, { token_hash: hash, agency_id: user.agency_id, user_id: user.id, expires_at: expiresAt });
    await audit(trx, ctx, {
      type: 'sign-in',
      object: { kind: 'user', id: user.id },
      detail: { method: 'password', address: meta.address },
    });
  });
  return {
    token: secret,
    expiresAt,
    authenticated: { ctx, displayName: user.display_name, scopes: SCOPES, sessionHash: hash, keyId: null },
  };
};

/** That somebody at a command line is who they act as, by the password of that account. Errors: SIGN_IN_FAILED, on record. */
export const provePassword = async (store: Store, ctx: Context, password: string): Promise<void> => {
  const user = await withNobody(store.app, (trx) => userByLogin(trx, ctx.actor.login));
  if (await passwordIsRight(user?.password_hash ?? null, password)) return;
  await auditRefusal(store.app, ctx, { code: 'SIGN_IN_FAILED', attempted: 'confirm with a password' });
  throw fail('SIGN_IN_FAILED', 'name and password do not belong together');
};

export const signOut = (store: Store, { ctx, sessionHash }: Authenticated): Promise<void> =>
  withContext(store.app, ctx, async (trx) => {
    if (sessionHash !== null) await deleteSession(trx, sessionHash);
    await audit(trx, ctx, { type: 'sign-out', object: { kind: 'user', id: ctx.actor.userId }, detail: {} });
  });

/** Why the person is looking; asked once a session, and on record with every event after it. */
export const setPurpose = (store: Store, { ctx, sessionHash }: Authenticated, purpose: string): Promise<void> =>
  withContext(store.app, ctx, async (trx) => {
    if (sessionHash === null) throw fail('REQUEST_INVALID', 'a program gives the purpose with each reveal');
    await setSessionPurpose(trx, sessionHash, purpose);
  });

export const authenticateSession = async (
  store: Store,
  token: string,
  requestId: string,
): Promise<Authenticated | null> => {
  const sessionHash = hashSecret(token);
  const user = await withNobody(store.app, (trx) => userBySession(trx, sessionHash));
  if (user === null) return null;
  return {
    ctx: contextOf(user, requestId, user.purpose),
    displayName: user.display_name,
    scopes: SCOPES,
    sessionHash,
    keyId: null,
  };
};

const isScope = (scope: string): scope is Scope => (SCOPES as readonly string[]).includes(scope);

export const authenticateKey = async (store: Store, key: string, requestId: string): Promise<Authenticated | null> => {
  if (!key.startsWith(API_KEY_PREFIX)) return null;
  const user = await withNobody(store.app, (trx) => userByKey(trx, hashSecret(key)));
  if (user === null) return null;
  const ctx = contextOf(user, requestId);
  await withContext(store.app, ctx, (trx) => touchKey(trx, user.key_id)).catch((error: unknown) => {
    if (isRedthreadError(error)) throw error;
    // A date that could not be noted keeps nobody out.
  });
  const scopes = user.scopes.filter(isScope);
  return { ctx, displayName: user.display_name, scopes, sessionHash: null, keyId: user.key_id };
};
