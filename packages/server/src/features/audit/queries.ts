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
  readonly committed: string[] | null;
}

const EVENT = sql`e.uid as id, e.at, ${instantText('e.at')} as "exactAt", e.login, e.type, e.object_kind, e.object_id,
  e.purpose, e.request_id, e.detail`;

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

/** Where a page ended: below this number, and before that among those that wait this time and id; '' when none of them is left. */
type Key = [number: number, at: string, id: string];

export const readAudit = async (trx: Trx, filter: AuditFilter): Promise<Page<AuditEvent>> => {
  const after = readCursor<Key>(filter.cursor, ['number', 'string', 'string']);
  const where = conditions(filter);
  const top = after?.[0] ?? (await nextNumber(trx));
  const wanted = filter.limit + 1;
  const waiting = after !== null && after[1] === '' ? [] : await waitingRows(trx, where, after, wanted);
  const sealed = waiting.length === wanted ? [] : await sealedRows(trx, where, top, wanted - waiting.length);
  return toPage<EventRow, AuditEvent>(
    [...waiting, ...sealed],
    filter.limit,
    await total(trx, filter, where),
    (row) => (row.number === null ? [top, row.exactAt, row.id] : [row.number, '', '']),
    toEvent,
  );
};

const nextNumber = async (trx: Trx): Promise<number> => {
  const { rows } = await sql<{ next: number }>`
    select coalesce(max(number), 0) + 1 as next from audit_sealed where agency_id = app_agency()`.execute(trx);
  return rows[0]?.next ?? 1;
};

const waitingRows = async (
  trx: Trx,
  where: RawBuilder<unknown>,
  after: Key | null,
  limit: number,
): Promise<EventRow[]> => {
  const { rows } = await sql<EventRow>`
    select ${EVENT}, null as number, null as committed from audit_waiting w join audit_events e on e.uid = w.uid
    where ${where} and ${after === null ? sql`true` : sql`(e.at, e.uid) < (${after[1]}::timestamptz, ${after[2]}::uuid)`}
    order by e.at desc, e.uid desc limit ${limit}`.execute(trx);
  return rows;
};

const sealedRows = async (trx: Trx, where: RawBuilder<unknown>, below: number, limit: number): Promise<EventRow[]> => {
  const { rows } = await sql<EventRow>`
    select ${EVENT}, s.number, array(select jsonb_object_keys(s.commitments)) as committed
    from audit_sealed s join audit_events e on e.uid = s.event
    where s.agency_id = app_agency() and s.number < ${below} and ${where}
    order by s.number desc limit ${limit}`.execute(trx);
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
  return (row.committed ?? [])
    .filter((field) => field !== 'row')
    .filter((field) => (field.startsWith('detail.') ? row.detail[field.slice('detail.'.length)] : texts[field]) == null)
    .sort();
};
