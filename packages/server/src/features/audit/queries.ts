// Reads the record of the viewer's agency, newest first.
import type { AuditEvent } from '@redthread/core/contract';
import { readCursor, toPage, type Page } from '../../app/http/paging.js';
import type { Trx } from '../../store/index.js';

export interface AuditFilter {
  /** Only what this user did; null: everybody of the agency. */
  readonly userId: string | null;
  readonly type?: string | undefined;
  readonly object?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export const readAudit = async (trx: Trx, filter: AuditFilter): Promise<Page<AuditEvent>> => {
  const after = readCursor<[number]>(filter.cursor, ['number']);
  let events = trx.selectFrom('audit_events');
  if (filter.userId !== null) events = events.where('user_id', '=', filter.userId);
  if (filter.type !== undefined) events = events.where('type', '=', filter.type);
  if (filter.object !== undefined) events = events.where('object_id', '=', filter.object);
  const { total } = await events.select((e) => e.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  if (after !== null) events = events.where('id', '<', after[0]);
  const rows = await events
    .selectAll()
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute();
  return toPage(
    rows,
    filter.limit,
    total,
    (row) => [row.id],
    (row) => ({
      id: row.id,
      at: row.at.toISOString(),
      login: row.login,
      type: row.type,
      objectKind: row.object_kind,
      objectId: row.object_id,
      purpose: row.purpose,
      requestId: row.request_id,
      detail: row.detail as Record<string, unknown>,
    }),
  );
};
