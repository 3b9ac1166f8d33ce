// What connections have to be told of: media that came to an exhibit, were stacked or matched, and where so much changed that all is to be
// read again. Written by triggers in the transaction of the change, read under row-level security by whoever sees what changed.
import { sql, type Kysely } from 'kysely';
import { AS_OWNER } from './0006-accounts.js';

const TABLE = sql.raw(`
create table connection_changes (
  id uuid primary key default gen_random_uuid(),
  xid xid8 not null default pg_current_xact_id(),
  agency_id uuid not null,
  -- A medium that changed; of a match both, so that whoever does not see the two learns of neither.
  media_id uuid,
  other_agency_id uuid,
  other_media_id uuid,
  -- A case that files were taken out of, or moved in, and a list of known-good files: all is to be read again.
  case_id uuid,
  list_id uuid,
  at timestamptz not null default clock_timestamp(),
  check (num_nonnulls(media_id, case_id, list_id) = 1),
  check ((other_media_id is null) = (other_agency_id is null))
);
create index on connection_changes (xid);
create index on connection_changes (at);
`);

const trigger = (name: string, body: string): string => `
create function ${name}() returns trigger language plpgsql ${AS_OWNER} as $$ begin
  ${body}
  return null;
end $$;
revoke execute on function ${name}() from public;`;

const PLACED = 'insert into connection_changes (agency_id, media_id)';
const TAKEN = 'insert into connection_changes (agency_id, case_id)';
const MATCHED = `insert into connection_changes (agency_id, media_id, other_agency_id, other_media_id)
    select agency_a, media_a, agency_b, media_b from changed;`;

const TRIGGERS = sql.raw(`
${trigger('connect_placed', `${PLACED} select distinct agency_id, media_id from changed where media_id is not null;`)}
${trigger('connect_taken', `${TAKEN} select distinct agency_id, case_id from changed where media_id is not null;`)}
${trigger(
  'connect_moved',
  `${TAKEN} select distinct v.agency_id, v.case_id from was w join changed n on n.id = w.id
      cross join lateral (values (w.agency_id, w.case_id), (n.agency_id, n.case_id)) as v (agency_id, case_id)
    where w.media_id is not null and (w.media_id, w.exhibit_id, w.case_id) is distinct from (n.media_id, n.exhibit_id, n.case_id);
  ${PLACED} select distinct n.agency_id, n.media_id from was w join changed n on n.id = w.id
    where w.media_id is null and n.media_id is not null;`,
)}
${trigger('connect_stacked', `${PLACED} values (new.agency_id, new.id);`)}
${trigger('connect_matched', MATCHED)}
${trigger(
  'connect_listed',
  `insert into connection_changes (agency_id, list_id) select distinct c.agency_id, c.list_id from changed c
      join lists l on l.id = c.list_id and l.polarity = 'known-good';`,
)}

create trigger connect_placed after insert on occurrences referencing new table as changed
  for each statement execute function connect_placed();
create trigger connect_taken after delete on occurrences referencing old table as changed
  for each statement execute function connect_taken();
create trigger connect_moved after update on occurrences referencing old table as was new table as changed
  for each statement execute function connect_moved();
create trigger connect_stacked after update of representative_id on media for each row
  when (old.representative_id is distinct from new.representative_id) execute function connect_stacked();
create trigger connect_matched after insert on matches referencing new table as changed
  for each statement execute function connect_matched();
create trigger connect_rematched after update on matches referencing new table as changed
  for each statement execute function connect_matched();
create trigger connect_unmatched after delete on matches referencing old table as changed
  for each statement execute function connect_matched();
create trigger connect_listed after insert on list_entries referencing new table as changed
  for each statement execute function connect_listed();
create trigger connect_unlisted after delete on list_entries referencing old table as changed
  for each statement execute function connect_listed();
`);

/** As the policy of media has it. */
const media = (agency: string, id: string): string =>
  `(${agency} = whole_agency() or exists (select from occurrences o where o.media_id = connection_changes.${id}))`;

/** Names rows and says nothing of them: what they say is read under the policy. So no number of a transaction is told. */
const SINCE = sql.raw(`
create function connection_changes_since(moment pg_snapshot) returns setof uuid language sql stable ${AS_OWNER} as $$
  select id from connection_changes where xid >= pg_snapshot_xmin(moment) and not pg_visible_in_snapshot(xid, moment) $$;
revoke execute on function connection_changes_since(pg_snapshot) from public;
grant execute on function connection_changes_since(pg_snapshot) to redthread_app;
`);

const POLICIES = sql.raw(`
alter table connection_changes enable row level security;
alter table connection_changes force row level security;
create policy owner_all on connection_changes for all to current_user using (true) with check (true);
create policy app_see on connection_changes for select to redthread_app using (case
  when media_id is not null then ${media('agency_id', 'media_id')} and (other_media_id is null or ${media('other_agency_id', 'other_media_id')})
  when case_id is not null then case_id in (select id from cases)
  else agency_id = app_agency() or list_id in (select unnest(shared_lists())) end);
create policy service_trim on connection_changes for all to redthread_matcher using (true) with check (true);
grant select (id, agency_id, media_id, other_agency_id, other_media_id, case_id, list_id) on connection_changes to redthread_app;
grant select (at), delete on connection_changes to redthread_matcher;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const step of [TABLE, TRIGGERS, SINCE, POLICIES]) await step.execute(db);
};
