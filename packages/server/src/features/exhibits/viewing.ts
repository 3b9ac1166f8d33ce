// Exhibits as a viewer sees them: custody, progress by stage, what failed and why.
import type { Exhibit, FailureRow } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import type { Page } from '../../app/http/paging.js';
import { withContext, type Store, type Trx } from '../../store/index.js';
import { requireScope } from '../funnel/index.js';
import { readExhibits, readFailures } from './queries.js';

/** Errors: NOT_FOUND for a case or an operation that does not exist or is not shared. */
export const listExhibits = (
  store: Store,
  ctx: Context,
  filter: { readonly case?: string | undefined; readonly operation?: string | undefined },
): Promise<Exhibit[]> =>
  withContext(store.app, ctx, async (trx) => {
    for (const kind of ['case', 'operation'] as const) {
      const id = filter[kind];
      if (id !== undefined) await requireScope(trx, { kind, id });
    }
    return readExhibits(trx, filter);
  });

/** Errors: NOT_FOUND. */
export const readExhibit = (store: Store, ctx: Context, id: string): Promise<Exhibit> =>
  withContext(store.app, ctx, (trx) => oneExhibit(trx, id));

const oneExhibit = async (trx: Trx, id: string): Promise<Exhibit> => {
  const [exhibit] = await readExhibits(trx, { id });
  if (exhibit === undefined) throw fail('NOT_FOUND', 'no such exhibit');
  return exhibit;
};

/** Errors: NOT_FOUND. */
export const listFailures = (
  store: Store,
  ctx: Context,
  id: string,
  page: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<FailureRow>> =>
  withContext(store.app, ctx, async (trx) => {
    await oneExhibit(trx, id);
    return readFailures(trx, id, page);
  });
