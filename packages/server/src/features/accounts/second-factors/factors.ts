// Second factors of a person: what there is, adding an app or a passkey, taking one away, recovery codes; and what the agency demands.
import { randomUUID } from 'node:crypto';
import type { SecondFactors } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { audit, newKey, withContext, type Store, type Trx } from '../../../store/index.js';
import { requireRight } from '../access.js';
import { waysHere } from '../provider/ways.js';
import { endEnrolling } from '../queries.js';
import { checkRegistration, question, registration, type Relying } from './passkeys.js';
import { confirmed, lockFactors, proveByCode, useChallenge, waysOf } from './prove.js';
import {
  deleteFactor,
  factorsOf,
  insertPasskey,
  insertTotp,
  readRule,
  recoveryCodesLeft,
  replaceRecoveryCodes,
  resetFactors,
  setChallenge,
  writeRule,
  type FactorRow,
} from './queries.js';
import { newRecoveryCodes, recoveryHash } from './recovery-codes.js';
import { secretWords } from './totp.js';

export const listFactors = (store: Store, ctx: Context, sessionId: string | null): Promise<SecondFactors> =>
  withContext(store.app, ctx, async (trx) => ({
    items: confirmed(await factorsOf(trx, ctx.actor.userId)).map(({ id, kind, name, created_at, used_at }) => ({
      id,
      kind,
      name,
      createdAt: created_at.toISOString(),
      usedAt: used_at?.toISOString() ?? null,
    })),
    recoveryCodesLeft: await recoveryCodesLeft(trx, ctx.actor.userId),
    demanded: await readRule(trx),
    ways: await (sessionId === null ? waysOf(trx, ctx.actor.userId) : waysHere(trx, ctx.actor.userId, sessionId)),
  }));

export interface BegunTotp {
  readonly id: string;
  readonly secret: string;
  readonly address: string;
}

/** The secret is shown this once; it counts when a code of it was given. Errors: KEY_MISSING and its like. */
export const beginTotp = async (store: Store, ctx: Context, name: string): Promise<BegunTotp> => {
  const [id, key] = [randomUUID(), newKey()];
  const sealed = store.keys.wrap(key, { purpose: 'second-factor', key: id });
  await withContext(store.app, ctx, (trx) =>
    insertTotp(trx, { id, agency_id: ctx.actor.agencyId, user_id: ctx.actor.userId, name, ...sealed }),
  );
  return { id, ...secretWords(key, ctx.actor.login) };
};

/** The recovery codes that came with a first factor; null: those that were given before stay. */
export type Added = readonly string[] | null;

/** Errors: NOT_FOUND, CODE_WRONG, CODE_CLOCK_OFF, CODES_RESTING, NOT_SIGNED_IN. */
export const confirmTotp = (
  store: Store,
  ctx: Context,
  sessionId: string,
  { id, code }: { readonly id: string; readonly code: string },
): Promise<Added> => {
  const waiting = (factors: readonly FactorRow[]): FactorRow[] => {
    const found = factors.find((factor) => factor.id === id);
    if (found === undefined || found.confirmed_at !== null)
      throw fail('NOT_FOUND', 'no such app waits for its first code');
    return [found];
  };
  return proveByCode(store, ctx, code, waiting, (trx) => added(trx, ctx, sessionId, 'totp'));
};

/** What the browser is asked for. Errors: PASSKEY_ADDRESS. */
export const beginPasskey = async (
  store: Store,
  ctx: Context,
  { sessionId, relying, displayName }: { sessionId: string; relying: Relying; displayName: string },
): Promise<Record<string, unknown>> => {
  const { userId, login } = ctx.actor;
  return withContext(store.app, ctx, async (trx) => {
    const known = confirmed(await factorsOf(trx, userId));
    const { options, challenge } = await registration(relying, { id: userId, login, displayName }, known);
    await setChallenge(trx, sessionId, challenge);
    return options;
  });
};

/** Errors: PASSKEY_REFUSED, NOT_SIGNED_IN. */
export const addPasskey = async (
  store: Store,
  ctx: Context,
  { sessionId, relying }: { readonly sessionId: string; readonly relying: Relying },
  { name, response }: { readonly name: string; readonly response: Readonly<Record<string, unknown>> },
): Promise<Added> => {
  const challenge = await useChallenge(store, ctx, sessionId);
  const passkey = await checkRegistration(relying, challenge, response);
  return withContext(store.app, ctx, async (trx) => {
    await lockFactors(trx, ctx.actor.userId);
    const { agencyId: agency_id, userId: user_id } = ctx.actor;
    if (!(await insertPasskey(trx, { agency_id, user_id, name, ...passkey })))
      throw fail('PASSKEY_REFUSED', 'this passkey is known already');
    return added(trx, ctx, sessionId, 'passkey');
  });
};

const added = async (trx: Trx, ctx: Context, sessionId: string, what: 'totp' | 'passkey'): Promise<Added> => {
  const { userId, login } = ctx.actor;
  if (!(await endEnrolling(trx, userId, sessionId))) throw fail('NOT_SIGNED_IN', 'this session was ended meanwhile');
  await audit(trx, ctx, {
    type: 'user-change',
    object: { kind: 'user', id: userId },
    detail: { login, changed: ['second factor added', what] },
  });
  return (await recoveryCodesLeft(trx, userId)) > 0 ? null : renewCodes(trx, ctx);
};

const renewCodes = async (trx: Trx, ctx: Context): Promise<string[]> => {
  const { agencyId: agency_id, userId: user_id, login } = ctx.actor;
  const codes = newRecoveryCodes();
  await replaceRecoveryCodes(
    trx,
    { agency_id, user_id },
    codes.map((code) => recoveryHash(user_id, code)),
  );
  await audit(trx, ctx, {
    type: 'user-change',
    object: { kind: 'user', id: user_id },
    detail: { login, changed: ['recovery codes'] },
  });
  return codes;
};

/** New ones in place of all earlier ones. Errors: NOT_FOUND without a second factor. */
export const renewRecoveryCodes = (store: Store, ctx: Context): Promise<string[]> =>
  withContext(store.app, ctx, async (trx) => {
    if (confirmed(await factorsOf(trx, ctx.actor.userId)).length === 0)
      throw fail('NOT_FOUND', 'recovery codes stand in for a second factor, and there is none');
    return renewCodes(trx, ctx);
  });

/** The recovery codes go with the last one. Errors: NOT_FOUND, LAST_SECOND_FACTOR. */
export const removeFactor = (store: Store, ctx: Context, id: string): Promise<void> =>
  withContext(store.app, ctx, async (trx) => {
    const { agencyId: agency_id, userId: user_id, login } = ctx.actor;
    // Two that are taken away at once would otherwise each leave the other for the last.
    await lockFactors(trx, user_id);
    const factors = await factorsOf(trx, user_id);
    const found = factors.find((factor) => factor.id === id);
    if (found === undefined) throw fail('NOT_FOUND', 'no such second factor');
    const counted = confirmed(factors);
    if (counted.length === 1 && counted[0] === found) {
      if (await readRule(trx)) throw fail('LAST_SECOND_FACTOR', found.name);
      await replaceRecoveryCodes(trx, { agency_id, user_id }, []);
    }
    await deleteFactor(trx, user_id, id);
    await audit(trx, ctx, {
      type: 'user-change',
      object: { kind: 'user', id: user_id },
      detail: { login, changed: ['second factor removed', found.kind] },
    });
  });

/** What a browser is asked to sign. Errors: NOT_FOUND without a passkey, PASSKEY_ADDRESS. */
export const askPasskey = (
  store: Store,
  ctx: Context,
  { sessionId, relying }: { readonly sessionId: string; readonly relying: Relying },
): Promise<Record<string, unknown>> =>
  withContext(store.app, ctx, async (trx) => {
    const known = confirmed(await factorsOf(trx, ctx.actor.userId)).filter(({ kind }) => kind === 'passkey');
    if (known.length === 0) throw fail('NOT_FOUND', 'this account has no passkey');
    const { options, challenge } = await question(relying, known);
    await setChallenge(trx, sessionId, challenge);
    return options;
  });

/** Takes all that proves a colleague away, and ends their sessions and API keys, how many of which it answers: for a telephone that was lost. Errors: FORBIDDEN, USER_UNKNOWN. */
export const resetSecondFactors = async (store: Store, ctx: Context, login: string): Promise<number> => {
  requireRight(ctx, 'manage users');
  return withContext(store.app, ctx, async (trx) => {
    const reset = await resetFactors(trx, login);
    if (reset === null) throw fail('USER_UNKNOWN', login);
    await audit(trx, ctx, {
      type: 'user-change',
      object: { kind: 'user', id: reset.id },
      detail: { login, changed: ['second factors reset', ...(reset.keys > 0 ? ['API keys ended'] : [])] },
    });
    return reset.keys;
  });
};

/** What the agency demands of its people from their next sign-in on. Errors: FORBIDDEN. */
export const setSignInRule = async (store: Store, ctx: Context, secondFactor: boolean): Promise<void> => {
  requireRight(ctx, 'manage users');
  const { agencyId: agency_id, userId: set_by, login: set_login } = ctx.actor;
  await withContext(store.app, ctx, async (trx) => {
    await writeRule(trx, { agency_id, second_factor: secondFactor, set_by, set_login });
    await audit(trx, ctx, {
      type: 'sign-in-rule',
      object: { kind: 'agency', id: agency_id },
      detail: { secondFactor },
    });
  });
};

export const readSignInRule = (store: Store, ctx: Context): Promise<boolean> =>
  withContext(store.app, ctx, (trx) => readRule(trx));
