// Reads what reports say, as the viewer sees the files of the exhibit.
import { sql } from 'kysely';
import type { PhoneReport, ReportBytes, PhoneReportFile, PhoneReportPerson } from '@redthread/core/contract';
import type { ReportPersonKind, ReportState } from '@redthread/core/chats';
import { readCursor, toPage, type Page } from '../../app/http/paging.js';
import type { Trx } from '../../store/index.js';

const MOST_FACTS = 500;

interface Paged {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

interface ReportRow extends Omit<PhoneReport, 'readAt' | 'error'> {
  readonly readAt: Date | null;
  readonly errorCode: string | null;
  readonly errorDetail: string | null;
}

/** By path. The file that holds a report is the archive that it lies in: of the exhibit, or the exhibit itself. */
export const readReports = async (trx: Trx, exhibitId: string): Promise<PhoneReport[]> => {
  const { rows } = await sql<ReportRow>`
    select x.id as "exportId", x.path, x.format, x.state, x.error_code as "errorCode", x.error_detail as "errorDetail", x.read_at as "readAt", x.notes,
      case when r.container is not null then (select json_build_object('path', h.path, 'sha256', encode(m.sha256, 'hex'), 'bytes', m.size_bytes)
          from occurrences h join media m on m.id = h.media_id where h.exhibit_id = x.exhibit_id and md5(h.path) = md5(r.container) and h.path = r.container)
        when e.container_sha256 is not null and not r.inside then json_build_object('path', e.reference, 'sha256', encode(e.container_sha256, 'hex'),
          'bytes', e.container_size_bytes) end as container,
      coalesce((select json_agg(json_build_object('section', f.section, 'name', f.name, 'value', f.value) order by f.number)
        from report_facts f where f.export_id = x.id and f.number < ${MOST_FACTS}), '[]') as facts,
      (select count(*)::int from chats c where c.export_id = x.id) as chats,
      json_build_object('contact', p.contact, 'account', p.account, 'reported', p.reported, 'reporter', p.reporter) as people,
      json_build_object('own', n.own, 'shared', n.shared, 'absent', n.absent, 'deleted', n.deleted, 'differing', n.differing) as files
    from chat_exports x join exhibits e on e.id = x.exhibit_id
      cross join lateral (select max(o.container) as container, bool_or(o.container is not null) as inside
        from occurrences o where o.exhibit_id = x.exhibit_id and md5(o.path) = md5(x.path) and o.path = x.path) r
      cross join lateral (select count(*) filter (where kind = 'contact')::int as contact, count(*) filter (where kind = 'account')::int as account,
          count(*) filter (where kind = 'reported')::int as reported, count(*) filter (where kind = 'reporter')::int as reporter
        from report_people where export_id = x.id) p
      cross join lateral (select count(*) filter (where bytes = 'own')::int as own, count(*) filter (where bytes = 'shared')::int as shared,
          count(*) filter (where bytes = 'absent')::int as absent, count(*) filter (where state in ('deleted', 'trash'))::int as deleted,
          count(*) filter (where agrees = false)::int as differing
        from report_files where export_id = x.id) n
    where x.exhibit_id = ${exhibitId}::uuid and x.format in ('ufdr', 'cybertip')
    order by x.path, x.id`.execute(trx);
  return rows.map(({ errorCode, errorDetail, readAt, ...row }) => ({
    ...row,
    error: errorCode === null ? null : { code: errorCode, detail: errorDetail ?? '' },
    readAt: readAt?.toISOString() ?? null,
  }));
};

export const readPeople = async (
  trx: Trx,
  exhibitId: string,
  { kind, cursor, limit }: Paged & { readonly kind?: ReportPersonKind | undefined },
): Promise<Page<PhoneReportPerson>> => {
  const after = readCursor<[string, number]>(cursor, ['string', 'number']);
  const { rows } = await sql<PhoneReportPerson & { total: number }>`
    with chosen as (select p.* from report_people p where p.exhibit_id = ${exhibitId}::uuid and ${kind === undefined ? sql`true` : sql`p.kind = ${kind}`})
    select p.export_id as "exportId", p.number, p.kind, p.app, p.name, p.state, (select count(*) from chosen) as total,
      coalesce((select json_agg(json_build_object('kind', n.kind, 'value', n.value, 'category', n.category, 'time', case when n.time_text is not null then
          json_build_object('text', n.time_text, 'instant', to_char(n.at_instant at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) end) order by n.ordinal)
        from report_entries n where n.export_id = p.export_id and n.number = p.number), '[]') as entries
    from chosen p where ${after === null ? sql`true` : sql`(p.export_id, p.number) > (${after[0]}::uuid, ${after[1]})`}
    order by p.export_id, p.number limit ${limit + 1}`.execute(trx);
  return toPage(
    rows,
    limit,
    rows[0]?.total ?? 0,
    (row) => [row.exportId, row.number],
    ({ total: _, ...row }) => row,
  );
};

export const readFiles = async (
  trx: Trx,
  exhibitId: string,
  {
    bytes,
    state,
    cursor,
    limit,
  }: Paged & { readonly bytes?: ReportBytes | undefined; readonly state?: ReportState | undefined },
): Promise<Page<PhoneReportFile>> => {
  const after = readCursor<[string, number]>(cursor, ['string', 'number']);
  const { rows } = await sql<PhoneReportFile & { total: number }>`
    with chosen as (select f.* from report_files f where f.exhibit_id = ${exhibitId}::uuid and f.bytes is not null
      and ${bytes === undefined ? sql`true` : sql`f.bytes = ${bytes}`} and ${state === undefined ? sql`true` : sql`f.state = ${state}`})
    select f.export_id as "exportId", f.number, f.path, f.state, f.bytes, f.agrees, f.tags, f.provider, f.occurrence_path as "occurrencePath",
      (select o.media_id from occurrences o where o.exhibit_id = f.exhibit_id and md5(o.path) = md5(f.occurrence_path) and o.path = f.occurrence_path) as "mediaId",
      f.size_bytes as "sizeBytes", encode(f.sha256, 'hex') as sha256, encode(f.md5, 'hex') as md5, f.times, (select count(*) from chosen) as total
    from chosen f where ${after === null ? sql`true` : sql`(f.export_id, f.number) > (${after[0]}::uuid, ${after[1]})`}
    order by f.export_id, f.number limit ${limit + 1}`.execute(trx);
  return toPage(
    rows,
    limit,
    rows[0]?.total ?? 0,
    (row) => [row.exportId, row.number],
    ({ total: _, ...row }) => row,
  );
};
