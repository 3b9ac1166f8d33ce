// Keeps the result of a self-test and shows the last one: facts of this installation, by which an agency answers for its own work.
import type { SelfTest, StoredSelfTest } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { audit, withContext, type Store } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { insertSelfTest, readLastSelfTest } from './queries.js';

/** Adds the result and its event in one transaction; answers its id. Errors: FORBIDDEN. */
export const keepSelfTest = async (store: Store, ctx: Context, result: SelfTest): Promise<string> => {
  requireRight(ctx, 'keep self-tests');
  const { agencyId, login, userId } = ctx.actor;
  return withContext(store.app, ctx, async (trx) => {
    const id = await insertSelfTest(trx, { agency_id: agencyId, user_id: userId, login }, result);
    const { holds, pictures, seed } = result;
    await audit(trx, ctx, { type: 'self-test', object: { kind: 'self-test', id }, detail: { seed, pictures, holds } });
    return id;
  });
};

/** The last result that the viewer's agency kept. Errors: FORBIDDEN. */
export const lastSelfTest = async (store: Store, ctx: Context): Promise<StoredSelfTest | null> => {
  requireRight(ctx, 'read self-tests');
  return withContext(store.app, ctx, readLastSelfTest, { access: 'read only' });
};
