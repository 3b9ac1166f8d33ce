// Lists of hashes that are here. What is known is a join, so a new list answers for everything that is stored already.
import { sql } from 'kysely';
import type { List } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { withContext, type Store, type Trx } from '../../store/index.js';
import { readLists, versionCounts } from './queries.js';

/** The newest version of a list of the actor's own agency. Errors: NOT_FOUND. */
export const listByName = async (trx: Trx, name: string): Promise<string> => {
  const row = await trx
    .selectFrom('lists')
    .select('id')
    .where('name', '=', name)
    .where('agency_id', '=', sql<string>`app_agency()`)
    .orderBy('created_at', 'desc')
    .executeTakeFirst();
  if (row === undefined) throw fail('NOT_FOUND', saying`list ${name}: see redthread list list`);
  return row.id;
};

export const listLists = (store: Store, ctx: Context): Promise<List[]> =>
  withContext(store.app, ctx, (trx) => readLists(trx, null));

/** All versions of a list. Errors: NOT_FOUND. */
export const showList = async (store: Store, ctx: Context, name: string): Promise<List[]> => {
  const lists = await withContext(store.app, ctx, (trx) => readLists(trx, name));
  if (lists.length === 0) throw fail('NOT_FOUND', saying`list ${name}: see redthread list list`);
  return lists;
};

/** Whether an own version counts, beside whatever others do. */
export const stillCounts = (store: Store, ctx: Context, name: string, version: string): Promise<boolean> =>
  withContext(store.app, ctx, (trx) => versionCounts(trx, name, version), { access: 'read only' });
