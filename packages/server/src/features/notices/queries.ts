// Reads notices of the viewer, and marks them as read by them.
import { sql } from 'kysely';
import type { Notice } from '@redthread/core/contract';
import { readCursor, toPage, type Page } from '../../app/http/paging.js';
import type { Trx } from '../../store/index.js';

interface NoticeRow {
  readonly id: string;
  readonly kind: Notice['kind'];
  readonly object_kind: string;
  readonly object_id: string;
  readonly detail: Notice['detail'];
  readonly created_at: Date;
  /** As text: a Date has no microseconds, and a cursor must not skip what came within one millisecond. */
  readonly at: string;
  readonly read_at: Date | null;
  readonly total: number;
}

const READ = sql`left join notice_reads r on r.notice_id = n.id and r.user_id = app_user()`;

export interface NoticeFilter {
  readonly unread: boolean;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Newest first. */
export const readNotices = async (trx: Trx, { unread, cursor, limit }: NoticeFilter): Promise<Page<Notice>> => {
  const after = readCursor<[string, string]>(cursor, ['string', 'string']);
  const { rows } = await sql<NoticeRow>`
    select * from (
      select n.id, n.kind, n.object_kind, n.object_id, n.detail, n.created_at, n.created_at::text as at, r.read_at,
        count(*) over () as total
      from notices n ${READ}
      where ${unread ? sql`r.read_at is null` : sql`true`}) n
    where ${after === null ? sql`true` : sql`(n.created_at, n.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`}
    order by n.created_at desc, n.id desc limit ${limit + 1}`.execute(trx);
  return toPage(
    rows,
    limit,
    rows[0]?.total ?? 0,
    (row) => [row.at, row.id],
    (row) => ({
      id: row.id,
      kind: row.kind,
      object: { kind: row.object_kind, id: row.object_id },
      detail: row.detail,
      createdAt: row.created_at.toISOString(),
      readAt: row.read_at?.toISOString() ?? null,
    }),
  );
};

export const countUnread = async (trx: Trx): Promise<number> => {
  const { rows } = await sql<{
    n: number;
  }>`select count(*) as n from notices n ${READ} where r.read_at is null`.execute(trx);
  return rows[0]?.n ?? 0;
};

/** Marks one (false: there is none) or, with null, all that are unread. */
export const markRead = async (trx: Trx, id: string | null): Promise<boolean> => {
  const which = id === null ? sql`true` : sql`n.id = ${id}::uuid`;
  await sql`insert into notice_reads (notice_id, agency_id, user_id)
    select n.id, n.agency_id, app_user() from notices n ${READ} where r.read_at is null and ${which}
    on conflict do nothing`.execute(trx);
  if (id === null) return true;
  const { rows } = await sql`select from notices where id = ${id}::uuid`.execute(trx);
  return rows.length > 0;
};
