// Says until when an own list counts. One that counts no longer stays so: what came in since was not looked up in it.
import type { List } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { audit, withContext, type Store } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { requireWritable } from '../cases/index.js';
import { countingRow, listById } from './own-list.js';

/** Errors: FORBIDDEN, READ_ONLY, NOT_FOUND, LIST_EXPIRED, ARGUMENT_INVALID for a day that has passed. */
export const expireList = (store: Store, ctx: Context, id: string, on: Date): Promise<List> => {
  requireRight(ctx, 'import lists');
  requireWritable(store);
  requireToCome(on, 'on');
  return withContext(store.app, ctx, async (trx) => {
    const { name, version } = await countingRow(trx, ctx, id);
    await trx.updateTable('lists').set({ expires_at: on }).where('id', '=', id).execute();
    await audit(trx, ctx, {
      type: 'list-expire',
      object: { kind: 'list', id },
      detail: { name, version, on: on.toISOString() },
    });
    return listById(trx, name, id);
  });
};

/** Errors: ARGUMENT_INVALID. */
export const requireToCome = (day: Date, pointer: string): void => {
  if (day.getTime() <= Date.now())
    throw fail('ARGUMENT_INVALID', saying`${day.toISOString().slice(0, 10)} has passed: the list would never count`, {
      pointer,
    });
};
