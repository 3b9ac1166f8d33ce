// A case as the command line names it.
import { fail } from '@redthread/core/errors';
import { withContext } from '../../store/index.js';
import type { LocalSession } from '../accounts/index.js';
import { caseByReference } from './queries.js';

/** Errors: CASE_UNKNOWN. */
export const namedCase = async (
  { store, ctx }: Pick<LocalSession<'app'>, 'store' | 'ctx'>,
  reference: string,
): Promise<string> => {
  const id = await withContext(store.app, ctx, (trx) => caseByReference(trx, reference));
  if (id === null) throw fail('CASE_UNKNOWN', reference);
  return id;
};
