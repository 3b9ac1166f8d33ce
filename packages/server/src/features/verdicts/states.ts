// What the votes of media come to, as SQL for lists and as the one rule of the domain for whoever reads a state.
import { sql, type RawBuilder } from 'kysely';
import type { VerdictState } from '@redthread/core/contract';
import { stateOfVotes, type CodeTally } from '@redthread/core/domain';

/** What holds for an agency that has set no rule: two undisputed votes. */
export const DEFAULT_QUORUM = 2;
export const DEFAULT_SCHEME = 'vic-default@2.0';

export interface StateRow {
  readonly media_id: string;
  readonly scheme: string;
  readonly quorum: number;
  readonly tallies: CodeTally[];
}

/**
 * Common table expressions that end in `verdict_states` (agency_id, media_id, scheme, tallies, quorum, state, last_at), one row a media
 * and version of a scheme, from the votes in force of people of its own agency. `which`: a condition on `v` (verdicts). `state` is the
 * rule of `stateOfVotes`, for filters; a test holds the two to each other.
 */
export const verdictStates = (which: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  verdict_tallies as (
    select v.agency_id, v.media_id, v.scheme, v.code, count(*) filter (where v.seen = 'looked') as looked,
      count(*) filter (where v.seen = 'by-stack') as by_stack, count(*) filter (where v.seen = 'not-looked') as not_looked,
      count(*) filter (where v.seen <> 'not-looked' and v.code <> 'cannot-say') as votes, max(v.at) as last_at
    from verdicts v where v.retracted_at is null and v.voter_agency_id = v.agency_id and ${which}
    group by v.agency_id, v.media_id, v.scheme, v.code
  ),
  verdict_sums as (
    select t.agency_id, t.media_id, t.scheme, sum(t.votes) as votes, max(t.votes) as lead, count(*) filter (where t.votes > 0) as codes,
      max(t.last_at) as last_at, json_agg(json_build_object('code', t.code, 'looked', t.looked, 'byStack', t.by_stack,
        'notLooked', t.not_looked) order by t.votes desc, t.code) as tallies
    from verdict_tallies t group by t.agency_id, t.media_id, t.scheme
  ),
  verdict_states as (
    select s.agency_id, s.media_id, s.scheme, s.tallies, s.last_at, coalesce(r.quorum, ${DEFAULT_QUORUM}::smallint) as quorum,
      case when 2 * s.lead - s.votes >= coalesce(r.quorum, ${DEFAULT_QUORUM}::smallint) then 'decided'
        when s.codes > 1 then 'disputed' else 'waiting' end as state
    from verdict_sums s left join verdict_rules r on r.agency_id = s.agency_id
  )`;

export const toState = ({ scheme, quorum, tallies }: StateRow): VerdictState => ({
  scheme,
  quorum,
  tallies,
  ...stateOfVotes(tallies, quorum),
});
