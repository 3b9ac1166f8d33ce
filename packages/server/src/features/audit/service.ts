// The audit record: an agency's auditors and administrators read all of it, everybody else what they did themselves.
import type { AuditEvent } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import type { Page } from '../../app/http/paging.js';
import { withContext, type Store } from '../../store/index.js';
import { mayDo } from '../accounts/index.js';
import { readAudit, type AuditFilter } from './queries.js';

export const listAudit = (
  store: Store,
  ctx: Context,
  filter: Omit<AuditFilter, 'userId' | 'about'>,
): Promise<Page<AuditEvent>> => {
  const userId = mayDo(ctx, "read the agency's audit record") ? null : ctx.actor.userId;
  return withContext(store.app, ctx, (trx) => readAudit(trx, { ...filter, userId }), { access: 'read only' });
};
