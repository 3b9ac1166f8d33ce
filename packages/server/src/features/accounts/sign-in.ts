// Signing in and out, and who a session cookie or an API key stands for.
import { isRedthreadError, fail } from '@redthread/core/errors';
import type { SignInMethod } from '@redthread/core/audit';
import type { Proof, SecondStep } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import {
  SCOPES,
  type Authenticated,
  type Scope,
  type SessionStage,
  type WebSession,
} from '../../app/http/authenticated.js';
import { audit, auditRefusal, withContext, withNobody, type Nobody, type Store, type Trx } from '../../store/index.js';
import { passwordIsRight } from './password.js';
import {
  deleteSession,
  insertSession,
  markProven,
  setSessionPurpose,
  touchKey,
  touchSession,
  userByKey,
  userByLogin,
  userBySession,
  type FoundUser,
} from './queries.js';
import { noteSignedIn, providerOfSession } from './provider/queries.js';
import type { Relying } from './second-factors/passkeys.js';
import { isPasswordOf, prove, waysOf } from './second-factors/prove.js';
import { readRule } from './second-factors/queries.js';
import { API_KEY_PREFIX, hashSecret, newSecret } from './secrets.js';

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
  /** What the sign-in still waits for, and what it can be given; null: for nothing. */
  readonly next: SecondStep | null;
}

/** Where a sign-in comes from. */
export interface SignInMeta {
  readonly requestId: string;
  readonly address: string | null;
  /** What the browser calls itself. */
  readonly agent?: string | null;
}

/** So long a sign-in waits for its second factor. */
const PENDING_MINUTES = 10;

/** Errors: SIGN_IN_FAILED, the same for an unknown name and a wrong password; both are on record. */
export const signIn = async (
  store: Store,
  input: { readonly login: string; readonly password: string },
  meta: SignInMeta,
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
  const ctx = contextOf(user, meta.requestId);
  return withContext(store.app, ctx, (trx) =>
    begin(trx, store, ctx, user.display_name, { method: 'password', isEnough: false, provider: null, meta }),
  );
};

interface FirstStep {
  readonly method: 'password' | 'provider';
  /** Whether it already holds a second factor. */
  readonly isEnough: boolean;
  readonly provider: string | null;
  readonly meta: SignInMeta;
}

/** A session for somebody whose first step is done: whole, or waiting for what is missing. */
export const begin = async (
  trx: Trx,
  store: Store,
  ctx: Context,
  displayName: string,
  { method, isEnough, provider, meta }: FirstStep,
): Promise<SignedIn> => {
  const ways = await waysOf(trx, ctx.actor.userId);
  const next: SecondStep | null = isEnough
    ? null
    : !ways.includes('password')
      ? { stage: 'second-factor', ways }
      : (await readRule(trx))
        ? { stage: 'enrol', ways: [] }
        : null;
  if (next === null) await recordSignIn(trx, ctx, method, meta.address);
  // Who has done the first step and no more leaves no other trace.
  else
    await audit(trx, ctx, {
      type: 'sign-in-begin',
      object: { kind: 'user', id: ctx.actor.userId },
      detail: { waitsFor: next.stage, address: meta.address },
    });
  const opened = await openSession(trx, store, ctx, { stage: next?.stage ?? 'full', provider, meta });
  return { ...opened, next, authenticated: authenticatedBy(opened.session, ctx, displayName) };
};

/** The second step: what the password began ends in a session of another name. Errors: those of `prove`, on record; NOT_SIGNED_IN. */
export const finishSignIn = async (
  store: Store,
  { ctx, displayName }: Authenticated,
  { session, proof, relying, meta }: SecondProof,
): Promise<SignedIn> => {
  await proved(store, ctx, { session, proof, relying, meta });
  return withContext(store.app, ctx, async (trx) => {
    const first = (await providerOfSession(trx, session.id)) === null ? 'password' : 'provider';
    await recordSignIn(trx, ctx, proof.way === 'password' ? first : `${first} and ${proof.way}`, meta.address);
    return replaceSession(trx, store, { ctx, displayName }, session, meta);
  });
};

export interface SecondProof {
  readonly session: WebSession;
  readonly proof: Proof;
  readonly relying: () => Relying;
  readonly meta: SignInMeta;
}

/** A session that had to set up a second factor and has: from now on it is whole. Errors: NOT_SIGNED_IN. */
export const afterEnrolment = (
  store: Store,
  { ctx, displayName }: Authenticated,
  session: WebSession,
  meta: SignInMeta,
): Promise<SignedIn> =>
  withContext(store.app, ctx, async (trx) => {
    const first = (await providerOfSession(trx, session.id)) === null ? 'password' : 'provider';
    await recordSignIn(trx, ctx, first, meta.address);
    return replaceSession(trx, store, { ctx, displayName }, session, meta);
  });

/** Proves again who sits there, before what is hard to undo. Errors: those of `prove`, on record. */
export const proveAgain = async (store: Store, { ctx }: Authenticated, given: SecondProof): Promise<void> => {
  await proved(store, ctx, given);
  await withContext(store.app, ctx, async (trx) => {
    await markProven(trx, given.session.id);
    await audit(trx, ctx, {
      type: 'proof',
      object: { kind: 'user', id: ctx.actor.userId },
      detail: { way: given.proof.way },
    });
  });
};

const proved = async (store: Store, ctx: Context, { session, proof, relying, meta }: SecondProof): Promise<void> => {
  try {
    await prove(store, { ctx, sessionId: session.id, relying }, proof);
  } catch (error) {
    if (isRedthreadError(error))
      await auditRefusal(store.app, ctx, { code: error.code, attempted: `prove from ${meta.address ?? 'here'}` });
    throw error;
  }
};

const recordSignIn = (trx: Trx, ctx: Context, method: SignInMethod, address: string | null): Promise<void> =>
  audit(trx, ctx, { type: 'sign-in', object: { kind: 'user', id: ctx.actor.userId }, detail: { method, address } });

interface Opening {
  readonly stage: SessionStage;
  readonly provider: string | null;
  readonly meta: SignInMeta;
}

const openSession = async (trx: Trx, store: Store, ctx: Context, { stage, provider, meta }: Opening) => {
  const { secret, hash } = newSecret();
  const minutes = stage === 'full' ? store.config.session.hours * 60 : PENDING_MINUTES;
  const expiresAt = new Date(Date.now() + minutes * 60_000);
  const row = await insertSession(trx, {
    token_hash: hash,
    agency_id: ctx.actor.agencyId,
    user_id: ctx.actor.userId,
    expires_at: expiresAt,
    stage,
    provider_id: provider,
    address: meta.address,
    agent: meta.agent?.slice(0, 300) ?? null,
  });
  if (stage === 'full' && provider !== null) await noteSignedIn(trx, ctx.actor.userId, provider);
  return { token: secret, expiresAt, session: { id: row.id, tokenHash: hash, stage, provenAt: row.proven_at } };
};

const replaceSession = async (
  trx: Trx,
  store: Store,
  { ctx, displayName }: Pick<Authenticated, 'ctx' | 'displayName'>,
  old: WebSession,
  meta: SignInMeta,
): Promise<SignedIn> => {
  const provider = (await providerOfSession(trx, old.id))?.id ?? null;
  // Ended meanwhile by a new password, a reset, or its own person: then nothing comes of it.
  if (!(await deleteSession(trx, old.tokenHash))) throw fail('NOT_SIGNED_IN', 'this sign-in was ended meanwhile');
  const opened = await openSession(trx, store, ctx, { stage: 'full', provider, meta });
  return { ...opened, next: null, authenticated: authenticatedBy(opened.session, ctx, displayName) };
};

const authenticatedBy = (session: WebSession, ctx: Context, displayName: string): Authenticated => ({
  ctx,
  displayName,
  scopes: SCOPES,
  session,
  keyId: null,
});

/** That somebody at a command line is who they act as, by the password of that account. Errors: SIGN_IN_FAILED, on record. */
export const provePassword = async (store: Store, ctx: Context, password: string): Promise<void> => {
  if (await isPasswordOf(store, ctx, password)) return;
  await auditRefusal(store.app, ctx, { code: 'SIGN_IN_FAILED', attempted: 'confirm with a password' });
  throw fail('SIGN_IN_FAILED', 'name and password do not belong together');
};

export const signOut = (store: Store, { ctx, session }: Authenticated): Promise<void> =>
  withContext(store.app, ctx, async (trx) => {
    if (session !== null) await deleteSession(trx, session.tokenHash);
    await audit(trx, ctx, { type: 'sign-out', object: { kind: 'user', id: ctx.actor.userId }, detail: {} });
  });

/** Why the person is looking; asked once a session, and on record with every event after it. */
export const setPurpose = (store: Store, { ctx, session }: Authenticated, purpose: string): Promise<void> =>
  withContext(store.app, ctx, async (trx) => {
    if (session === null) throw fail('REQUEST_INVALID', 'a program gives the purpose with each reveal');
    await setSessionPurpose(trx, session.tokenHash, purpose);
  });

const SEEN_EVERY_MS = 60_000;

/** `isByItself`: what the page asked for without its person, which keeps no session alive. Null: there is none, or none any more. */
export const authenticateSession = async (
  store: Store,
  token: string,
  { requestId, isByItself }: { readonly requestId: string; readonly isByItself: boolean },
): Promise<Authenticated | null> => {
  const tokenHash = hashSecret(token);
  const user = await withNobody(store.app, (trx) =>
    userBySession(trx, tokenHash, store.config.session.idleMinutes * 60),
  );
  if (user === null) return null;
  const ctx = contextOf(user, requestId, user.purpose);
  if (!isByItself && Date.now() - user.seen_at.getTime() > SEEN_EVERY_MS)
    await withContext(store.app, ctx, (trx) => touchSession(trx, user.session_id));
  const { session_id: id, stage, proven_at: provenAt } = user;
  return authenticatedBy({ id, tokenHash, stage, provenAt }, ctx, user.display_name);
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
  return { ctx, displayName: user.display_name, scopes, session: null, keyId: user.key_id };
};
