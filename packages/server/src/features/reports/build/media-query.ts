// The media of a case or an exhibit with their numbers in its report, their stacks, what people voted and what lists say: the common
// table expressions that its tables are read from.
import { sql, type RawBuilder } from 'kysely';
import { countingHit, STACK, type Scope } from '../../funnel/index.js';
import { verdictStates, type StateRow } from '../../verdicts/index.js';

/** A vote as a report tells it. */
export interface ToldVote {
  readonly scheme: string;
  readonly code: string;
  readonly seen: 'looked' | 'by-stack' | 'not-looked';
  readonly by: string;
  readonly agency: string;
  readonly counts: boolean;
  readonly at: string;
}

export interface ToldList {
  readonly name: string;
  readonly version: string;
  readonly polarity: string;
}

export interface MediaSays {
  readonly votes: readonly ToldVote[];
  readonly states: readonly StateRow[];
  readonly lists: readonly ToldList[];
}

/** The files that a report tells of: those of a case or an exhibit, or all that these media have. */
export type FileScope = Scope | { readonly kind: 'media'; readonly media: readonly string[] };

/** Condition on `o` (occurrences). */
export const filesIn = (scope: FileScope): RawBuilder<unknown> => {
  if (scope.kind === 'media') return sql`o.media_id = any(${[...scope.media]}::uuid[])`;
  return scope.kind === 'exhibit' ? sql`o.exhibit_id = ${scope.id}::uuid` : sql`o.case_id = ${scope.id}::uuid`;
};

/** Query of the ids of the media of the scope. */
export const mediaIn = (scope: FileScope): RawBuilder<unknown> =>
  sql`select distinct o.media_id from occurrences o where ${filesIn(scope)} and o.media_id is not null`;

/**
 * `numbered`: the media of the scope, numbered in the order of their first files (exhibits by when they were registered, paths by their
 * bytes). `stacked`: of the stacks with more than one of them, the number of the first.
 */
export const numberedMedia = (scope: FileScope): RawBuilder<unknown> => sql`
  placed as materialized (
    select distinct on (o.media_id) o.media_id, e.created_at, e.id as exhibit_id, e.reference as exhibit, o.path, o.id
    from occurrences o join exhibits e on e.id = o.exhibit_id
    where ${filesIn(scope)} and o.media_id is not null
    order by o.media_id, e.created_at, e.id, o.path collate "C", o.id
  ),
  numbered as materialized (
    select m.id, m.agency_id, m.sha256, m.sha1, m.md5, m.size_bytes, m.mime, case when media_closed(m.id) then 'closed' else m.state end as state,
      m.error_code, m.error_detail, ${STACK} as stack, p.exhibit, p.path,
      row_number() over (order by p.created_at, p.exhibit_id, p.path collate "C", m.sha256) as number
    from placed p join media m on m.id = p.media_id
  ),
  stacked as materialized (
    select stack, min(number) as number, count(*) as members from numbered group by stack having count(*) > 1
  )`;

/** Needs `numbered`; adds `says` (media_id, votes, states, lists): of media of which anything is said. */
export const whatIsSaid = (): RawBuilder<unknown> => sql`
  votes_told as materialized (
    select v.media_id, json_agg(json_build_object('scheme', v.scheme, 'code', v.code, 'seen', v.seen, 'by', v.login, 'agency', v.voter_agency,
      'counts', v.voter_agency_id = v.agency_id, 'at', v.at) order by v.at, v.id) as votes
    from verdicts v where v.retracted_at is null and v.media_id in (select id from numbered) group by v.media_id
  ),
  ${verdictStates(sql`v.media_id in (select id from numbered)`)},
  states_told as materialized (
    select media_id, json_agg(json_build_object('media_id', media_id, 'scheme', scheme, 'quorum', quorum, 'tallies', tallies)
      order by scheme) as states from verdict_states group by media_id
  ),
  lists_told as materialized (
    select h.media_id, json_agg(json_build_object('name', l.name, 'version', l.version, 'polarity', l.polarity)
      order by l.name, l.version, l.id) as lists
    from list_hits h join lists l on l.id = h.list_id
    where h.media_id in (select id from numbered) and ${countingHit('h')} group by h.media_id
  ),
  says as materialized (
    select coalesce(v.media_id, l.media_id) as media_id, coalesce(v.votes, '[]') as votes, coalesce(s.states, '[]') as states,
      coalesce(l.lists, '[]') as lists
    from votes_told v full join lists_told l on l.media_id = v.media_id left join states_told s on s.media_id = v.media_id
  )`;
