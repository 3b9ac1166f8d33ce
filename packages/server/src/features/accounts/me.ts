// What the signed-in person is told about themselves and about the state of the instance.
import { Role, type Me } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import type { Authenticated } from '../../app/http/authenticated.js';
import { readSetting, withContext, type Store } from '../../store/index.js';
import { ownAgency, ownReachableAt } from './queries.js';

/** The key that is asked for when the store is read-only, else null. */
export const readOnlyState = (store: Store): { keyId: string } | null => {
  const { state } = store.keys;
  return state.kind === 'ready' ? null : { keyId: state.expectedKeyId ?? 'none yet' };
};

export const readMe = (store: Store, { ctx, displayName }: Authenticated): Promise<Me> =>
  withContext(store.app, ctx, async (trx) => ({
    id: ctx.actor.userId,
    login: ctx.actor.login,
    displayName,
    agency: await ownAgency(trx, ctx.actor.agencyId),
    roles: ctx.actor.roles.flatMap((role) => Role.safeParse(role).data ?? []),
    operator: ctx.actor.isOperator === true,
    reachableAt: await ownReachableAt(trx, ctx.actor.userId),
    purpose: ctx.purpose,
    demo: (await readSetting(trx, 'instance'))?.kind === 'demo',
    readOnly: readOnlyState(store),
  }));

/** Errors: FORBIDDEN for the name of any other agency, whether or not there is one. */
export const requireOwnAgency = async (store: Store, ctx: Context, name: string): Promise<void> => {
  const own = await withContext(store.app, ctx, (trx) => ownAgency(trx, ctx.actor.agencyId));
  if (own.name !== name)
    throw fail('FORBIDDEN', saying`users are added by an administrator of their own agency, which is ${own.name} here`);
};
