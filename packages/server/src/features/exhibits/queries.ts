// Reads exhibits with the progress of each stage, counted from the work that is stored: exact, and the same after a crash.
import { sql } from 'kysely';
import { WORK_STAGES, type Exhibit, type FailureRow, type StageProgress } from '@redthread/core/contract';
import { readCursor, toPage, type Page } from '../../app/http/paging.js';
import type { Trx } from '../../store/index.js';
import { stageCounts, type StageCounts } from './stage-counts.js';

interface ExhibitRow {
  readonly id: string;
  readonly reference: string;
  readonly case_id: string;
  readonly case_reference: string;
  readonly agency: Exhibit['agency'];
  readonly kind: Exhibit['kind'];
  readonly source_path: string;
  readonly in_place: boolean;
  readonly handling: string | null;
  readonly container_sha256: Buffer | null;
  readonly container_size_bytes: number | null;
  readonly images: Exhibit['images'];
  readonly state: Exhibit['state'];
  readonly files_seen: number;
  readonly bytes_seen: number;
  readonly files_total: number | null;
  readonly unreadable: number;
  readonly not_viewed: number;
  readonly stages: readonly StageCounts[];
  readonly error_code: string | null;
  readonly error_detail: string | null;
  readonly created_at: Date;
  readonly created_by: string | null;
  readonly walk_finished_at: Date | null;
  readonly completed_at: Date | null;
  readonly last_checked_at: Date | null;
}

export interface ExhibitFilter {
  readonly id?: string | undefined;
  readonly case?: string | undefined;
  readonly operation?: string | undefined;
}

const STAGES_OF_WORK = sql`coalesce((select json_agg(w) from (${stageCounts(sql`e.id`)}) w), '[]')`;

/**
 * Work belongs to the exhibit that first brought a content. To whom something of the agency is hidden, its count would tell how much
 * of an exhibit lies in a case that they do not see: they get what is decoded of the exhibit's own media.
 */
const DECODED_MEDIA = sql`(select json_build_array(json_build_object('stage', 'decode', 'done', count(*) filter (where m.state <> 'pending'),
        'total', count(*), 'failed', count(*) filter (where m.state in ('failed', 'quarantined'))))
      from media m where m.id in (select o.media_id from occurrences o where o.exhibit_id = e.id)
        and not (m.state = 'pending' and media_closed(m.id)))`;

/** In the order in which they were registered. */
export const readExhibits = async (trx: Trx, { id, case: caseId, operation }: ExhibitFilter): Promise<Exhibit[]> => {
  const result = await sql<ExhibitRow>`
    select e.id, e.reference, e.case_id, c.reference as case_reference,
      json_build_object('id', a.id, 'name', a.name, 'country', a.country) as agency,
      e.kind, case when e.agency_id = app_agency() then e.source_path else '' end as source_path, e.in_place_root is not null as in_place, e.handling, e.container_sha256, e.container_size_bytes, e.images, e.state,
      e.files_seen, e.bytes_seen, e.files_total, e.error_code, e.error_detail, e.created_at,
      (select u.display_name from users u where u.id = e.created_by) as created_by, e.walk_finished_at, e.completed_at,
      e.last_checked_at,
      (select count(*) from occurrences o where o.exhibit_id = e.id and o.media_id is null) as unreadable,
      (select count(*) from occurrences o where o.exhibit_id = e.id and o.provider_viewed = false) as not_viewed,
      case when e.agency_id = whole_agency() then ${STAGES_OF_WORK} else ${DECODED_MEDIA} end as stages
    from exhibits e join cases c on c.id = e.case_id join agencies a on a.id = e.agency_id
    where ${id === undefined ? sql`true` : sql`e.id = ${id}::uuid`}
      and ${caseId === undefined ? sql`true` : sql`e.case_id = ${caseId}::uuid`}
      and ${operation === undefined ? sql`true` : sql`c.operation_id = ${operation}::uuid`}
    order by e.created_at, e.id`.execute(trx);
  return result.rows.map(toExhibit);
};

const toExhibit = (row: ExhibitRow): Exhibit => ({
  id: row.id,
  reference: row.reference,
  caseId: row.case_id,
  caseReference: row.case_reference,
  agency: row.agency,
  kind: row.kind,
  source: row.source_path,
  inPlace: row.in_place,
  handling: row.handling,
  containerSha256: row.container_sha256?.toString('hex') ?? null,
  containerBytes: row.container_size_bytes,
  images: row.images,
  state: row.state,
  filesSeen: row.files_seen,
  bytesSeen: row.bytes_seen,
  unreadable: row.unreadable,
  notViewed: row.not_viewed,
  progress: [
    walk(row),
    ...WORK_STAGES.map((stage) => row.stages.find((counted) => counted.stage === stage) ?? noWork(stage)),
  ],
  errorCode: row.error_code,
  errorDetail: row.error_detail,
  createdAt: row.created_at.toISOString(),
  createdBy: row.created_by,
  walkFinishedAt: row.walk_finished_at?.toISOString() ?? null,
  completedAt: row.completed_at?.toISOString() ?? null,
  lastCheckedAt: row.last_checked_at?.toISOString() ?? null,
});

/** Work belongs to the exhibit that first brought a content: one that brings nothing new has none. */
const noWork = (stage: StageProgress['stage']): StageProgress => ({ stage, done: 0, total: 0, failed: 0 });

/** The walk knows its total once it is at the end, or where the source was counted first. */
const walk = (row: ExhibitRow): StageProgress => ({
  stage: 'walk',
  done: row.files_seen,
  total: row.files_total ?? (row.walk_finished_at === null ? null : row.files_seen),
  failed: row.unreadable,
});

interface FailureQueryRow {
  readonly occurrence_id: string | null;
  readonly media_id: string | null;
  readonly path: string;
  readonly stage: FailureRow['stage'];
  readonly code: string;
  readonly detail: string;
  readonly work: FailureRow['work'];
  readonly item: string;
  readonly total: number;
}

/** What could not be read, decoded or compared; one row a file for the walk, one a media for the other stages. */
export const readFailures = async (
  trx: Trx,
  exhibitId: string,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<FailureRow>> => {
  const after = readCursor<[string, string]>(cursor, ['string', 'string']);
  const result = await sql<FailureQueryRow>`
    with failures as (
      select o.id as occurrence_id, o.media_id, o.path, 'walk' as stage, coalesce(o.error_code, 'FILE_UNREADABLE') as code,
        coalesce(o.error_detail, '') as detail, null as work, 'walk ' || o.id as item
      from occurrences o where o.exhibit_id = ${exhibitId}::uuid and (o.error_code is not null or o.media_id is null)
      union all
      select p.id, w.media_id, p.path, w.stage, coalesce(w.error_code, 'INTERNAL'), coalesce(w.error_detail, ''), w.state,
        w.stage || ' ' || w.media_id
      from work w cross join lateral (
        select o.id, o.path from occurrences o where o.media_id = w.media_id and o.exhibit_id = w.exhibit_id order by o.path, o.id limit 1
      ) p
      where w.exhibit_id = ${exhibitId}::uuid and w.state in ('failed', 'quarantined')
      union all
      select p.id, m.id, p.path, 'decode', m.error_code, coalesce(m.error_detail, ''),
        case when m.state in ('failed', 'quarantined') then m.state end, 'decode ' || m.id
      from media m cross join lateral (
        select o.id, o.path from occurrences o where o.media_id = m.id and o.exhibit_id = ${exhibitId}::uuid order by o.path, o.id limit 1
      ) p
      where m.error_code is not null
        and m.id in (select o.media_id from occurrences o where o.exhibit_id = ${exhibitId}::uuid)
        and not exists (select 1 from work w where w.media_id = m.id and w.exhibit_id = ${exhibitId}::uuid
          and w.stage = 'decode' and w.state in ('failed', 'quarantined'))
    ), counted as (select *, count(*) over () as total from failures)
    select * from counted
    where ${after === null ? sql`true` : sql`(path, item) > (${after[0]}, ${after[1]})`}
    order by path, item limit ${limit + 1}`.execute(trx);
  return toPage(
    result.rows,
    limit,
    result.rows[0]?.total ?? 0,
    (row) => [row.path, row.item],
    (row) => ({
      occurrenceId: row.occurrence_id,
      mediaId: row.media_id,
      path: row.path,
      stage: row.stage,
      code: row.code,
      detail: row.detail,
      work: row.work,
    }),
  );
};
