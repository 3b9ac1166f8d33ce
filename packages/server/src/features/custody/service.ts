// The custody of an exhibit or a case, for whoever may see it.
import type { CustodyEntry } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { withContext, type Store, type Trx } from '../../store/index.js';
import { readCustody } from './queries.js';

const isVisible = async (trx: Trx, table: 'exhibits' | 'cases', id: string): Promise<boolean> =>
  (await trx.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst()) !== undefined;

/**
 * Entries of an exhibit, oldest first; of one that is withdrawn or gone only for whoever answers for custody. A partner who
 * sees a shared exhibit sees none: who did what is the agency's own. Errors: NOT_FOUND.
 */
export const listCustody = (
  store: Store,
  ctx: Context,
  which: { readonly exhibitId: string } | { readonly caseId: string },
): Promise<CustodyEntry[]> =>
  withContext(store.app, ctx, async (trx) => {
    const entries = await readCustody(trx, which);
    const known =
      entries.length > 0 ||
      ('exhibitId' in which
        ? await isVisible(trx, 'exhibits', which.exhibitId)
        : await isVisible(trx, 'cases', which.caseId));
    if (!known) throw fail('NOT_FOUND', 'exhibitId' in which ? 'no such exhibit' : 'no such case');
    return entries;
  });
