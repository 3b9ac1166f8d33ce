// Whether somebody is who the session says: a code, a passkey, a recovery code, or the password where there is nothing else. A wrong code is
// counted for the person, whatever address it comes from, so that six digits cannot be guessed.
import type { Proof, ProofWay } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying, type RedthreadError } from '@redthread/core/errors';
import { lockName, withContext, withNobody, type Store, type Trx } from '../../../store/index.js';
import { passwordIsRight } from '../password.js';
import { userByLogin } from '../queries.js';
import { waysHere } from '../provider/ways.js';
import { checkAnswer, type Relying } from './passkeys.js';
import {
  countFailure,
  factorsOf,
  forgetFailures,
  recoveryCodesLeft,
  takeChallenge,
  takeRecoveryCode,
  takeStep,
  usePasskey,
  type FactorRow,
} from './queries.js';
import { recoveryHash } from './recovery-codes.js';
import { checkCode } from './totp.js';

/** After each ten wrong codes without a right one codes rest, and each time twice as long: at forty an hour six digits would be found within a year. */
const MOST_FAILURES = 10;
const REST_SECONDS = 15 * 60;
const LONGEST_REST_SECONDS = 16 * 3_600;

/** One at a time goes on with what proves a person: of two that count at once each would count from the same. */
export const lockFactors = (trx: Trx, userId: string): Promise<void> => lockName(trx, `second factors of ${userId}`);

/** What a person can prove themselves with now; the password alone only where there is no second factor. */
export const waysOf = async (trx: Trx, userId: string): Promise<ProofWay[]> => {
  const kinds = new Set(confirmed(await factorsOf(trx, userId)).map(({ kind }) => kind));
  if (kinds.size === 0) return ['password'];
  const left = await recoveryCodesLeft(trx, userId);
  return [...kinds, ...(left > 0 ? (['recovery'] as const) : [])];
};

export const confirmed = (factors: readonly FactorRow[]): FactorRow[] =>
  factors.filter(({ confirmed_at }) => confirmed_at !== null);

/** Where a proof is given. */
export interface Prover {
  readonly ctx: Context;
  readonly sessionId: string;
  /** Asked for when a passkey is given. */
  relying(): Relying;
}

/**
 * Errors: CODE_WRONG, CODE_CLOCK_OFF, CODES_RESTING, PASSKEY_REFUSED, PASSKEY_ADDRESS, SIGN_IN_FAILED, KEY_MISSING where the store
 * has no master key to open the secret of an app with.
 */
export const prove = async (store: Store, prover: Prover, proof: Proof): Promise<void> => {
  const { ctx } = prover;
  const { userId } = ctx.actor;
  if (proof.way === 'password') return provePasswordAlone(store, prover, proof.password);
  if (proof.way === 'totp') return proveByCode(store, ctx, proof.code, confirmed, () => Promise.resolve());
  if (proof.way === 'recovery')
    return withContext(store.app, ctx, async (trx) => {
      if (!(await takeRecoveryCode(trx, userId, recoveryHash(userId, proof.code))))
        throw fail('CODE_WRONG', 'no recovery code like that is left');
    });
  const challenge = await useChallenge(store, ctx, prover.sessionId);
  await withContext(store.app, ctx, async (trx) => {
    const known = confirmed(await factorsOf(trx, userId));
    const { id, signCount } = await checkAnswer(prover.relying(), challenge, known, proof.response);
    await usePasskey(trx, id, signCount);
  });
};

/** What a passkey was asked to sign, once: it is used up whatever becomes of the answer, so in a transaction of its own. Errors: PASSKEY_REFUSED. */
export const useChallenge = async (store: Store, ctx: Context, sessionId: string): Promise<Buffer> => {
  const challenge = await withContext(store.app, ctx, (trx) => takeChallenge(trx, sessionId));
  if (challenge === null) throw fail('PASSKEY_REFUSED', 'nothing was asked of it, or it was answered already');
  return challenge;
};

/**
 * By a code of one of those apps that `which` picks; answers what `onRight` does in the same transaction.
 * Errors: CODE_WRONG, CODE_CLOCK_OFF, CODES_RESTING, those of `which` and `onRight`.
 */
export const proveByCode = async <T>(
  store: Store,
  ctx: Context,
  code: string,
  which: (factors: readonly FactorRow[]) => FactorRow[],
  onRight: (trx: Trx) => Promise<T>,
): Promise<T> => {
  const { userId } = ctx.actor;
  const said = await withContext(store.app, ctx, async (trx): Promise<{ right: T } | { refusal: RedthreadError }> => {
    await lockFactors(trx, userId);
    const apps = which(await factorsOf(trx, userId)).filter(({ kind }) => kind === 'totp');
    const restMs = Math.max(0, ...apps.map(restOf));
    if (restMs > 0) return { refusal: fail('CODES_RESTING', saying`again in ${Math.ceil(restMs / 60_000)} min`) };
    let minutes: number | null = null;
    for (const app of apps) {
      const found = checkCode(secretOf(store, app), code, app.last_step);
      if (found.state === 'right') {
        await takeStep(trx, app.id, found.step);
        await forgetFailures(trx, userId);
        return { right: await onRight(trx) };
      }
      if (found.state === 'clock-off') minutes = found.minutes;
    }
    // What was counted stays, so the refusal is thrown outside.
    await countFailure(trx, userId, { most: MOST_FAILURES, seconds: REST_SECONDS });
    return {
      refusal:
        minutes === null
          ? fail('CODE_WRONG', 'no app of this account shows it now')
          : fail('CODE_CLOCK_OFF', saying`it is ${minutes} minutes old`),
    };
  });
  if ('refusal' in said) throw said.refusal;
  return said.right;
};

/** So long codes of it still rest, in milliseconds; 0 and less: they do not. */
const restOf = ({ failures, failing_since }: FactorRow): number => {
  if (failures < MOST_FAILURES || failing_since === null) return 0;
  const seconds = Math.min(LONGEST_REST_SECONDS, REST_SECONDS * 2 ** (Math.floor(failures / MOST_FAILURES) - 1));
  return failing_since.getTime() + seconds * 1000 - Date.now();
};

const secretOf = (store: Store, { id, master_key_id, wrapped }: FactorRow): Buffer => {
  if (master_key_id === null || wrapped === null) throw fail('INTERNAL', 'an app without its secret');
  return store.keys.unwrap({ master_key_id, wrapped }, { purpose: 'second-factor', key: id });
};

const provePasswordAlone = async (store: Store, { ctx, sessionId }: Prover, password: string): Promise<void> => {
  const ways = await withContext(store.app, ctx, (trx) => waysHere(trx, ctx.actor.userId, sessionId));
  if (!ways.includes('password')) throw fail('SIGN_IN_FAILED', 'the password alone proves nothing here');
  if (!(await isPasswordOf(store, ctx, password))) throw fail('SIGN_IN_FAILED', 'the password is wrong');
};

/** Whether it is the password of whoever acts. */
export const isPasswordOf = async (store: Store, { actor }: Context, password: string): Promise<boolean> => {
  const user = await withNobody(store.app, (trx) => userByLogin(trx, actor.login));
  return passwordIsRight(user?.password_hash ?? null, password);
};
