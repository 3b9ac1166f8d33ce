// Reads occurrences, the files at their paths: of a media, of a scope, or of a step of its funnel that counts files.
import { sql, type RawBuilder } from 'kysely';
import type { Occurrence } from '@redthread/core/contract';
import { readCursor, toPage, type Page } from '../../app/http/paging.js';
import { kept, type Trx } from '../../store/index.js';
import { filesOfMedia, inScope, planScope, visibleMedia, type Scope } from '../funnel/index.js';

export type FileStep = 'seized' | 'unreadable' | 'duplicate';

export interface OccurrenceFilter {
  readonly media: string | null;
  readonly scope: Scope | null;
  readonly step: FileStep;
  /** Files of this agency. */
  readonly agency?: string | undefined;
  /** Part of a path, in any case: the first page, without a total. */
  readonly path?: string;
  /** A query of the ids of media, when no others are wanted. */
  readonly among?: RawBuilder<unknown>;
}

interface OccurrenceRow {
  readonly id: string;
  readonly media_id: string | null;
  readonly path: string;
  readonly raw_name: string | null;
  readonly container: string | null;
  readonly size_bytes: number | null;
  readonly source_times: Occurrence['sourceTimes'];
  readonly state: Occurrence['state'];
  readonly deletion: Occurrence['deletion'];
  readonly is_thumbnail: boolean;
  readonly only_thumbnail: boolean;
  readonly error_code: string | null;
  readonly error_detail: string | null;
  readonly report: Occurrence['report'];
  readonly exhibit_id: string;
  readonly exhibit: string;
  readonly case_id: string;
  readonly case_reference: string;
  readonly agency: Occurrence['agency'];
  readonly total: number;
}

const stepCondition: Readonly<Record<FileStep, RawBuilder<unknown>>> = {
  seized: sql`true`,
  unreadable: sql`media_id is null`,
  duplicate: sql`copy > 1`,
};

/** Of a file `f`. */
const REPORTED = sql`(select json_build_object('path', r.path, 'state', r.state, 'bytes', r.bytes, 'agrees', r.agrees, 'tags', r.tags, 'provider', r.provider)
  from report_files r where r.exhibit_id = f.exhibit_id and md5(r.occurrence_path) = md5(f.path) and r.occurrence_path = f.path
    and r.bytes is not null limit 1)`;

/** Asked of the files of a page alone. Matches are written when both are decoded: until then a small picture stands alone. */
const ONLY_THUMBNAIL = sql`f.is_thumbnail and not exists (
  select from occurrences o where o.exhibit_id = f.exhibit_id and not o.is_thumbnail and (o.media_id = f.media_id or o.media_id in (
    select x.media_b from matches x where x.media_a = f.media_id and x.grade in ('identical', 'same content')
    union all select x.media_a from matches x where x.media_b = f.media_id and x.grade in ('identical', 'same content'))))`;

/** By path. The first file of each content, by registration, is the one that the others duplicate. */
export const readOccurrences = async (
  trx: Trx,
  filter: OccurrenceFilter,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<Occurrence>> => {
  const after = readCursor<[string, string]>(cursor, ['string', 'string']);
  const copies = filter.step === 'duplicate';
  const planned = copies ? await planScope(trx, filter.scope) : { scope: filter.scope, bulk: false };
  // Which copy of its content a file is; asked only where copies are wanted.
  const copy = copies ? sql`row_number() over (partition by m.sha256 order by o.created_at, o.id)` : sql`1`;
  const ofContent = copies ? sql`join visible_media m on m.id = o.media_id` : sql``;
  const named = filter.media === null ? filter.among : sql`select ${filter.media}::uuid`;
  const files = named === undefined ? sql`occurrences` : filesOfMedia(named);
  // What was found is looked up by its id; as a join, every file that may be seen would be read to be compared with it.
  const ofPath =
    filter.path === undefined
      ? sql`true`
      : sql`o.id = any (array(select search_paths(${filter.path}::text, ${limit + 1}::integer)))`;
  const ofAgency = filter.agency === undefined ? sql`true` : sql`agency_id = ${filter.agency}::uuid`;
  const query = sql<OccurrenceRow>`
    with ${visibleMedia(planned)}, files as (
      select o.*, ${copy} as copy, e.reference as exhibit, c.reference as case_reference
      from ${files} o join exhibits e on e.id = o.exhibit_id join cases c on c.id = e.case_id ${ofContent}
      where ${inScope(filter.scope)} and ${ofPath}
    ), chosen as materialized (select * from files where ${stepCondition[filter.step]} and ${ofAgency})
    select f.id, f.media_id, f.path, f.raw_name, f.container, f.size_bytes, f.source_times, f.state, f.deletion, f.is_thumbnail, ${ONLY_THUMBNAIL} as only_thumbnail, f.error_code, f.error_detail,
      f.exhibit_id, f.exhibit, f.case_id, f.case_reference, (select count(*) from chosen) as total, ${REPORTED} as report,
      (select json_build_object('id', a.id, 'name', a.name, 'country', a.country) from agencies a where a.id = f.agency_id) as agency
    from chosen f
    where ${after === null ? sql`true` : sql`(f.path, f.id) > (${after[0]}, ${after[1]}::uuid)`}
    order by f.path, f.id limit ${limit + 1}`;
  // A search asks for few files and always in one form; of a scope, how best to read it depends on which it is.
  const isSearch = filter.path !== undefined || filter.among !== undefined;
  const result = await (isSearch ? kept(query) : query).execute(trx);
  return toPage(result.rows, limit, result.rows[0]?.total ?? 0, (row) => [row.path, row.id], toOccurrence);
};

const toOccurrence = (row: OccurrenceRow): Occurrence => ({
  id: row.id,
  mediaId: row.media_id,
  path: row.path,
  rawName: row.raw_name,
  container: row.container,
  sizeBytes: row.size_bytes,
  sourceTimes: row.source_times,
  state: row.state,
  deletion: row.deletion,
  isThumbnail: row.is_thumbnail,
  onlyThumbnail: row.only_thumbnail,
  errorCode: row.error_code,
  errorDetail: row.error_detail,
  report: row.report,
  exhibitId: row.exhibit_id,
  exhibit: row.exhibit,
  caseId: row.case_id,
  caseReference: row.case_reference,
  agency: row.agency,
});
