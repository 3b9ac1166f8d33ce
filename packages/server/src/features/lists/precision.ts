// How often what a list names was looked at, and what the people who looked said of it: votes that are in force and that the viewer sees, on media that
// they see. What an agency put on its negative list is rejected by it.
import { sql } from 'kysely';
import type { ListPrecision } from '@redthread/core/contract';
import type { Trx } from '../../store/index.js';
import { TAKEN_FOR_NONE } from '../funnel/index.js';
import { schemesHere } from '../schemes/index.js';

interface PrecisionRow extends ListPrecision {
  readonly id: string;
}

/** By list; those that nobody has looked at are left out. `name`: of the lists that are asked for, or null for all. */
export const readPrecision = async (trx: Trx, name: string | null): Promise<Map<string, ListPrecision>> => {
  const { all } = await schemesHere(trx);
  const polarities = Object.fromEntries(
    all.flatMap((scheme) => scheme.codes.map(({ code, polarity }) => [`${scheme.name}:${code}`, polarity] as const)),
  );
  const { rows } = await sql<PrecisionRow>`
    with asked as materialized (select id, polarity from lists where ${name === null ? sql`true` : sql`name = ${name}`}),
    said as materialized (
      select a.id, v.media_id, a.polarity, ${JSON.stringify(polarities)}::jsonb ->> (v.scheme || ':' || v.code) as vote, true as looked
        from verdicts v join list_hits h on h.media_id = v.media_id join asked a on a.id = h.list_id
        where v.retracted_at is null and v.seen = 'looked'
      union all
      select a.id, m.id, a.polarity, case a.polarity when 'known-bad' then 'known-good' end, false
        from (${TAKEN_FOR_NONE}) m join list_hits h on h.media_id = m.id join asked a on a.id = h.list_id
        where a.polarity <> 'known-good'
    ),
    judged as materialized (
      select id, media_id, bool_or(looked) as looked, coalesce(bool_or(vote = polarity and polarity <> 'other'), false) as yes,
        coalesce(bool_or(vote <> polarity and vote <> 'other' and polarity <> 'other'), false) as no
        from said group by id, media_id
    )
    select id, count(*) filter (where looked) as looked, count(*) filter (where yes and not no) as confirmed,
      count(*) filter (where no and not yes) as rejected, count(*) filter (where yes and no) as disputed
    from judged group by id`.execute(trx);
  return new Map(rows.map(({ id, ...precision }) => [id, precision]));
};
