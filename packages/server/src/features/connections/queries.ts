// Reads what links exhibits: the same bytes in both, and matches between media of both; each pair of exhibits once.
import { sql, type RawBuilder } from 'kysely';
import type { Connection, Reason } from '@redthread/core/contract';
import { exchangedReasons, type MatchGrade } from '@redthread/core/domain';
import { readCursor, toPage, type Page } from '../../app/http/paging.js';
import { gradeOrder, withRoom, type Trx } from '../../store/index.js';
import { inScope, visibleMedia, type Scope } from '../funnel/index.js';
import { matchInWords } from '../matches/index.js';
import { IDENTICAL_BITS } from './score.js';

interface StrongestMatch {
  /** The medium from which the reasons are told. */
  readonly mediaA: string | null;
  readonly method: string;
  readonly version: number;
  readonly value: number;
  readonly threshold: number;
  readonly unit: string;
  readonly reasons: Reason[];
}

interface Row {
  readonly exhibit_a: string;
  readonly exhibit_b: string;
  readonly a: Connection['a'];
  readonly b: Connection['b'];
  readonly counts: { grade: MatchGrade; pairs: number }[];
  readonly bits: number;
  readonly pairs: number;
  readonly grade: MatchGrade;
  readonly media_a: string;
  readonly media_b: string;
  readonly match: StrongestMatch | null;
  readonly total: number;
}

const END = (
  exhibit: string,
) => sql`(select json_build_object('exhibitId', e.id, 'exhibit', e.reference, 'caseReference', c.reference,
  'agency', json_build_object('id', a.id, 'name', a.name, 'country', a.country))
  from exhibits e join cases c on c.id = e.case_id join agencies a on a.id = e.agency_id where e.id = ${sql.ref(exhibit)})`;

/** In double precision: numeric logarithms take longer than everything else here together. */
const log2 = (value: RawBuilder<unknown>) => sql`ln((${value})::float8) / ln(2::float8)`;

const RANK = gradeOrder('grade');

/**
 * Pairs of exhibits of which at least one lies in the scope, strongest first. `evidence` holds one row a pair of media
 * (for the same bytes: a content), with its bits: those of the match, less one for each doubling of the exhibits that hold the
 * picture (what forty exhibits hold links two of them less than what only these two hold). A known-good list links nothing.
 */
export const readConnections = async (
  trx: Trx,
  scope: Scope | null,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<Connection>> => {
  const after = readCursor<[number, number, string, string]>(cursor, ['number', 'number', 'string', 'string']);
  await withRoom(trx);
  const result = await sql<Row>`
    with ${visibleMedia({ bulk: true })},
    scope_exhibits as materialized (
      select e.id from exhibits e join cases c on c.id = e.case_id where ${inScope(scope)}
    ),
    good_lists as materialized (
      select id from lists where polarity = 'known-good' and (expires_at is null or expires_at > now())
    ),
    good_media as materialized (
      select m.id from visible_media m cross join lateral (values (m.sha256), (m.sha1), (m.md5)) as d (digest)
        join list_entries le on le.digest = d.digest join good_lists g on g.id = le.list_id
      where exists (select 1 from good_lists)
    ),
    placed as materialized (
      select p.media_id, p.exhibit_id, m.sha256, m.stack
      from (select distinct o.media_id, o.exhibit_id from exhibits e join occurrences o on o.exhibit_id = e.id where o.media_id is not null) p
        join visible_media m on m.id = p.media_id
        left join good_media g on g.id = m.id
      where g.id is null
    ),
    holders as materialized (select stack, count(distinct exhibit_id) as exhibits from placed group by stack),
    same_bytes as materialized (select sha256, count(distinct exhibit_id) as exhibits from placed group by sha256 having count(distinct exhibit_id) > 1),
    evidence as materialized (
      select a.exhibit_id as exhibit_a, b.exhibit_id as exhibit_b, a.media_id as media_a, b.media_id as media_b,
        'identical' as grade, null::uuid as match_id, ${IDENTICAL_BITS} - ${log2(sql`s.exhibits / 2.0`)} as bits
      from same_bytes s join placed a on a.sha256 = s.sha256 join placed b on b.sha256 = s.sha256
      where a.exhibit_id < b.exhibit_id
      union all
      select least(a.exhibit_id, b.exhibit_id), greatest(a.exhibit_id, b.exhibit_id),
        case when a.exhibit_id < b.exhibit_id then a.media_id else b.media_id end,
        case when a.exhibit_id < b.exhibit_id then b.media_id else a.media_id end,
        x.grade, x.id,
        x.bits - ${log2(sql`greatest(2, case when a.stack = b.stack then ha.exhibits else ha.exhibits + hb.exhibits end) / 2.0`)}
      from matches x join placed a on a.media_id = x.media_a join placed b on b.media_id = x.media_b
        join holders ha on ha.stack = a.stack join holders hb on hb.stack = b.stack
      where a.exhibit_id <> b.exhibit_id and x.grade <> 'identical'
    ),
    wanted as materialized (
      select * from evidence
      where exhibit_a in (select id from scope_exhibits) or exhibit_b in (select id from scope_exhibits)
    ),
    grades as materialized (
      select exhibit_a, exhibit_b, grade, max(bits) as bits, count(*) as pairs from wanted group by exhibit_a, exhibit_b, grade
    ),
    pairs as materialized (
      select exhibit_a, exhibit_b, round(max(bits)::numeric, 2)::float8 as bits, sum(pairs)::bigint as pairs,
        json_agg(json_build_object('grade', grade, 'pairs', pairs) order by ${RANK}) as counts
      from grades group by exhibit_a, exhibit_b
    ),
    page as materialized (
      select *, (select count(*) from pairs) as total from pairs
      where ${after === null ? sql`true` : sql`(-bits, -pairs, exhibit_a, exhibit_b) > (${-after[0]}::float8, ${-after[1]}::bigint, ${after[2]}::uuid, ${after[3]}::uuid)`}
      order by bits desc, pairs desc, exhibit_a, exhibit_b limit ${limit + 1}
    ),
    strongest as (
      select distinct on (w.exhibit_a, w.exhibit_b) w.* from wanted w join page p using (exhibit_a, exhibit_b)
      order by w.exhibit_a, w.exhibit_b, ${RANK}, w.bits desc, w.media_a, w.media_b
    )
    select p.*, s.grade, s.media_a, s.media_b, ${END('p.exhibit_a')} as a, ${END('p.exhibit_b')} as b,
      (select json_build_object('mediaA', x.media_a, 'method', x.method, 'version', x.version, 'value', x.value, 'threshold', x.threshold, 'unit', x.unit,
        'reasons', x.reasons) from matches x where x.id = s.match_id) as match
    from page p join strongest s using (exhibit_a, exhibit_b)
    order by p.bits desc, p.pairs desc, p.exhibit_a, p.exhibit_b`.execute(trx);
  return toPage(
    result.rows,
    limit,
    result.rows[0]?.total ?? 0,
    (row) => [row.bits, row.pairs, row.exhibit_a, row.exhibit_b],
    toConnection,
  );
};

const NO_MEASUREMENT: StrongestMatch = {
  mediaA: null,
  method: 'sha256',
  version: 1,
  value: 0,
  threshold: 0,
  unit: 'bits',
  reasons: [],
};

/** Many lines say `the same file`: how many files tells them apart. */
const words = ({ counts, grade, match, media_a }: Row): string => {
  const identical = counts.find((count) => count.grade === 'identical')?.pairs ?? 0;
  if (grade === 'identical' && identical > 1) return `${identical} pairs of files are the same, byte for byte.`;
  const { mediaA, reasons, ...measured } = match ?? NO_MEASUREMENT;
  const isExchanged = mediaA !== null && mediaA !== media_a;
  return matchInWords({ grade, ...measured, reasons: isExchanged ? exchangedReasons(reasons) : reasons });
};

const toConnection = (row: Row): Connection => ({
  id: `${row.exhibit_a}_${row.exhibit_b}`,
  a: row.a,
  b: row.b,
  counts: row.counts,
  bits: row.bits,
  strongest: {
    mediaA: row.media_a,
    mediaB: row.media_b,
    grade: row.grade,
    words: words(row),
  },
});
