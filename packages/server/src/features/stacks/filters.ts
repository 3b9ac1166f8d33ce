// What a query of tiles asks of an item, as conditions on `i` (`classified`): funnel step, grade, list, what the file says of itself, votes.
import { sql, type RawBuilder } from 'kysely';
import { dayAfter, isAcross, readCircle, readTaken, type BYTE_CLASSES, type TileQuery } from '@redthread/core/contract';
import { ACROSS, countingHit } from '../funnel/index.js';

/** What ExifTool read of media `id`, newest version; nothing of a media that is closed. */
export const metadataOf = (id: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(select x.value from media_metadata x where x.media_id = ${id} and x.method = 'exiftool' order by x.version desc limit 1)`;

/** The platform that the bytes of media `id` speak for first. */
export const platformOf = (id: RawBuilder<unknown>): RawBuilder<string | null> =>
  sql`(select x.value ->> 'class' from media_metadata x where x.media_id = ${id} and x.method = 'platform' order by x.version desc limit 1)`;
/** The class of the structure of media `id`: a file has boxes or segments, never both. */
export const structureOf = (id: RawBuilder<unknown>): RawBuilder<string | null> =>
  sql`(select x.value ->> 'class' from media_metadata x where x.media_id = ${id} and x.method in ('jpeg-structure', 'box-tree')
    order by x.version desc limit 1)`;

/** Of `value`, what the facets are told by. */
export const CAMERA = sql<
  string | null
>`nullif(concat_ws(' ', value #>> '{camera,make}', value #>> '{camera,model}'), '')`;
export const YEAR = sql<
  string | null
>`substring(jsonb_path_query_first(value, '$.sourceTimes[*] ? (@.kind == "taken").text') #>> '{}' from '^\\d{4}')`;
export const PLACE = sql<string>`case when jsonb_typeof(value -> 'gps') = 'object' then 'said' else 'not-said' end`;

export const BYTES = sql<(typeof BYTE_CLASSES)[number]>`case when size_bytes < 100000 then 'under-100-kb'
  when size_bytes < 1000000 then 'under-1-mb' when size_bytes < 10000000 then 'under-10-mb' else 'larger' end`;

/** Whether somebody who looked, or the viewer, has a vote in force on the media `i`. */
const voted = (own: boolean): RawBuilder<boolean> => sql<boolean>`exists (select from verdicts v
  where v.media_id = i.id and v.retracted_at is null and v.seen <> 'not-looked' ${own ? sql`and v.user_id = app_user()` : sql``})`;

const REVIEWED_BY: Readonly<Record<NonNullable<TileQuery['reviewed']>, RawBuilder<boolean>>> = {
  yes: voted(false),
  no: sql<boolean>`not ${voted(false)}`,
  'by-me': voted(true),
  'not-by-me': sql<boolean>`not ${voted(true)}`,
};

/**
 * A query of the times that a media was given, by lane, as `2021-05-03` and as it was written otherwise: from its metadata, and from the files
 * that hold it. Year 0 and 2107 are values like others; what is no date is left out.
 */
export const WRITTEN = (id: RawBuilder<unknown>, value: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select case x.t ->> 'basis' when 'exif' then 'capture' when 'gps' then 'capture' when 'report' then 'file-system'
      else x.t ->> 'basis' end as lane,
    replace(left(x.t ->> 'text', 10), ':', '-') as at, jsonb_typeof(x.t -> 'offsetMinutes') = 'number' as zoned
  from (
    select jsonb_path_query(${value}, '$.sourceTimes[*] ? (@.kind != "modified")') as t
    union all select jsonb_array_elements(o.source_times) from occurrences o where o.media_id = ${id}
  ) x where x.t ->> 'text' ~ '^\\d{4}[-:]\\d{2}[-:]\\d{2}'`;

const EARTH_M = 6_371_000;
/** Within so many metres, by the haversine formula. */
const near = (text: string): RawBuilder<unknown> => {
  const circle = readCircle(text);
  if (circle === null) return sql`false`;
  const [lat, lon] = [
    sql`radians((value #>> '{gps,latitudeDeg}')::float8)`,
    sql`radians((value #>> '{gps,longitudeDeg}')::float8)`,
  ];
  const [lat0, lon0] = [sql`radians(${circle.latitudeDeg}::float8)`, sql`radians(${circle.longitudeDeg}::float8)`];
  return sql`jsonb_typeof(value -> 'gps') = 'object' and 2 * ${EARTH_M}::float8 * asin(sqrt(least(1, sin((${lat} - ${lat0}) / 2) ^ 2
    + cos(${lat}) * cos(${lat0}) * sin((${lon} - ${lon0}) / 2) ^ 2))) <= ${circle.radiusM}::float8`;
};

/** As it is counted: of what nobody may open nothing is told. A time without a zone may lie 14 hours to either side: by days it fits the day before and the day after too. */
const written = (text: string): RawBuilder<unknown> => {
  const taken = readTaken(text);
  if (taken === null) return sql`false`;
  const { lane, from, to } = taken;
  const [earlier, later] = from.length === 10 ? [dayAfter(from, -1), dayAfter(to, 1)] : [from, to];
  const at = sql`left(w.at, ${from.length}::int)`;
  return sql`not media_closed(i.id) and exists (select from (${WRITTEN(sql`i.id`, sql`value`)}) w where w.lane = ${lane}
    and ((w.zoned and ${at} between ${from} and ${to}) or (not w.zoned and ${at} between ${earlier} and ${later})))`;
};

const said = ({ camera, year, place, near: circle, written: times }: TileQuery): RawBuilder<unknown>[] => [
  ...(camera === undefined ? [] : [sql`${CAMERA} = ${camera}`]),
  ...(year === undefined ? [] : [sql`${YEAR} = ${year}`]),
  ...(place === undefined ? [] : [sql`${PLACE} = ${place}`]),
  ...(circle === undefined ? [] : [near(circle)]),
  ...(times === undefined ? [] : [written(times)]),
];

export const filters = (query: TileQuery): RawBuilder<unknown> => {
  const conditions: RawBuilder<unknown>[] = [sql`true`];
  if (query.agency !== undefined) conditions.push(sql`i.agency_id = ${query.agency}::uuid`);
  if (query.kind !== undefined) conditions.push(sql`i.kind = ${query.kind}`);
  if (query.bytes !== undefined) conditions.push(sql`${BYTES} = ${query.bytes}`);
  if (query.state === 'closed') conditions.push(sql`media_closed(i.id)`);
  else if (query.state !== undefined) conditions.push(sql`i.state = ${query.state}`);
  if (query.list !== undefined)
    conditions.push(
      sql`exists (select 1 from list_hits h where h.media_id = i.id and h.list_id = ${query.list}::uuid and ${countingHit('h')})`,
    );
  if (query.grade !== undefined)
    conditions.push(
      sql`(exists (select 1 from matches x where x.media_a = i.id and x.grade = ${query.grade}) or exists (select 1 from matches x where x.media_b = i.id and x.grade = ${query.grade}))`,
    );
  if (query.reviewed !== undefined) conditions.push(REVIEWED_BY[query.reviewed]);
  const ofFile = said(query);
  if (ofFile.length > 0)
    conditions.push(
      sql`exists (select from (select ${metadataOf(sql`i.id`)} as value offset 0) f where ${sql.join(ofFile, sql` and `)})`,
      sql`not media_closed(i.id)`,
    );
  const ofBytes = [
    ...(query.platform === undefined ? [] : [sql`${platformOf(sql`i.id`)} = ${query.platform}`]),
    ...(query.structure === undefined ? [] : [sql`${structureOf(sql`i.id`)} = ${query.structure}`]),
  ];
  if (ofBytes.length > 0) conditions.push(...ofBytes, sql`not media_closed(i.id)`);
  // A step holds the parts that it is the sum of.
  if (query.step !== undefined && query.step !== 'unique')
    conditions.push(isAcross(query.step) ? sql`i.id in (${ACROSS[query.step].items})` : sql`i.step = ${query.step}`);
  return sql.join(conditions, sql` and `);
};
