// The entries of lists leave the database for files; what stays are the media that stand on them: rows that are looked up when a medium or a list
// comes. The tables go once their lists are converted (store/convert-lists.ts).
import { sql, type Kysely } from 'kysely';

const TABLES = sql.raw(`
alter table lists
  -- What the source calls entries; entry_count counts the different digests.
  add item_count bigint not null default 0,
  -- Of the manifest of its files; null: not converted yet.
  add files_sha256 bytea;

create table list_hits (
  -- Of the medium.
  agency_id uuid not null,
  media_id uuid not null,
  list_agency_id uuid not null,
  list_id uuid not null,
  primary key (agency_id, media_id, list_id),
  foreign key (agency_id, media_id) references media (agency_id, id) on delete cascade,
  foreign key (list_agency_id, list_id) references lists (agency_id, id) on delete cascade
);
create index on list_hits (media_id, list_id);
create index on list_hits (list_id, media_id);

-- A version of a list never changes: a list that came is seen in the set of the lists.
drop trigger connect_listed on list_entries;
drop trigger connect_unlisted on list_entries;
drop function connect_listed();
`);

/** Seen where both are: the medium, as the policy of media has it, and the list. */
const POLICIES = sql.raw(`
alter table list_hits enable row level security;
alter table list_hits force row level security;
create policy owner_all on list_hits for all to current_user using (true) with check (true);
create policy service_all on list_hits for all to redthread_worker using (true) with check (true);
create policy app_see on list_hits for select to redthread_app using (
  (list_agency_id = app_agency() or list_id in (select unnest(shared_lists())))
  and (agency_id = whole_agency() or exists (select from occurrences o where o.media_id = list_hits.media_id)));
grant select on list_hits to redthread_app;
grant select, insert on lists, list_hits to redthread_worker;

-- Whoever imports writes files, looks up what everybody holds, and then the row: no work of the role of the web.
revoke insert on lists, list_entries, list_items from redthread_app;
drop policy app_add on lists;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const step of [TABLES, POLICIES]) await step.execute(db);
};
