// What a case tells other agencies, and is told: changed with a reason, on record.
import type { Case, ContactMode } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { audit, withContext, type Store } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { updateCase } from './queries.js';
import { ownCase } from './service.js';

/** Holds from the next day's contacts on: what was told stays told. Errors: FORBIDDEN, NOT_FOUND, CASE_ENDED, REQUEST_INVALID where it is so already. */
export const changeContactMode = (
  store: Store,
  ctx: Context,
  id: string,
  { mode, reason }: { readonly mode: ContactMode; readonly reason: string },
): Promise<Case> => {
  requireRight(ctx, 'open cases');
  return withContext(store.app, ctx, async (trx) => {
    const from = (await ownCase(trx, ctx, id)).own?.contactMode ?? 'open';
    if (from === mode) throw fail('REQUEST_INVALID', saying`the case is ${mode} already`, { pointer: '/mode' });
    if (!(await updateCase(trx, id, { contact_mode: mode }))) throw fail('NOT_FOUND', 'no such case');
    await audit(trx, ctx, { type: 'contact-mode', object: { kind: 'case', id }, detail: { from, to: mode, reason } });
    return ownCase(trx, ctx, id);
  });
};
