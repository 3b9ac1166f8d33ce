// The funnel as one query: which step every content of a scope stands on, from what the viewer may see. Counts and
// lists are both read from these expressions, so that every number equals the length of its list.
import { sql, type RawBuilder } from 'kysely';
import { isAcross, type AcrossStep, type FunnelStep } from '@redthread/core/contract';
import { withRoom, type Trx } from '../../store/index.js';
import { inScope, type Scope } from './scope.js';

/** Nothing of the agency of media `m` is kept from the viewer: what the row says of others is theirs to know. */
const WHOLE = sql`m.agency_id = whole_agency()`;

/**
 * The stack of media `m`, known by its representative. That may lie in a case that the viewer does not see: such a media
 * stands alone, so that what is hidden changes no answer.
 */
export const STACK = sql<string>`case when ${WHOLE} then coalesce(m.representative_id, m.id)
  else coalesce((select r.id from media r where r.id = m.representative_id), m.id) end`;

/** A scope with how its media are best read. */
export interface PlannedScope {
  readonly scope: Scope | null;
  /** Whether the scope holds much of what is visible: then all of that is read once, rather than looked up one by one. */
  readonly bulk: boolean;
}

/** Share of all files that the viewer sees from which on one pass over them is quicker than as many look-ups. */
const BULK_SHARE = 0.05;

/**
 * Looks at the size of a scope, and gives the transaction the memory that its sorts and joins need. PostgreSQL cannot
 * tell for itself: it takes the row-level security of a media to cost the same whether it is asked once or for all.
 */
export const planScope = async (trx: Trx, scope: Scope | null): Promise<PlannedScope> => {
  await withRoom(trx);
  const { rows } = await sql<{ share: number }>`
    select (coalesce(sum(e.files_seen) filter (where ${inScope(scope)}), 0) / greatest(1, sum(e.files_seen)))::float8 as share
    from exhibits e join cases c on c.id = e.case_id`.execute(trx);
  return { scope, bulk: (rows[0]?.share ?? 0) > BULK_SHARE };
};

/**
 * Common table expression `visible_media`, with the stack of each: in place of `media` wherever many of them are
 * read. Agencies of which nothing is seen are not gone through.
 */
export const visibleMedia = ({ bulk }: Pick<PlannedScope, 'bulk'>): RawBuilder<unknown> => sql`
  visible_media as ${bulk ? sql`materialized` : sql`not materialized`} (
    select m.id, m.agency_id, m.representative_id, m.sha256, m.size_bytes, m.mime, m.kind, m.width, m.height,
      m.state, m.comparable,
      case when ${WHOLE} then coalesce(m.representative_id, m.id) else coalesce(r.id, m.id) end as stack
    from media m left join media r on r.id = m.representative_id and m.agency_id is distinct from whole_agency()
    where m.agency_id = any ((select known_agencies())::uuid[])
  )`;

/**
 * In place of `occurrences` where media are named (`only`, a query of ids): the files of own ones, and of others those in cases that are shared.
 * Files that a partner hides are not gone through, as they are where the policy alone leaves them out.
 */
export const filesOfMedia = (only: RawBuilder<unknown>): RawBuilder<unknown> => sql`(
  select o.* from occurrences o
    where o.media_id = any (array(select n.id from media n where n.id in (${only}) and n.agency_id = sight_agency()))
  union all select o.* from occurrences o
    where o.media_id = any (array(${only})) and o.case_id = any ((select shared_cases())::uuid[]))`;

/**
 * The files `o` of a scope, and a condition on them. Whoever sees a file sees its exhibit and its case: where media are named and there is no
 * scope, no exhibit has to be looked at.
 */
const filesOf = (scope: Scope | null, only: RawBuilder<unknown> | undefined): RawBuilder<unknown> => {
  const inExhibits = sql`o.exhibit_id in (select id from scope_exhibits)`;
  if (only === undefined) return sql`occurrences o where o.media_id is not null and ${inExhibits}`;
  return sql`${filesOfMedia(only)} o where ${scope === null ? sql`true` : inExhibits}`;
};

/**
 * Common table expressions `visible_media`, `scope_exhibits`, `scope_files`, `scope_media`, `items`: one item a distinct
 * content (SHA-256) of the scope, by the media of the first agency that holds it (comparable ones first).
 * `only`: a query of the ids of media, when no others are wanted.
 */
export const scopeItems = (planned: PlannedScope, only?: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  ${visibleMedia(planned)},
  scope_exhibits as materialized (
    select e.id, e.created_at from exhibits e join cases c on c.id = e.case_id where ${inScope(planned.scope)}
  ),
  scope_files as materialized (
    select o.media_id, count(*) as files, min(o.created_at) as first_at
    from ${filesOf(planned.scope, only)}
    group by o.media_id
  ),
  scope_media as materialized (
    select m.id, m.agency_id, m.sha256, m.size_bytes, m.mime, m.kind, m.width, m.height, m.state,
      m.comparable, coalesce(m.width::bigint * m.height, 0) as pixels, f.files, f.first_at, m.stack
    from visible_media m join scope_files f on f.media_id = m.id
  ),
  items as materialized (
    select distinct on (sha256) *,
      count(*) over (partition by sha256) as copies_media,
      sum(files) over (partition by sha256)::bigint as copies
    from scope_media order by sha256, comparable desc, agency_id
  )`;

/** Lists that count: visible and not expired. */
const LIVE_LISTS = sql`select id from lists where expires_at is null or expires_at > now()`;

/** Media of the digests `n` of the negative list, each by the index of its kind; one may come twice. */
const mediaOfNegative = (which: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select m.id from negative_digests n join media m on m.sha256 = n.digest where n.kind = 'sha256' and ${which}
  union all select m.id from negative_digests n join media m on m.sha1 = n.digest where n.kind = 'sha1' and ${which}
  union all select m.id from negative_digests n join media m on m.md5 = n.digest where n.kind = 'md5' and ${which}`;

/** Whether the digest `n` of the negative list is in force. */
export const NEGATIVE_IN_FORCE = sql<boolean>`(n.state <> 'ended' and (n.expires_at is null or n.expires_at > now()))`;
/** Media that are never a hit in the viewer's agency: on its negative list, or set aside until somebody decides. Known good stays known good. */
export const NEVER_HITS = mediaOfNegative(NEGATIVE_IN_FORCE);
/** Of these, the ones that a person has taken for none. */
export const TAKEN_FOR_NONE = mediaOfNegative(sql`n.state = 'negative' and ${NEGATIVE_IN_FORCE}`);

/** Whether a row of `list_hits` counts. */
export const countingHit = (
  alias: string,
): RawBuilder<boolean> => sql<boolean>`(${sql.ref(`${alias}.list_id`)} in (${LIVE_LISTS})
  and (${sql.ref(`${alias}.list_id`)} in (select id from lists where polarity = 'known-good') or ${sql.ref(`${alias}.media_id`)} not in (${NEVER_HITS})))`;

/** Media of `alias` that are on a live list. Joins, not subqueries: see below. */
const onLiveList = (alias: string): RawBuilder<unknown> => sql`
  join list_hits lh on lh.media_id = ${sql.ref(`${alias}.id`)}
  join live_lists on live_lists.id = lh.list_id
    and (live_lists.polarity = 'known-good' or lh.media_id not in (select id from never_hits))`;

/** Only where there is anything older than the scope: PostgreSQL asks this once and leaves the rest out. */
const IF_EARLIER = sql`exists (select 1 from earlier_exhibits)`;

/**
 * Needs `scopeItems`; adds `classified`: the items with their `step`.
 *
 * - known: on a live list, or the same bytes lie, visibly, in an exhibit outside the scope that is older than it.
 * - not-compared: no picture, or one that could not be decoded or has no features.
 * - same-content: another of its stack leads here (one whose bytes are counted for another agency, then most pixels, then
 *   smallest SHA-256); or its stack holds something known or older; or it matches something older, or a media here of an
 *   agency that comes before its own. The order of agencies keeps one of each pair: of everything that is new at least
 *   one is counted as new.
 *
 * Each question is asked only of what the one before left open (`candidates`), and as a join: a subquery inside CASE is
 * walked through row by row once it outgrows work_mem, which turns 360,000 files into hours.
 */
export const CLASSIFIED = sql`
  live_lists as materialized (select id, polarity from lists where id in (${LIVE_LISTS})),
  never_hits as materialized (${NEVER_HITS}),
  earlier_exhibits as materialized (
    select e.id from exhibits e
    where e.created_at < (select min(created_at) from scope_exhibits) and e.id not in (select id from scope_exhibits)
  ),
  known_items as materialized (
    select i.id from items i ${onLiveList('i')}
    union
    select i.id from items i join visible_media m on m.sha256 = i.sha256 join occurrences o on o.media_id = m.id
      join earlier_exhibits e on e.id = o.exhibit_id
    where ${IF_EARLIER}
  ),
  leaders as materialized (
    select distinct on (s.stack) s.id from scope_media s left join items i on i.id = s.id
    where s.comparable order by s.stack, (i.id is not null), s.pixels desc, s.sha256
  ),
  candidates as materialized (
    select i.id, i.agency_id, i.stack from items i join leaders l on l.id = i.id left join known_items k on k.id = i.id
    where i.comparable and k.id is null
  ),
  stack_members as materialized (
    select c.stack, m.id from candidates c join visible_media m on m.representative_id = c.stack
    union
    select c.stack, m.id from candidates c join visible_media m on m.id = c.stack
  ),
  known_stacks as materialized (
    select s.stack from stack_members s ${onLiveList('s')}
    union
    select s.stack from stack_members s join occurrences o on o.media_id = s.id join earlier_exhibits e on e.id = o.exhibit_id
    where ${IF_EARLIER}
  ),
  matched_with as materialized (
    select c.id, c.agency_id, x.media_b as other from candidates c join matches x on x.media_a = c.id
    where x.grade in ('identical', 'same content')
    union all
    select c.id, c.agency_id, x.media_a from candidates c join matches x on x.media_b = c.id
    where x.grade in ('identical', 'same content')
  ),
  matched_items as materialized (
    select w.id from matched_with w join scope_media s on s.id = w.other where s.agency_id < w.agency_id
    union
    select w.id from matched_with w join occurrences o on o.media_id = w.other join earlier_exhibits e on e.id = o.exhibit_id
    where ${IF_EARLIER}
  ),
  classified as materialized (
    select i.*, case
      when k.id is not null then 'known'
      when not i.comparable then 'not-compared'
      when c.id is null or ks.stack is not null or mi.id is not null then 'same-content'
      else 'new' end as step
    from items i left join known_items k on k.id = i.id left join candidates c on c.id = i.id
      left join known_stacks ks on ks.stack = c.stack left join matched_items mi on mi.id = c.id
  )`;

/** `classified` for lists that need no steps: the same columns, without the work. */
const UNCLASSIFIED = sql`classified as (select i.*, null::text as step from items i)`;

/**
 * `partial_items` (id) of `classified`: new contents that match in part with what is on a live list, or lies in an exhibit outside the scope
 * that is older than it.
 */
const PARTIAL = sql`
  parts as materialized (
    select c.id, x.media_b as other from classified c join matches x on x.media_a = c.id where c.step = 'new' and x.grade = 'partial'
    union all
    select c.id, x.media_a from classified c join matches x on x.media_b = c.id where c.step = 'new' and x.grade = 'partial'
  ),
  partial_items as materialized (
    select p.id from parts p join list_hits lh on lh.media_id = p.other join live_lists on live_lists.id = lh.list_id
    union
    select p.id from parts p join occurrences o on o.media_id = p.other join earlier_exhibits e on e.id = o.exhibit_id
    where ${IF_EARLIER}
  )`;

/**
 * `reviewed_items` (id) of `items` and `scope_media`: contents on which a vote is in force of somebody who looked at them, or at
 * another of their stack.
 */
const REVIEWED = sql`
  reviewed_items as materialized (
    select distinct i.id from items i join scope_media s on s.sha256 = i.sha256 join verdicts v on v.media_id = s.id
    where v.retracted_at is null and v.seen <> 'not-looked'
  )`;

/** `contributed_items` (id) of `items` and `scope_media`: contents that the ledger says were given to somebody, and that were not taken back. */
const CONTRIBUTED = sql`
  contributed_items as materialized (
    select distinct i.id from items i join scope_media s on s.sha256 = i.sha256 join contribution_items g on g.media_id = s.id
    where g.withdrawn_at is null
  )`;

/** `identified_items` (id) of `items` and `scope_media`: contents that belong to a series whose last state is identified, or of which its owner released that. */
const IDENTIFIED = sql`
  identified_series as materialized (
    select l.entity_id from (select distinct on (entity_id) entity_id, state from series_steps order by entity_id, at desc, id desc) l
    where l.state = 'identified'
  ),
  identified_items as materialized (
    select i.id from items i join scope_media s on s.sha256 = i.sha256
      join assertions a on a.from_media_id = s.id and a.type = 'member-of' and a.retracted_at is null
      join identified_series d on d.entity_id = a.to_entity_id
    union select i.id from items i join scope_media s on s.sha256 = i.sha256 join outcome_media x on x.media_id = s.id
  )`;

/** What lies across the other steps, each with the table expression that holds its items. */
export const ACROSS: Readonly<
  Record<AcrossStep, { readonly needs: RawBuilder<unknown>; readonly items: RawBuilder<unknown> }>
> = {
  partial: { needs: PARTIAL, items: sql`select id from partial_items` },
  reviewed: { needs: REVIEWED, items: sql`select id from reviewed_items` },
  contributed: { needs: CONTRIBUTED, items: sql`select id from contributed_items` },
  identified: { needs: IDENTIFIED, items: sql`select id from identified_items` },
};

/** `classified` with what a list of this step needs; the steps are worked out only where one of them is asked for. */
export const classifiedFor = (step: FunnelStep | undefined): RawBuilder<unknown> => {
  if (step === undefined) return UNCLASSIFIED;
  if (step === 'partial') return sql`${CLASSIFIED}, ${ACROSS.partial.needs}`;
  return isAcross(step) ? sql`${ACROSS[step].needs}, ${UNCLASSIFIED}` : CLASSIFIED;
};
