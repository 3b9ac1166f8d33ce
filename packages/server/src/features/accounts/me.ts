// What the signed-in person is told about themselves and about the state of the instance.
import { Role, type Me } from '@redthread/core/contract';
import type { Authenticated } from '../../app/http/authenticated.js';
import { readSetting, withContext, type Store } from '../../store/index.js';
import { ownAgency } from './queries.js';

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
    purpose: ctx.purpose,
    demo: (await readSetting(trx, 'instance'))?.kind === 'demo',
    readOnly: readOnlyState(store),
  }));
