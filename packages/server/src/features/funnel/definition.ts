// The funnel as one query: which step every content of a scope stands on, from what the viewer may see. Counts and
// lists are both read from these expressions, so that every number equals the length of its list.
import { sql, type RawBuilder } from 'kysely';
import { inScope, type Scope } from './scope.js';

/**
 * The stack of media `m`, known by its representative. That of another agency may lie in a case that is not shared: such
 * a media stands alone, so that what is hidden changes no answer.
 */
export const STACK = sql<string>`case when m.agency_id = app_agency() then coalesce(m.representative_id, m.id)
  else coalesce((select r.id from media r where r.id = m.representative_id), m.id) end`;

/**
 * Common table expressions `scope_exhibits`, `scope_files`, `scope_media`, `items`: one item a distinct content
 * (SHA-256) of the scope, by the media of the first agency that holds it (comparable ones first).
 * `only`: a query of the ids of media, when no others are wanted.
 */
export const scopeItems = (scope: Scope | null, only?: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  scope_exhibits as materialized (
    select e.id, e.created_at from exhibits e join cases c on c.id = e.case_id where ${inScope(scope)}
  ),
  scope_files as materialized (
    select o.media_id, count(*) as files, min(o.created_at) as first_at
    from occurrences o where o.exhibit_id in (select id from scope_exhibits) and o.media_id is not null
      and ${only === undefined ? sql`true` : sql`o.media_id in (${only})`}
    group by o.media_id
  ),
  scope_media as materialized (
    select m.id, m.agency_id, m.sha256, m.sha1, m.md5, m.size_bytes, m.mime, m.kind, m.width, m.height, m.state,
      m.comparable, coalesce(m.width::bigint * m.height, 0) as pixels, f.files, f.first_at,
      ${STACK} as stack
    from media m join scope_files f on f.media_id = m.id
  ),
  items as materialized (
    select distinct on (sha256) *,
      count(*) over (partition by sha256) as copies_media,
      sum(files) over (partition by sha256)::bigint as copies
    from scope_media order by sha256, comparable desc, agency_id
  )`;

/** Lists that count: visible and not expired. */
export const LIVE_LISTS = sql`select id from lists where expires_at is null or expires_at > now()`;

/** Whether `alias` (anything with the three digests) is on a live list. */
const listed = (alias: string): RawBuilder<boolean> => {
  const digests = ['sha256', 'sha1', 'md5'].map((name) => sql.ref(`${alias}.${name}`));
  return sql<boolean>`exists (select 1 from list_entries le where le.digest in (${sql.join(digests)}) and le.list_id in (${LIVE_LISTS}))`;
};

/**
 * Needs `scopeItems`; adds `classified`: the items with their `step`.
 *
 * - known: on a live list, or the same bytes lie, visibly, in an exhibit outside the scope that is older than it.
 * - not-compared: no picture, or one that could not be decoded or has no features.
 * - same-content: its stack holds something known or older; or another of its stack leads here (one whose bytes are
 *   counted for another agency, then most pixels, then smallest SHA-256); or it matches something older, or a media here
 *   of an agency that comes before its own. The order of agencies keeps one of each pair: of everything that is new at
 *   least one is counted as new.
 */
export const CLASSIFIED = sql`
  earlier_exhibits as materialized (
    select e.id from exhibits e
    where e.created_at < (select min(created_at) from scope_exhibits) and e.id not in (select id from scope_exhibits)
  ),
  known_items as materialized (
    select i.id from items i where ${listed('i')}
    union
    select i.id from items i join media m on m.sha256 = i.sha256
    where exists (select 1 from occurrences o where o.media_id = m.id and o.exhibit_id in (select id from earlier_exhibits))
  ),
  leaders as materialized (
    select distinct on (stack) id from scope_media where comparable
    order by stack, (id in (select id from items)), pixels desc, sha256
  ),
  stack_members as materialized (
    select s.stack, m.id, m.sha256, m.sha1, m.md5 from (select distinct stack from items where comparable) s
      join media m on m.representative_id = s.stack
    union
    select s.stack, m.id, m.sha256, m.sha1, m.md5 from (select distinct stack from items where comparable) s
      join media m on m.id = s.stack
  ),
  known_stacks as materialized (
    select distinct s.stack from stack_members s
    where ${listed('s')}
      or exists (select 1 from occurrences o where o.media_id = s.id and o.exhibit_id in (select id from earlier_exhibits))
  ),
  matched_items as materialized (
    select distinct i.id from items i
      join (
        select media_a as near, media_b as far from matches where grade in ('identical', 'same content')
        union all
        select media_b, media_a from matches where grade in ('identical', 'same content')
      ) x on x.near = i.id
    where i.comparable and (
      exists (select 1 from scope_media s where s.id = x.far and s.agency_id < i.agency_id)
      or exists (select 1 from occurrences o where o.media_id = x.far and o.exhibit_id in (select id from earlier_exhibits))
    )
  ),
  classified as materialized (
    select i.*, case
      when i.id in (select id from known_items) then 'known'
      when not i.comparable then 'not-compared'
      when i.id not in (select id from leaders) or i.stack in (select stack from known_stacks)
        or i.id in (select id from matched_items) then 'same-content'
      else 'new' end as step
    from items i
  )`;

/** `classified` for lists that need no steps: the same columns, without the work. */
export const UNCLASSIFIED = sql`classified as (select i.*, null::text as step from items i)`;
