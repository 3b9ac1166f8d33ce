// Who may stand as the second person. Two accounts are one person as far as the program can tell when one account of the
// operating system stands behind both: the one that a user is bound to, or the one at whose command line it was asked for.
import { fail, saying } from '@redthread/core/errors';
import type { Context } from '@redthread/core/domain';
import type { Trx } from '../../../store/index.js';
import { rolesMayDo, type Right } from '../../accounts/index.js';

/** From where somebody acts. */
export interface Origin {
  /** Account of the operating system at whose command line it is; null: a session of one's own, or a password was given. */
  readonly osAccount: string | null;
}

export const SESSION: Origin = { osAccount: null };

export interface Colleague {
  readonly id: string;
  readonly login: string;
  readonly displayName: string;
  readonly roles: readonly string[];
  readonly osAccount: string | null;
}

/** Users of the actor's agency that are not disabled. */
export const colleagues = async (trx: Trx, ctx: Context): Promise<Colleague[]> =>
  trx
    .selectFrom('users')
    .select(['id', 'login', 'display_name as displayName', 'roles', 'os_account as osAccount'])
    .where('agency_id', '=', ctx.actor.agencyId)
    .where('disabled_at', 'is', null)
    .orderBy('login')
    .execute();

const accountsOf = (colleague: Colleague | undefined, from: string | null): string[] =>
  [colleague?.osAccount ?? null, from].filter((account) => account !== null);

/** Errors: SECOND_PERSON_SAME. */
const requireTwo = (
  first: { readonly id: string; readonly accounts: readonly string[] },
  second: { readonly id: string; readonly accounts: readonly string[] },
): void => {
  if (first.id === second.id) throw fail('SECOND_PERSON_SAME', 'whoever asks does not confirm as well');
  const shared = first.accounts.find((account) => second.accounts.includes(account));
  if (shared !== undefined)
    throw fail('SECOND_PERSON_SAME', saying`the account ${shared} of the system stands behind both`);
};

/** The person who is named to confirm. Errors: SECOND_PERSON_INVALID, SECOND_PERSON_SAME. */
export const namedSecond = async (
  trx: Trx,
  ctx: Context,
  { login, right, origin }: { readonly login: string; readonly right: Right; readonly origin: Origin },
): Promise<Colleague> => {
  const everybody = await colleagues(trx, ctx);
  const second = everybody.find((one) => one.login === login);
  if (second === undefined) throw fail('SECOND_PERSON_INVALID', saying`${login} has no account in your agency`);
  const self = everybody.find(({ id }) => id === ctx.actor.userId);
  requireTwo(
    { id: ctx.actor.userId, accounts: accountsOf(self, origin.osAccount) },
    { id: second.id, accounts: accountsOf(second, null) },
  );
  if (!rolesMayDo(second.roles, right)) throw fail('SECOND_PERSON_INVALID', saying`${login} may not ${right}`);
  return second;
};

interface Asked {
  readonly requested_by: string;
  readonly requested_from: string | null;
  readonly second_user: string | null;
  readonly second_login: string | null;
}

/** Errors: SECOND_PERSON_SAME; SECOND_PERSON_INVALID when it waits for somebody else. */
export const requireSecond = async (trx: Trx, ctx: Context, asked: Asked, origin: Origin): Promise<void> => {
  const everybody = await colleagues(trx, ctx);
  const by = (wanted: string) => everybody.find(({ id }) => id === wanted);
  requireTwo(
    { id: asked.requested_by, accounts: accountsOf(by(asked.requested_by), asked.requested_from) },
    { id: ctx.actor.userId, accounts: accountsOf(by(ctx.actor.userId), origin.osAccount) },
  );
  if (asked.second_user !== null && asked.second_user !== ctx.actor.userId)
    throw fail('SECOND_PERSON_INVALID', saying`this request waits for ${asked.second_login ?? ''}`);
};
