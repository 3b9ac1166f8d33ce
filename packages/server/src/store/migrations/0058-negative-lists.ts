// What is never a hit in an agency: digests that its people took for none, and such as came up in so many files that a person has to say what they are.
// It acts on lists that are not known good, and inside the agency alone.
import { sql, type Kysely } from 'kysely';
import { AS_OWNER } from './0006-accounts.js';

const TABLES = sql.raw(`
create table negative_digests (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null references agencies,
  -- Who began it: a person, or the number of files that it was in.
  origin text not null default 'person' check (origin in ('person', 'flood')),
  kind text not null check (kind in ('md5', 'sha1', 'sha256')),
  digest bytea not null check (octet_length(digest) = case kind when 'md5' then 16 when 'sha1' then 20 else 32 end),
  -- Set aside: waits for a person; ended: put back, or taken off again.
  state text not null default 'negative' check (state in ('set-aside', 'negative', 'ended')),
  -- Of a flood, when it was noticed: in how many files, and by which lists.
  files integer,
  lists jsonb,
  reason text,
  set_by uuid,
  set_login text,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  ended_at timestamptz,
  ended_by uuid,
  ended_login text,
  end_reason text,
  unique (agency_id, id),
  foreign key (agency_id, set_by) references users (agency_id, id),
  foreign key (agency_id, ended_by) references users (agency_id, id),
  check ((state = 'set-aside') <= (origin = 'flood')),
  check ((origin = 'flood') = (files is not null and lists is not null)),
  check (state <> 'negative' or (set_by is not null and set_login is not null and reason is not null)),
  check ((state = 'ended') = (ended_at is not null and ended_by is not null and ended_login is not null and end_reason is not null))
);
create unique index negative_digests_in_force on negative_digests (agency_id, digest) where state <> 'ended';
create index on negative_digests (agency_id, digest);
`);

const OWN = 'agency_id = app_agency()';

const POLICIES = sql.raw(`
alter table negative_digests enable row level security;
alter table negative_digests force row level security;
create policy owner_all on negative_digests for all to current_user using (true) with check (true);
create policy app_see on negative_digests for select to redthread_app using (${OWN});
create policy app_add on negative_digests for insert to redthread_app with check (${OWN} and set_by = app_user());
create policy app_decide on negative_digests for update to redthread_app using (${OWN})
  with check (${OWN} and (case state when 'ended' then ended_by else set_by end) = app_user());
grant select, insert (agency_id, kind, digest, reason, set_by, set_login, expires_at) on negative_digests to redthread_app;
grant update (state, reason, set_by, set_login, expires_at, ended_at, ended_by, ended_login, end_reason) on negative_digests to redthread_app;
`);

/**
 * Counts files that everybody of the agency sees, by lists that everybody of it sees: what one of them may not know changes no answer of theirs. A
 * digest that was decided once is not set aside again.
 */
const FLOODS = sql.raw(`
create function set_floods_aside(most_files integer, about_list uuid, about_exhibit uuid) returns integer language plpgsql ${AS_OWNER} as $$
declare
  flood record;
  made uuid;
  told integer := 0;
begin
  for flood in
    with seen_lists as materialized (
      select l.id, l.agency_id as of_agency, l.name, l.version from lists l
        where l.polarity <> 'known-good' and (l.expires_at is null or l.expires_at > now()) and (about_list is null or l.id = about_list)
      union all
      select l.id, m.agency_id, l.name, l.version from lists l
        join operation_members m on m.operation_id = l.operation_id and m.agency_id <> l.agency_id
        join operation_members o on o.operation_id = l.operation_id and o.agency_id = l.agency_id
        join handling_codes h on h.agency_id = l.agency_id and h.code = l.handling
        where l.polarity <> 'known-good' and (l.expires_at is null or l.expires_at > now()) and (about_list is null or l.id = about_list)
          and (h.reach = 'shared' or (h.reach = 'listed' and exists (select from handling_recipients r
            where r.agency_id = h.agency_id and r.code = h.code and r.recipient_id = m.agency_id)))
    ),
    named as materialized (
      select h.agency_id, h.media_id, jsonb_agg(distinct s.name || ' ' || s.version) as lists
        from seen_lists s join list_hits h on h.list_id = s.id and h.agency_id = s.of_agency
        where about_exhibit is null or exists (select from occurrences o where o.media_id = h.media_id and o.exhibit_id = about_exhibit)
        group by h.agency_id, h.media_id
    ),
    counted as materialized (
      select n.agency_id, n.media_id, n.lists, count(*) as files
        from named n join occurrences o on o.media_id = n.media_id join exhibits e on e.id = o.exhibit_id join cases c on c.id = e.case_id
        where c.access = 'agency'
          and not exists (select from handling_codes h where h.agency_id = c.agency_id and h.code in (c.handling, e.handling) and h.reach = 'named')
        group by n.agency_id, n.media_id, n.lists having count(*) >= most_files
    )
    select c.agency_id, c.lists, c.files, m.sha256 from counted c join media m on m.id = c.media_id
      where not exists (select from negative_digests d where d.agency_id = c.agency_id and d.digest = m.sha256
        and (d.origin = 'flood' or d.state <> 'ended'))
  loop
    insert into negative_digests (agency_id, origin, kind, digest, state, files, lists)
      values (flood.agency_id, 'flood', 'sha256', flood.sha256, 'set-aside', flood.files, flood.lists)
      on conflict do nothing returning id into made;
    continue when made is null;
    perform tell(flood.agency_id, null, '{administrator,coordinator,officer}', 'list-flood', 'negative-digest', made,
      jsonb_build_object('list', flood.lists ->> 0, 'files', flood.files::text, 'digest', encode(flood.sha256, 'hex')));
    told := told + 1;
  end loop;
  return told;
end $$;
revoke execute on function set_floods_aside(integer, uuid, uuid) from public;
grant execute on function set_floods_aside(integer, uuid, uuid) to redthread_worker;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const step of [TABLES, POLICIES, FLOODS]) await step.execute(db);
};
