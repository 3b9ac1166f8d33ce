// Withdraws a list: from now on it says nothing about anything. It stays, with its entries, for whatever was decided by it.
import { sql } from 'kysely';
import type { List } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { audit, withContext, type Store } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { requireWritable } from '../cases/index.js';
import { countingRow, listById } from './own-list.js';

export interface ListWithdrawal {
  /** Why, in words; stands in the record. */
  readonly reason: string;
}

/** A list of the actor's own agency. Errors: FORBIDDEN, READ_ONLY, NOT_FOUND, LIST_EXPIRED. */
export const withdrawList = (store: Store, ctx: Context, id: string, { reason }: ListWithdrawal): Promise<List> => {
  requireRight(ctx, 'import lists');
  requireWritable(store);
  return withContext(store.app, ctx, async (trx) => {
    const { name, version } = await countingRow(trx, ctx, id);
    await trx
      .updateTable('lists')
      .set({ expires_at: sql<Date>`now()` })
      .where('id', '=', id)
      .execute();
    await audit(trx, ctx, {
      type: 'list-withdraw',
      object: { kind: 'list', id },
      detail: { name, version, reason },
    });
    return listById(trx, name, id);
  });
};
