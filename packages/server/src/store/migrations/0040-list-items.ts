// What a list says beyond the bare digest: entries as their source gave them, with categories, flags and keys, so that a later file of the same
// source can replace or take back what an earlier one said.
import { sql, type Kysely } from 'kysely';

const TABLE = sql.raw(`
alter table lists
  add format text not null default 'hash-list',
  -- Whose list it is, as they are named; the agency is who brought it in.
  add owner text,
  -- What was noticed while it was read: code, count, first places.
  add notes jsonb not null default '[]',
  -- The version that this one was applied to.
  add onto_id uuid,
  add foreign key (agency_id, onto_id) references lists (agency_id, id);

create table list_items (
  agency_id uuid not null,
  list_id uuid not null,
  id uuid not null default gen_random_uuid(),
  -- What the source calls it.
  item_key text,
  -- Of one content: MD5, SHA-1, SHA-256, as far as they are given.
  digests bytea[] not null,
  facts jsonb not null,
  primary key (agency_id, list_id, id),
  foreign key (agency_id, list_id) references lists (agency_id, id) on delete cascade
);
`);

/** As of the digests of a list: whoever may use it sees what it says; nobody changes or takes away a part of one. */
const POLICIES = sql.raw(`
alter table list_items enable row level security;
alter table list_items force row level security;
create policy owner_all on list_items for all to current_user using (true) with check (true);
create policy app_see on list_items for select to redthread_app
  using (agency_id = app_agency() or list_id in (select unnest(shared_lists())));
create policy app_add on list_items for insert to redthread_app with check (agency_id = app_agency());
grant select, insert on list_items to redthread_app;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const step of [TABLE, POLICIES]) await step.execute(db);
};
