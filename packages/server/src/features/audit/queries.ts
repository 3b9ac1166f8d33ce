// Reads the record of the viewer's agency, newest first: what waits for its seal, then by number. A page never tells how many
// events others wrote: an event has a random id, and a number of its own log.
import { sql, type RawBuilder } from 'kysely';
import type { AuditEvent } from '@redthread/core/contract';
import { readCursor, toPage, type Page } from '../../app/http/paging.js';
import { instantText, type Trx } from '../../store/index.js';

export interface AuditFilter {
  /** Only what this user did; null: everybody of the agency. */
  readonly userId: string | null;
  readonly type?: string | undefined;
  readonly object?: string | undefined;
  /** What the events are about, as a condition on `e`. */
  readonly about?: RawBuilder<unknown>;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

interface EventRow {
  readonly id: string;
  readonly number: number | null;
  readonly at: Date;
  readonly exactAt: string;
  readonly login: string | null;
  readonly type: string;
  readonly object_kind: string | null;
  readonly object_id: string | null;
  readonly purpose: string | null;
  readonly request_id: string;
  readonly detail: Record<string, unknown>;
  readonly committed: string[];
}

const EVENT = sql`e.uid as id, e.at, ${instantText('e.at')} as "exactAt", e.login, e.type, e.object_kind, e.object_id,
  e.purpose, e.request_id, e.detail`;

/** Names of the texts that a seal holds commitments to; `r` is the seal, whose number is null while the event waits. */
const COMMITTED = sql`array(select jsonb_object_keys(r.commitments)) as committed`;

const conditions = ({ about, object, type, userId }: AuditFilter): RawBuilder<unknown> =>
  sql.join(
    [
      sql`e.agency_id = app_agency()`,
      ...(userId === null ? [] : [sql`e.user_id = ${userId}::uuid`]),
      ...(type === undefined ? [] : [sql`e.type = ${type}`]),
      ...(object === undefined ? [] : [sql`e.object_id = ${object}`]),
      ...(about === undefined ? [] : [about]),
    ],
    sql` and `,
  );

/**
 * Where a page ended. Above all that had a number when the first page was made stand the recent ones, by time: those that wait, and
 * those that have got their number since. `at` and `id` are the last of them, '' when none is left; then numbers go down from `top`.
 */
type Key = [top: number, at: string, id: string];

export const readAudit = async (trx: Trx, filter: AuditFilter): Promise<Page<AuditEvent>> => {
  const after = readCursor<Key>(filter.cursor, ['number', 'string', 'string']);
  const where = conditions(filter);
  const top = after?.[0] ?? (await nextNumber(trx));
  const wanted = filter.limit + 1;
  const recent = after !== null && after[1] === '' ? [] : await recentRows(trx, where, top, after, wanted);
  const sealed = recent.length === wanted ? [] : await sealedRows(trx, where, top, wanted - recent.length);
  return toPage<EventRow, AuditEvent>(
    [...recent, ...sealed],
    filter.limit,
    await total(trx, filter, where),
    (row) => (row.number === null || row.number >= top ? [top, row.exactAt, row.id] : [row.number, '', '']),
    toEvent,
  );
};

const nextNumber = async (trx: Trx): Promise<number> => {
  const { rows } = await sql<{ next: number }>`
    select coalesce(max(number), 0) + 1 as next from audit_sealed where agency_id = app_agency()`.execute(trx);
  return rows[0]?.next ?? 1;
};

const recentRows = async (
  trx: Trx,
  where: RawBuilder<unknown>,
  top: number,
  after: Key | null,
  limit: number,
): Promise<EventRow[]> => {
  const { rows } = await sql<EventRow>`
    select ${EVENT}, r.number, ${COMMITTED} from (
      select uid, null::bigint as number, null::jsonb as commitments from audit_waiting where agency_id = app_agency()
      union all
      select event, number, commitments from audit_sealed where agency_id = app_agency() and number >= ${top}) r
    join audit_events e on e.uid = r.uid
    where ${where} and ${after === null ? sql`true` : sql`(e.at, e.uid) < (${after[1]}::timestamptz, ${after[2]}::uuid)`}
    order by e.at desc, e.uid desc limit ${limit}`.execute(trx);
  return rows;
};

const sealedRows = async (trx: Trx, where: RawBuilder<unknown>, below: number, limit: number): Promise<EventRow[]> => {
  const { rows } = await sql<EventRow>`
    select ${EVENT}, r.number, ${COMMITTED} from audit_sealed r join audit_events e on e.uid = r.event
    where r.agency_id = app_agency() and r.number < ${below} and ${where}
    order by r.number desc limit ${limit}`.execute(trx);
  return rows;
};

const total = async (trx: Trx, { about, object, type, userId }: AuditFilter, where: RawBuilder<unknown>) => {
  const isWhole = userId === null && about === undefined && object === undefined && type === undefined;
  const { rows } = await (
    isWhole
      ? sql<{ total: number }>`select
          (select coalesce(max(number), 0) from audit_sealed where agency_id = app_agency()) +
          (select count(*) from audit_waiting where agency_id = app_agency()) as total`
      : sql<{ total: number }>`select count(*) as total from audit_events e where ${where}`
  ).execute(trx);
  return rows[0]?.total ?? 0;
};

const toEvent = (row: EventRow): AuditEvent => ({
  id: row.id,
  number: row.number,
  at: row.at.toISOString(),
  login: row.login,
  type: row.type,
  objectKind: row.object_kind,
  objectId: row.object_id,
  purpose: row.purpose,
  requestId: row.request_id,
  detail: row.detail,
  erased: erasedOf(row),
});

const erasedOf = (row: EventRow): string[] => {
  const texts: Readonly<Record<string, unknown>> = { login: row.login, purpose: row.purpose, object: row.object_id };
  return row.committed
    .filter((field) => field !== 'row')
    .filter(
      (field) =>
        ((field.startsWith('detail.') ? row.detail[field.slice('detail.'.length)] : texts[field]) ?? null) === null,
    )
    .sort();
};
