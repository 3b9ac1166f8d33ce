// Searches that are kept: somebody's own, with a purpose and an end, looked through again when what they see has changed. What each look found is kept, also
// when it found nothing. Signals of a picture are the matcher's to read; the picture itself is nowhere.
import { sql, type Kysely } from 'kysely';
import { AS_OWNER } from './0006-accounts.js';
import { secured } from './secured.js';

const TABLES = sql.raw(`
create table standing_searches (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null,
  user_id uuid not null,
  name text not null,
  kind text not null check (kind in ('words', 'picture', 'filter')),
  query jsonb not null,
  purpose text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  -- What was seen when it was looked through last: it is looked through again when that has changed.
  mark text,
  looked_at timestamptz,
  -- The code of why the last look failed; null: it did not.
  failure text,
  ended_at timestamptz,
  end_reason text,
  -- When it was told that its time is over.
  end_told_at timestamptz,
  unique (agency_id, id),
  foreign key (agency_id, user_id) references users (agency_id, id) on delete cascade,
  check ((ended_at is null) = (end_reason is null))
);
create unique index standing_searches_open on standing_searches (agency_id, user_id, name) where ended_at is null;

create table standing_signals (
  agency_id uuid not null,
  search_id uuid not null,
  method text not null,
  version integer not null,
  quality integer,
  value bytea not null,
  primary key (agency_id, search_id, method),
  foreign key (agency_id, search_id) references standing_searches (agency_id, id) on delete cascade
);

-- A file of an exhibit, an exhibit, a case or a list that it found, once.
create table standing_hits (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null,
  search_id uuid not null,
  of_agency_id uuid not null,
  media_id uuid,
  exhibit_id uuid,
  case_id uuid,
  list_id uuid,
  grade text,
  found_at timestamptz not null default now(),
  unique nulls not distinct (agency_id, search_id, media_id, exhibit_id, case_id, list_id),
  foreign key (agency_id, search_id) references standing_searches (agency_id, id) on delete cascade,
  foreign key (of_agency_id, media_id) references media (agency_id, id) on delete cascade,
  foreign key (of_agency_id, exhibit_id) references exhibits (agency_id, id) on delete cascade,
  foreign key (of_agency_id, case_id) references cases (agency_id, id) on delete cascade,
  foreign key (of_agency_id, list_id) references lists (agency_id, id) on delete cascade,
  check (num_nonnulls(exhibit_id, case_id, list_id) = 1 and (media_id is null or exhibit_id is not null))
);
create index on standing_hits (media_id);
create index on standing_hits (exhibit_id);
create index on standing_hits (case_id);
create index on standing_hits (list_id);

create table standing_looks (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null,
  search_id uuid not null,
  looked_at timestamptz not null default now(),
  -- What it was looked for in, as its owner sees it.
  media bigint not null,
  comparable bigint not null,
  lists integer not null,
  found integer not null,
  added integer not null,
  is_first boolean not null,
  truncated boolean not null,
  foreign key (agency_id, search_id) references standing_searches (agency_id, id) on delete cascade
);
create index on standing_looks (search_id, looked_at desc);
`);

const SELF = 'agency_id = app_agency() and user_id = app_user()';
const OF_OWN = 'agency_id = app_agency() and search_id in (select s.id from standing_searches s)';
const ofOwn = (table: string): string => `${secured(table)}
create policy app_see on ${table} for select to redthread_app using (${OF_OWN});
create policy app_add on ${table} for insert to redthread_app with check (${OF_OWN});
`;

const POLICIES = sql.raw(`
${secured('standing_searches')}
create policy app_see on standing_searches for select to redthread_app using (${SELF});
create policy app_keep on standing_searches for insert to redthread_app with check (${SELF});
create policy app_go_on on standing_searches for update to redthread_app using (${SELF}) with check (${SELF});
grant select, insert (agency_id, user_id, name, kind, query, purpose, expires_at) on standing_searches to redthread_app;
grant update (mark, looked_at, failure, ended_at, end_reason) on standing_searches to redthread_app;
${secured('standing_signals')}
create policy matcher_see on standing_signals for select to redthread_matcher using (true);
grant select on standing_signals to redthread_matcher;
${ofOwn('standing_hits')}
grant select, insert (agency_id, search_id, of_agency_id, media_id, exhibit_id, case_id, list_id, grade) on standing_hits to redthread_app;
${ofOwn('standing_looks')}
grant select, insert (agency_id, search_id, media, comparable, lists, found, added, is_first, truncated) on standing_looks to redthread_app;
`);

const FUNCTIONS = sql.raw(`
-- The web may write them for a search of the actor's own, and read them never.
create function keep_standing_signal(search uuid, of_method text, of_version integer, of_quality integer, of_value bytea) returns void
  language plpgsql ${AS_OWNER} as $$
begin
  insert into standing_signals (agency_id, search_id, method, version, quality, value)
    select s.agency_id, s.id, of_method, of_version, of_quality, of_value from standing_searches s
      where s.id = search and s.agency_id = app_agency() and s.user_id = app_user();
end $$;

-- Those that are looked through, of people who are still there.
create function standing_in_force() returns table (id uuid, agency_id uuid, user_id uuid, login text, roles text[], purpose text)
  language sql stable ${AS_OWNER} as
  $$ select s.id, s.agency_id, s.user_id, u.login, u.roles, s.purpose from standing_searches s
       join users u on u.agency_id = s.agency_id and u.id = s.user_id and u.disabled_at is null
       where s.ended_at is null and s.expires_at > now() order by s.looked_at nulls first, s.id $$;

create function tell_of_standing_ends() returns integer language plpgsql ${AS_OWNER} as $$
declare
  s record;
  told integer := 0;
begin
  for s in update standing_searches set end_told_at = now()
      where ended_at is null and expires_at <= now() and end_told_at is null returning id, agency_id, user_id, name loop
    perform tell(s.agency_id, s.user_id, null, 'standing-ended', 'standing-search', s.id, jsonb_build_object('search', s.name));
    told := told + 1;
  end loop;
  return told;
end $$;

-- What looks no more, by somebody's word or because its time is over, has no use for what a picture was measured by.
create function forget_standing_signals() returns trigger language plpgsql ${AS_OWNER} as $$
begin
  delete from standing_signals where agency_id = new.agency_id and search_id = new.id;
  return null;
end $$;
create trigger forget_signals after update of ended_at, end_told_at on standing_searches for each row
  when (new.ended_at is not null or new.end_told_at is not null) execute function forget_standing_signals();

create function tell_of_standing_hits() returns trigger language plpgsql ${AS_OWNER} as $$
begin
  perform tell(s.agency_id, s.user_id, null, 'standing-hits', 'standing-search', s.id,
      jsonb_build_object('search', s.name, 'added', new.added::text))
    from standing_searches s where s.id = new.search_id;
  return null;
end $$;
create trigger tell_of_hits after insert on standing_looks for each row
  when (new.added > 0 and not new.is_first) execute function tell_of_standing_hits();

revoke execute on function keep_standing_signal(uuid, text, integer, integer, bytea), standing_in_force(), tell_of_standing_ends() from public;
grant execute on function keep_standing_signal(uuid, text, integer, integer, bytea) to redthread_app;
grant execute on function standing_in_force(), tell_of_standing_ends() to redthread_matcher;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const step of [TABLES, POLICIES, FUNCTIONS]) await step.execute(db);
};
