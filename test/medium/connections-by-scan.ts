// The oracle of connections: what links two ends, by one scan of all that is visible. The product keeps an index of this in memory.
import { sql, type RawBuilder } from 'kysely';
import type { ConnectionEnds } from '../../packages/core/src/contract/index.js';
import type { EvidenceOfPair } from '../../packages/core/src/graph/index.js';
import { IDENTICAL_BITS } from '../../packages/server/src/features/connections/score.js';
import { visibleMedia } from '../../packages/server/src/features/funnel/index.js';
import { withRoom, type Trx } from '../../packages/server/src/store/index.js';

/** In double precision: numeric logarithms take longer than everything else here together. */
const log2 = (value: RawBuilder<unknown>) => sql`ln((${value})::float8) / ln(2::float8)`;

const END: Readonly<Record<ConnectionEnds, RawBuilder<string>>> = {
  exhibits: sql`e.id`,
  cases: sql`e.case_id`,
};

/** Numbers of 20 bits each, as the tests write them; of the two ends one row, by the device that says most. */
const DEVICES = sql`
  with numbered as materialized (
    select p.media_id, p.end_id, p.sha256, p.stack, concat_ws(chr(31), 'body', upper(d.device ->> 'make'), upper(d.device ->> 'model'), d.device ->> 'serial') as device
    from placed p join media_metadata d on d.media_id = p.media_id and d.device is not null
  ),
  device_sizes as materialized (select end_id, count(distinct device)::float8 as devices from numbered group by end_id),
  device_holders as materialized (select device, count(distinct end_id) as ends from numbered group by device),
  first_pairs as materialized (
    select distinct on (a.end_id, b.end_id, a.device) a.end_id as a, b.end_id as b, a.device, a.media_id as media_a, b.media_id as media_b
    from numbered a join numbered b on b.device = a.device and a.end_id < b.end_id and a.stack <> b.stack and a.sha256 <> b.sha256
    order by a.end_id, b.end_id, a.device, a.media_id, b.media_id
  )
  select distinct on (f.a, f.b) f.a, f.b, 'same source' as grade, f.media_a as "mediaA", f.media_b as "mediaB", null::uuid as "matchId",
    20::float8 as bits, h.ends as holders, count(*) over (partition by f.a, f.b) as pairs, sa.devices * sb.devices as comparisons, f.device
  from first_pairs f join device_holders h on h.device = f.device join device_sizes sa on sa.end_id = f.a join device_sizes sb on sb.end_id = f.b
  order by f.a, f.b, h.ends, f.media_a, f.media_b, f.device`;

/**
 * All evidence between ends of one kind, as the viewer of a transaction sees it, in one statement over everything: slow, and plain.
 * `evidence` holds one row a pair of media (for the same bytes: a content). A known-good list links nothing. What shows the same place,
 * or comes from the same camera, does so only where the two are no copies of one picture.
 */
export const evidenceByScan = async (trx: Trx, between: ConnectionEnds): Promise<EvidenceOfPair[]> => {
  await withRoom(trx);
  const { rows } = await sql<EvidenceOfPair>`
    with ${visibleMedia({ bulk: true })},
    good_lists as materialized (
      select id from lists where polarity = 'known-good' and (expires_at is null or expires_at > now())
    ),
    good_media as materialized (
      select distinct m.id from visible_media m join list_hits lh on lh.media_id = m.id join good_lists g on g.id = lh.list_id
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
    weighed as materialized (select *, round(((bits - ${log2(sql`holders`)} + 1) * 1e6)::numeric) as weight from evidence),
    grades as materialized (
      select a, b, grade, max(weight) as weight, count(*) as pairs from weighed group by a, b, grade
    )
    select * from (select distinct on (w.a, w.b, w.grade) w.a, w.b, w.grade, w.media_a as "mediaA", w.media_b as "mediaB", w.match_id as "matchId",
      round(w.bits::numeric, 2)::float8 as bits, w.holders, g.pairs, sa.contents * sb.contents as comparisons, null::text as device
    from weighed w join grades g on g.a = w.a and g.b = w.b and g.grade = w.grade and g.weight = w.weight
      join sizes sa on sa.end_id = w.a join sizes sb on sb.end_id = w.b
    order by w.a, w.b, w.grade, w.media_a, w.media_b) m
    union all select * from (${DEVICES}) d`.execute(trx);
  return rows;
};
