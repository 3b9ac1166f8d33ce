// Reads where and when the media of a scope say that they were made, counted; under the viewer's row-level security.
import { sql, type RawBuilder } from 'kysely';
import { LEAST_RADIUS_M, MOST_AREAS, type MediaPlaces, type PeriodUnit, type TimeLane } from '@redthread/core/contract';
import type { Trx } from '../../store/index.js';
import { inScope, type Scope } from '../funnel/index.js';
import { metadataOf, WRITTEN } from '../stacks/index.js';

/**
 * Common table expressions `held` (media of the scope, one a content as the funnel and the review count them, one that may be opened before one that is
 * closed) and `told` (with what their metadata say; of closed ones nothing).
 */
const told = (scope: Scope | null): RawBuilder<unknown> => sql`
  held as materialized (
    select distinct on (m.sha256) m.id, k.closed
    from (select distinct o.media_id as id from occurrences o join exhibits e on e.id = o.exhibit_id join cases c on c.id = e.case_id
        where o.media_id is not null and ${inScope(scope)}) h
      join media m on m.id = h.id cross join lateral (select media_closed(h.id) as closed offset 0) k
    order by m.sha256, k.closed, m.comparable desc, m.agency_id),
  told as materialized (select h.id, h.closed, case when h.closed then null else ${metadataOf(sql`h.id`)} end as value from held h)`;

const METRES_PER_DEGREE = 111_195;

/** Places as they were recorded: those of the cases of the scope, those that its media are said to show, all where there is none. */
const recorded = (scope: Scope | null): RawBuilder<unknown> => sql`
  (select coalesce(jsonb_agg(e.area || jsonb_build_object('id', e.id, 'name', e.name, 'agency', a.name) order by e.name, e.id), '[]')
    from (select e.* from entities e where e.area is not null and (${scope === null ? sql`true` : sql`false`}
        or e.case_id in (select c.id from cases c left join exhibits e on e.case_id = c.id where ${inScope(scope)})
        or exists (select from assertions s join held h on h.id = s.from_media_id and not h.closed
          where s.to_entity_id = e.id and s.retracted_at is null))
      order by e.created_at desc limit ${MOST_AREAS}) e
    join agencies a on a.id = e.agency_id)`;

export const readPlaces = async (trx: Trx, scope: Scope | null, cellDeg: number): Promise<MediaPlaces> => {
  const { rows } = await sql<Omit<MediaPlaces, 'truncated'> & { readonly cells: number }>`
    with ${told(scope)},
    placed as (
      select (value #>> '{gps,latitudeDeg}')::float8 as lat, (value #>> '{gps,longitudeDeg}')::float8 as lon from told
      where jsonb_typeof(value -> 'gps') = 'object'),
    cells as (
      select avg(lat) as lat, avg(lon) as lon, count(*)::int as media,
        greatest(max(lat) - min(lat), (max(lon) - min(lon)) * cos(radians(avg(lat)))) as spread
      from placed group by floor(lat / ${cellDeg}::float8), floor(lon / ${cellDeg}::float8)),
    shown as (select * from cells order by media desc, lat, lon limit ${MOST_AREAS})
    select coalesce((select jsonb_agg(jsonb_build_object('latitudeDeg', round(lat::numeric, 5), 'longitudeDeg', round(lon::numeric, 5),
        'radiusM', ceil(${LEAST_RADIUS_M}::float8 + spread * ${METRES_PER_DEGREE}::float8), 'media', media)
        order by media desc, lat, lon) from shown), '[]') as areas,
      (select count(*)::int from cells) as cells, (select count(*)::int from placed) as said, ${recorded(scope)} as recorded,
      (select count(*)::int from told where closed) as closed,
      (select count(*)::int from told where not closed) - (select count(*)::int from placed) as "notSaid"`.execute(trx);
  const row = rows[0] ?? { areas: [], said: 0, notSaid: 0, closed: 0, cells: 0, recorded: [] };
  const { cells, ...places } = row;
  return { ...places, truncated: cells > MOST_AREAS };
};

const LENGTHS: Readonly<Record<PeriodUnit, number>> = { year: 4, month: 7, day: 10 };

interface PeriodRow {
  readonly lane: TimeLane;
  readonly at: string;
  readonly media: number;
  readonly noZone: number;
}

/** By lane and period, in order; and how many media have no time at all, or are closed. */
export const readTimes = async (
  trx: Trx,
  scope: Scope | null,
  { unit, within }: { readonly unit: PeriodUnit; readonly within?: string | undefined },
): Promise<{ readonly periods: readonly PeriodRow[]; readonly noTime: number; readonly closed: number }> => {
  const inside = within === undefined ? sql`true` : sql`starts_with(w.at, ${within}::text)`;
  const { rows } = await sql<{ periods: PeriodRow[]; noTime: number; closed: number }>`
    with ${told(scope)},
    written as materialized (
      select t.id, w.lane, w.at, w.zoned from told t cross join lateral (${WRITTEN(sql`t.id`, sql`t.value`)}) w where not t.closed),
    counted as (
      select w.lane, left(w.at, ${LENGTHS[unit]}::int) as at, count(distinct w.id)::int as media,
        count(distinct w.id) filter (where not w.zoned)::int as "noZone"
      from written w where ${inside} group by 1, 2)
    select coalesce((select jsonb_agg(to_jsonb(c) order by c.lane, c.at) from counted c), '[]') as periods,
      (select count(*)::int from told t where not t.closed and not exists (select from written w where w.id = t.id)) as "noTime",
      (select count(*)::int from told where closed) as closed`.execute(trx);
  return rows[0] ?? { periods: [], noTime: 0, closed: 0 };
};
