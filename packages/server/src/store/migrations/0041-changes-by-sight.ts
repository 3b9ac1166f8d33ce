// What connections have to be told of, kept by the cases of what changed: whoever reads goes to the rows of cases that they see, and the
// work of others costs them nothing and counts for nothing. Takes the place of the table of 0036, which was read whole and then sifted.
import { sql, type Kysely } from 'kysely';
import { AS_OWNER } from './0006-accounts.js';

const BEFORE = sql.raw(`
drop function connection_changes_since(pg_snapshot);
drop table connection_changes;
`);

const TABLE = sql.raw(`
create table connection_changes (
  id uuid primary key default gen_random_uuid(),
  xid xid8 not null default pg_current_xact_id(),
  agency_id uuid not null,
  -- Where what changed lies; of a match where both do, so that whoever does not see the two learns of neither. An exhibit that has a
  -- handling code of its own is named, since it may be kept from who sees its case.
  case_id uuid not null,
  exhibit_id uuid,
  other_case_id uuid not null,
  other_exhibit_id uuid,
  -- Null where files were taken out of the case or moved: all is to be read again.
  media_ids uuid[],
  at timestamptz not null default clock_timestamp()
);
create index on connection_changes (case_id, other_case_id, xid);
create index on connection_changes (agency_id, xid);
create index on connection_changes (at);
`);

const replaced = (name: string, body: string): string => `
create or replace function ${name}() returns trigger language plpgsql ${AS_OWNER} as $$ begin
  ${body}
  return null;
end $$;`;

const INSERT =
  'insert into connection_changes (agency_id, case_id, exhibit_id, other_case_id, other_exhibit_id, media_ids)';
const ALONE = 'p.agency_id, p.case_id, h.id, p.case_id, h.id, array_agg(distinct p.media_id)';
const HANDLED = 'left join exhibits h on h.id = p.exhibit_id and h.handling is not null';
const placed = (rows: string): string =>
  `${INSERT} select ${ALONE} from (${rows}) p ${HANDLED} group by p.agency_id, p.case_id, h.id;`;
const taken = (rows: string): string =>
  `insert into connection_changes (agency_id, case_id, other_case_id) select distinct agency_id, case_id, case_id from (${rows}) t;`;

/** Of the two cases of a match, so that each two have one order. */
const lesser = (column: string): string => `case when a.case_id <= b.case_id then a.${column} else b.${column} end`;
const greater = (column: string): string => `case when a.case_id <= b.case_id then b.${column} else a.${column} end`;

/** One row for each two cases, whatever the number of matches between them. */
const MATCHED = `
  with cells as materialized (
    select distinct p.media_id, p.agency_id, p.case_id, h.id as exhibit_id
    from (select media_a as id from changed union select media_b from changed) m join occurrences p on p.media_id = m.id ${HANDLED}
  )
  ${INSERT}
  select ${lesser('agency_id')}, ${lesser('case_id')}, ${lesser('exhibit_id')}, ${greater('case_id')}, ${greater('exhibit_id')},
    array_agg(distinct m.id)
  from changed c join cells a on a.media_id = c.media_a join cells b on b.media_id = c.media_b
    cross join lateral (values (c.media_a), (c.media_b)) m (id)
  group by 1, 2, 3, 4, 5;`;

const TRIGGERS = sql.raw(
  [
    replaced(
      'connect_placed',
      placed('select agency_id, case_id, exhibit_id, media_id from changed where media_id is not null'),
    ),
    replaced('connect_taken', taken('select agency_id, case_id from changed where media_id is not null')),
    replaced(
      'connect_moved',
      `${taken(`select v.agency_id, v.case_id from was w join changed n on n.id = w.id
        cross join lateral (values (w.agency_id, w.case_id), (n.agency_id, n.case_id)) as v (agency_id, case_id)
      where w.media_id is not null and (w.media_id, w.exhibit_id, w.case_id) is distinct from (n.media_id, n.exhibit_id, n.case_id)`)}
  ${placed(`select n.agency_id, n.case_id, n.exhibit_id, n.media_id from was w join changed n on n.id = w.id
      where w.media_id is null and n.media_id is not null`)}`,
    ),
    replaced(
      'connect_stacked',
      placed('select agency_id, case_id, exhibit_id, media_id from occurrences where media_id = new.id'),
    ),
    replaced('connect_matched', MATCHED),
  ].join('\n'),
);

/**
 * Media of which something was committed after that moment, null where all is to be read again. What began after it named all cases that lay
 * there at the moment; what was under way at it may not have known of files that came meanwhile, and is told by its media. Cases, lists and
 * exhibits are those of the sight: nothing of others is gone through, but for what was under way at that very moment in an agency that shares
 * something.
 */
const SINCE = sql.raw(`
create function connection_changes_since(moment pg_snapshot) returns setof uuid language plpgsql stable ${AS_OWNER} as $$
declare
  seen uuid[] := array(select id from cases where agency_id = sight_agency() and id <> all(hidden_cases())) || shared_cases();
  withheld uuid[] := withheld_exhibits();
  agencies uuid[] := array(select distinct agency_id from cases where id = any(seen));
  began xid8 := pg_snapshot_xmax(moment);
  under_way xid8[] := array(select pg_snapshot_xip(moment));
begin
  return query
    select m.id from connection_changes c cross join lateral unnest(c.media_ids) as m (id)
      where c.case_id = any(seen) and c.other_case_id = any(seen) and c.xid >= began
        and coalesce(c.exhibit_id <> all(withheld), true) and coalesce(c.other_exhibit_id <> all(withheld), true)
    union
    select m.id from connection_changes c cross join lateral unnest(c.media_ids) as m (id)
      where c.agency_id = any(agencies) and c.xid = any(under_way) and exists (
        select from occurrences o where o.media_id = m.id and o.case_id = any(seen) and o.exhibit_id <> all(withheld))
    union all
    select null::uuid where exists (
      select from connection_changes c where c.case_id = any(seen) and c.other_case_id = any(seen) and c.media_ids is null
        and (c.xid >= began or c.xid = any(under_way)));
end $$;
revoke execute on function connection_changes_since(pg_snapshot) from public;
grant execute on function connection_changes_since(pg_snapshot) to redthread_app;
`);

/** Read through the function above and in no other way. */
const POLICIES = sql.raw(`
alter table connection_changes enable row level security;
alter table connection_changes force row level security;
create policy owner_all on connection_changes for all to current_user using (true) with check (true);
create policy service_trim on connection_changes for all to redthread_matcher using (true) with check (true);
grant select (at), delete on connection_changes to redthread_matcher;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const step of [BEFORE, TABLE, TRIGGERS, SINCE, POLICIES]) await step.execute(db);
};
