// The change feed of the indexes: what happened to a content, in the transaction in which it happened. Written by triggers:
// several programs write signals and media, and a change that one of them forgot to tell of would never be found again.
// A reader must not go by `id` alone: an id is drawn when a row is written, and its transaction may commit after later ones.
import { sql, type Kysely } from 'kysely';

const FEED = sql.raw(`
create table index_changes (
  xid xid8 not null default pg_current_xact_id(),
  id bigint generated always as identity,
  -- null: all of them.
  content_id bigint,
  kind text not null check (kind in ('added', 'changed', 'deleted', 'rescoped', 'expired', 'emptied')),
  at timestamptz not null default clock_timestamp(),
  primary key (xid, id),
  check ((content_id is null) = (kind = 'emptied'))
);

-- Which snapshots of an index exist, and how far each had followed the feed: what they need of it is kept. A snapshot that
-- this table does not know, or that was taken of another database, says nothing about this one.
create table index_snapshots (
  id uuid primary key,
  store text not null,
  xid xid8 not null,
  change_id bigint not null,
  created_at timestamptz not null default now()
);

-- What a process says of itself beyond being alive, such as how far its index is loaded.
alter table processes add column status jsonb;
`);

const asOwner = 'language plpgsql security definer set search_path = public, pg_temp';

/** The rows of the statement are in the transition table \`changed\`; the kind of change is the trigger's argument. */
const TRIGGERS = sql.raw(`
create function tell_of_contents() returns trigger ${asOwner} as $$ begin
  insert into index_changes (content_id, kind) select distinct content_id, tg_argv[0] from changed;
  if found then perform pg_notify('redthread_index', ''); end if;
  return null;
end $$;

create function tell_of_occurrences() returns trigger ${asOwner} as $$ begin
  insert into index_changes (content_id, kind)
    select distinct m.content_id, tg_argv[0] from changed c join media m on m.id = c.media_id;
  if found then perform pg_notify('redthread_index', ''); end if;
  return null;
end $$;

create function tell_of_deleted_contents() returns trigger ${asOwner} as $$ begin
  insert into index_changes (content_id, kind) select id, 'deleted' from changed;
  if found then perform pg_notify('redthread_index', ''); end if;
  return null;
end $$;

create function tell_of_updated_content() returns trigger ${asOwner} as $$ begin
  insert into index_changes (content_id, kind)
    select distinct content_id, tg_argv[0] from (values (old.content_id), (new.content_id)) as v (content_id);
  perform pg_notify('redthread_index', '');
  return null;
end $$;

create function tell_of_moved_occurrence() returns trigger ${asOwner} as $$ begin
  insert into index_changes (content_id, kind)
    select distinct content_id, 'rescoped' from media where id in (old.media_id, new.media_id);
  if found then perform pg_notify('redthread_index', ''); end if;
  return null;
end $$;

create function tell_of_emptied() returns trigger ${asOwner} as $$ begin
  insert into index_changes (content_id, kind) values (null, 'emptied');
  perform pg_notify('redthread_index', '');
  return null;
end $$;

create trigger feed_inserted after insert on signals referencing new table as changed
  for each statement execute function tell_of_contents('added');
create trigger feed_deleted after delete on signals referencing old table as changed
  for each statement execute function tell_of_contents('deleted');
create trigger feed_updated after update on signals for each row
  when ((old.content_id, old.method, old.version, old.quality, old.value)
    is distinct from (new.content_id, new.method, new.version, new.quality, new.value))
  execute function tell_of_updated_content('changed');

create trigger feed_deleted after delete on contents referencing old table as changed
  for each statement execute function tell_of_deleted_contents();

-- A content is searchable while an agency holds it.
create trigger feed_inserted after insert on media referencing new table as changed
  for each statement execute function tell_of_contents('rescoped');
create trigger feed_deleted after delete on media referencing old table as changed
  for each statement execute function tell_of_contents('rescoped');
create trigger feed_updated after update of agency_id, content_id on media for each row
  when ((old.agency_id, old.content_id) is distinct from (new.agency_id, new.content_id))
  execute function tell_of_updated_content('rescoped');

create trigger feed_deleted after delete on occurrences referencing old table as changed
  for each statement execute function tell_of_occurrences('rescoped');
create trigger feed_updated after update of agency_id, case_id, media_id on occurrences for each row
  when ((old.agency_id, old.case_id, old.media_id) is distinct from (new.agency_id, new.case_id, new.media_id))
  execute function tell_of_moved_occurrence();

create trigger feed_emptied after truncate on signals for each statement execute function tell_of_emptied();
create trigger feed_emptied after truncate on media for each statement execute function tell_of_emptied();
`);

/** The roles that write what the feed tells of need no right on it: the triggers write as the owner. The app role sees nothing. */
const POLICIES = sql.raw(
  ['index_changes', 'index_snapshots']
    .map(
      (table) => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy service_all on ${table} for all to redthread_matcher using (true) with check (true);
create policy owner_all on ${table} for all to current_user using (true) with check (true);`,
    )
    .join('\n') +
    `
grant select, delete on index_changes to redthread_matcher;
grant select, insert, delete on index_snapshots to redthread_matcher;
`,
);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await FEED.execute(db);
  await TRIGGERS.execute(db);
  await POLICIES.execute(db);
};
