// Reads what links two ends (exhibits, or cases): the same bytes in both, and matches between media of both. One row a pair of ends
// and grade, of which the core makes connections; all of it from what the viewer may see.
import { sql, type RawBuilder } from 'kysely';
import type { ConnectionEnd, ConnectionEnds, Reason } from '@redthread/core/contract';
import type { MatchGrade } from '@redthread/core/domain';
import type { Evidence } from '@redthread/core/graph';
import { withRoom, type Trx } from '../../store/index.js';
import { inScope, visibleMedia, type Scope } from '../funnel/index.js';
import { IDENTICAL_BITS } from './score.js';

/** The best pair of media of one grade, and how many there are. */
export interface EvidenceRow extends Evidence {
  readonly a: string;
  readonly b: string;
  readonly pairs: number;
  /** Null for the same bytes: no match need say so. */
  readonly matchId: string | null;
}

/** In double precision: numeric logarithms take longer than everything else here together. */
const log2 = (value: RawBuilder<unknown>) => sql`ln((${value})::float8) / ln(2::float8)`;

const END: Readonly<Record<ConnectionEnds, RawBuilder<string>>> = {
  exhibits: sql`e.id`,
  cases: sql`e.case_id`,
};

export interface Asked {
  readonly between: ConnectionEnds;
  /** One end at least lies in here. */
  readonly scope: Scope | null;
  /** Or these two alone. */
  readonly pair?: readonly [string, string];
}

/**
 * `evidence` holds one row a pair of media (for the same bytes: a content). A known-good list links nothing. What shows the same place,
 * or comes from the same camera, does so only where the two are no copies of one picture.
 */
export const readEvidence = async (trx: Trx, { between, scope, pair }: Asked): Promise<EvidenceRow[]> => {
  await withRoom(trx);
  const wanted =
    pair === undefined
      ? sql`a in (select id from scope_ends) or b in (select id from scope_ends)`
      : sql`a = ${pair[0]}::uuid and b = ${pair[1]}::uuid`;
  const { rows } = await sql<EvidenceRow>`
    with ${visibleMedia({ bulk: true })},
    scope_ends as materialized (
      select distinct ${END[between]} as id from exhibits e join cases c on c.id = e.case_id where ${inScope(scope)}
    ),
    good_lists as materialized (
      select id from lists where polarity = 'known-good' and (expires_at is null or expires_at > now())
    ),
    good_media as materialized (
      select distinct m.id from visible_media m cross join lateral (values (m.sha256), (m.sha1), (m.md5)) as d (digest)
        join list_entries le on le.digest = d.digest join good_lists g on g.id = le.list_id
      where exists (select 1 from good_lists)
    ),
    placed as materialized (
      select p.media_id, p.end_id, m.sha256, m.stack
      from (select distinct o.media_id, ${END[between]} as end_id
          from exhibits e join occurrences o on o.exhibit_id = e.id where o.media_id is not null) p
        join visible_media m on m.id = p.media_id
        left join good_media g on g.id = m.id
      where g.id is null
    ),
    sizes as materialized (select end_id, count(distinct sha256)::float8 as contents from placed group by end_id),
    holders as materialized (select stack, count(distinct end_id) as ends from placed group by stack),
    same_bytes as materialized (select sha256, count(distinct end_id) as ends from placed group by sha256 having count(distinct end_id) > 1),
    evidence as materialized (
      select a.end_id as a, b.end_id as b, a.media_id as media_a, b.media_id as media_b,
        'identical' as grade, null::uuid as match_id, ${IDENTICAL_BITS}::float8 as bits, s.ends as holders
      from same_bytes s join placed a on a.sha256 = s.sha256 join placed b on b.sha256 = s.sha256
      where a.end_id < b.end_id
      union all
      select least(a.end_id, b.end_id), greatest(a.end_id, b.end_id),
        case when a.end_id < b.end_id then a.media_id else b.media_id end,
        case when a.end_id < b.end_id then b.media_id else a.media_id end,
        x.grade, x.id, x.bits::float8,
        greatest(2, case when a.stack = b.stack then ha.ends else ha.ends + hb.ends end)
      from matches x join placed a on a.media_id = x.media_a join placed b on b.media_id = x.media_b
        join holders ha on ha.stack = a.stack join holders hb on hb.stack = b.stack
      where a.end_id <> b.end_id and x.grade <> 'identical'
        and (x.grade not in ('same scene', 'same source') or (a.stack <> b.stack and a.sha256 <> b.sha256))
    ),
    weighed as materialized (select *, bits - ${log2(sql`holders`)} as weight from evidence where ${wanted}),
    grades as materialized (
      select a, b, grade, max(weight) as weight, count(*) as pairs from weighed group by a, b, grade
    )
    select distinct on (w.a, w.b, w.grade) w.a, w.b, w.grade, w.media_a as "mediaA", w.media_b as "mediaB", w.match_id as "matchId",
      round(w.bits::numeric, 2)::float8 as bits, w.holders, g.pairs, sa.contents * sb.contents as comparisons
    from weighed w join grades g on g.a = w.a and g.b = w.b and g.grade = w.grade and g.weight = w.weight
      join sizes sa on sa.end_id = w.a join sizes sb on sb.end_id = w.b
    order by w.a, w.b, w.grade, w.media_a, w.media_b`.execute(trx);
  return rows;
};

export interface MatchOfReason {
  readonly id: string;
  /** The medium from which the reasons are told. */
  readonly mediaA: string;
  readonly method: string;
  readonly version: number;
  readonly value: number;
  readonly threshold: number;
  readonly unit: string;
  readonly grade: MatchGrade;
  readonly reasons: Reason[];
}

export const readMatches = async (trx: Trx, ids: readonly string[]): Promise<Map<string, MatchOfReason>> => {
  const { rows } =
    await sql<MatchOfReason>`select id, media_a as "mediaA", method, version, value, threshold, unit, grade, reasons
    from matches where id = any(${[...ids]}::uuid[])`.execute(trx);
  return new Map(rows.map((row) => [row.id, row]));
};

/** Exhibits or cases by their ids. */
export const readEnds = async (
  trx: Trx,
  between: ConnectionEnds,
  ids: readonly string[],
): Promise<Map<string, ConnectionEnd>> => {
  const agency = sql`json_build_object('id', a.id, 'name', a.name, 'country', a.country)`;
  const wanted = sql`${[...new Set(ids)]}::uuid[]`;
  const { rows } = await (
    between === 'exhibits'
      ? sql<ConnectionEnd>`select c.id as "caseId", c.reference as "caseReference", e.id as "exhibitId", e.reference as exhibit, ${agency} as agency
          from exhibits e join cases c on c.id = e.case_id join agencies a on a.id = e.agency_id where e.id = any(${wanted})`
      : sql<ConnectionEnd>`select c.id as "caseId", c.reference as "caseReference", null as "exhibitId", null as exhibit, ${agency} as agency
          from cases c join agencies a on a.id = c.agency_id where c.id = any(${wanted})`
  ).execute(trx);
  return new Map(rows.map((row) => [row.exhibitId ?? row.caseId, row]));
};
