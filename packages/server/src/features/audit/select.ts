// What of the record a command is about: everything, one media, one case.
import type { Context } from '@redthread/core/domain';
import { Id } from '@redthread/core/contract';
import { fail, saying } from '@redthread/core/errors';
import { withContext, type Store } from '../../store/index.js';
import { caseByReference } from '../cases/index.js';
import type { HistoryOf } from './history.js';

export interface ItemOptions {
  readonly media?: string | undefined;
  readonly case?: string | undefined;
}

/** Null: no item is named. Errors: ARGUMENT_INVALID, CASE_UNKNOWN. */
export const itemOf = async (
  store: Store,
  ctx: Context,
  { case: reference, media }: ItemOptions,
): Promise<HistoryOf | null> => {
  if (media !== undefined && reference !== undefined)
    throw fail('ARGUMENT_INVALID', '--media or --case, not both', { pointer: 'media' });
  if (media !== undefined) {
    if (!Id.safeParse(media).success)
      throw fail('ARGUMENT_INVALID', saying`${media}: a media id`, { pointer: 'media' });
    return { media };
  }
  if (reference === undefined) return null;
  const id = await withContext(store.app, ctx, (trx) => caseByReference(trx, reference));
  if (id === null) throw fail('CASE_UNKNOWN', reference);
  return { case: id };
};
