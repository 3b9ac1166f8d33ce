// Reads pages of stacks or of single media from the same items that the funnel counts.
import { sql, type RawBuilder } from 'kysely';
import type { StackQuery, StackTile, TileListHit, TileQuery } from '@redthread/core/contract';
import type { MatchGrade } from '@redthread/core/domain';
import type { Trx } from '../../store/context.js';
import { kept } from '../../store/kept-plans.js';
import { gradeOrder } from '../../store/grade-order.js';
import { readCursor, toPage, type Page } from '../../app/http/paging.js';
import { toState, verdictStates, type StateRow } from '../verdicts/index.js';
import { MEDIA_AT_RISK } from '../at-risk/index.js';
import { classifiedFor, countingHit, planScope, scopeItems, type Scope } from '../funnel/index.js';
import { filters } from './filters.js';

interface TileRow {
  readonly id: string;
  readonly agency: StackTile['agency'];
  readonly mime: string;
  readonly kind: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly state: StackTile['state'];
  readonly members: number;
  readonly occurrences: number;
  readonly step: StackTile['step'];
  readonly at_risk: boolean;
  readonly sort_key: number;
  readonly strongest: MatchGrade | null;
  readonly list_hits: TileListHit[];
  readonly verdict: StateRow | null;
  readonly total: number;
}

const SORT_KEYS: Readonly<Record<TileQuery['sort'], RawBuilder<number>>> = {
  copies: sql<number>`occurrences`,
  newest: sql<number>`(extract(epoch from first_at) * 1000000)::bigint`,
  size: sql<number>`size_bytes`,
};

/** What a child at risk lifts its files by: above every count, time and size, and exact as a number. */
const FIRST = sql.lit(4_000_000_000_000_000);

const GRADE_ORDER = gradeOrder('grade');

/** Common table expression `tiles` of `chosen`, one a stack (the first of these that it holds, else its best picture) or one a content. */
const tiles = (collapse: TileQuery['collapse'], first: readonly string[]): RawBuilder<unknown> =>
  collapse === 'media'
    ? sql`tiles as (select *, id as tile, is_at_risk as at_risk, copies_media as members, copies as occurrences from chosen)`
    : sql`tiles as (
        select distinct on (stack) *, stack as tile, bool_or(is_at_risk) over (partition by stack) as at_risk,
          sum(copies_media) over (partition by stack)::bigint as members,
          sum(copies) over (partition by stack)::bigint as occurrences
        from chosen order by stack, id = any(${[...first]}::uuid[]) desc, comparable desc, pixels desc, sha256
      )`;

/** Common table expressions that end in `keyed`: the tiles of a query with what they are sorted by. */
export const chosenTiles = (query: TileQuery, first: readonly string[] = []): RawBuilder<unknown> => sql`
  ${classifiedFor(query.step)},
  at_risk as materialized (select distinct sha256 from scope_media where id in (${MEDIA_AT_RISK})),
  chosen as materialized (select i.*, i.sha256 in (select sha256 from at_risk) as is_at_risk from classified i where ${filters(query)}),
  ${tiles(query.collapse, first)},
  keyed as (select *, ${SORT_KEYS[query.sort]} + case when at_risk then ${FIRST} else 0 end as sort_key, count(*) over () as total from tiles)`;

export interface TileOptions {
  /** A query of the ids of media, when no others are wanted. */
  readonly only?: RawBuilder<unknown>;
  /** Media that stand for their stacks, when they may be chosen. */
  readonly first?: readonly string[];
}

/** One page of tiles in the scope; the step of each is told where the query asks for a step. */
export const readTiles = async (
  trx: Trx,
  scope: Scope | null,
  query: StackQuery,
  { only, first = [] }: TileOptions = {},
): Promise<Page<StackTile>> => {
  const after = readCursor<[number, string]>(query.cursor, ['number', 'string']);
  const key = query.collapse === 'stack' ? sql`stack` : sql`id`;
  const planned = only === undefined ? await planScope(trx, scope) : { scope, bulk: false };
  const page = sql<TileRow>`
    with ${scopeItems(planned, only)}, ${chosenTiles(query, first)},
    page as materialized (
      select * from keyed
      where ${after === null ? sql`true` : sql`(sort_key < ${after[0]} or (sort_key = ${after[0]} and id > ${after[1]}::uuid))`}
      order by sort_key desc, id limit ${query.limit + 1}
    ),
    ${verdictStates(sql`v.media_id in (select id from page)`)},
    members as materialized (select p.id as page_id, c.id, c.copies_media from page p join chosen c on c.${key} = p.tile)
    select p.id, json_build_object('id', a.id, 'name', a.name, 'country', a.country) as agency, p.mime, p.kind, p.width, p.height,
      case when media_closed(p.id) then 'closed' else p.state end as state, p.members, p.occurrences, p.step, p.at_risk, p.sort_key, p.total,
      (select x.grade from (
        select x.grade from members mm join matches x on x.media_a = mm.id where mm.page_id = p.id
        union select x.grade from members mm join matches x on x.media_b = mm.id where mm.page_id = p.id
      ) x order by ${GRADE_ORDER} limit 1) as strongest,
      coalesce((select json_agg(h order by h.name, h.version) from (
        select l.id as "listId", l.name, l.version, l.polarity, sum(on_list.copies_media)::bigint as members,
          (array_agg(on_list.id order by on_list.id <> p.id, on_list.id))[1] as "mediaId"
        from (
          select mm.id, mm.copies_media, lh.list_id from members mm join list_hits lh on lh.media_id = mm.id
          where mm.page_id = p.id and ${countingHit('lh')}
        ) on_list join lists l on l.id = on_list.list_id
        group by l.id, l.name, l.version, l.polarity
      ) h), '[]'::json) as list_hits,
      (select to_jsonb(s) from verdict_states s where s.media_id = p.id order by s.last_at desc, s.scheme limit 1) as verdict
    from page p join agencies a on a.id = p.agency_id
    order by p.sort_key desc, p.id`;
  // Of media that are named, few are read and always in one form; of a scope, how best to read it depends on which it is.
  const result = await (only === undefined ? page : kept(page)).execute(trx);
  return toPage(result.rows, query.limit, result.rows[0]?.total ?? 0, (row) => [row.sort_key, row.id], tileOf);
};

const tileOf = (row: TileRow): StackTile => ({
  mediaId: row.id,
  agency: row.agency,
  mime: row.mime,
  kind: row.kind,
  width: row.width,
  height: row.height,
  state: row.state,
  members: row.members,
  occurrences: row.occurrences,
  strongestGrade: row.strongest,
  listHits: row.list_hits,
  step: row.step,
  verdict: row.verdict === null ? null : verdictOf(row.verdict),
  atRisk: row.at_risk,
});

const verdictOf = (row: StateRow): NonNullable<StackTile['verdict']> => {
  const { scheme, code, state } = toState(row);
  return { scheme, code, state };
};
