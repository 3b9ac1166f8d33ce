// What became of a contribution: where the owner of an identified series releases that, every other agency that contributed learns which of its own
// media are in it, and nothing else: no series, no person, no day. Written by the database, which alone sees who contributed.
import { sql, type Kysely } from 'kysely';
import { AS_OWNER } from './0006-accounts.js';
import { secured } from './secured.js';

const TABLES = `
create table outcome_releases (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null references agencies,
  series_id uuid not null,
  reason text not null check (btrim(reason) <> ''),
  released_by uuid not null,
  released_login text not null,
  released_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  withdrawn_login text,
  withdraw_reason text,
  unique (agency_id, id),
  foreign key (agency_id, series_id) references entities (agency_id, id) on delete cascade,
  foreign key (agency_id, released_by) references users (agency_id, id),
  foreign key (agency_id, withdrawn_by) references users (agency_id, id),
  check (num_nulls(withdrawn_at, withdrawn_by, withdrawn_login, withdraw_reason) in (0, 4))
);
create unique index outcome_releases_in_force on outcome_releases (agency_id, series_id) where withdrawn_at is null;
create index on outcome_releases (series_id);

-- One for each agency that contributed, for as long as it is released.
create table outcomes (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null references agencies,
  release_agency_id uuid not null,
  release_id uuid not null,
  -- Who released it, by name; and how much the contributor stated of the series: clues, and that media of others belong to it.
  from_agency text not null,
  statements integer not null,
  unique (agency_id, id),
  unique (agency_id, release_id),
  foreign key (release_agency_id, release_id) references outcome_releases (agency_id, id) on delete cascade
);
create index on outcomes (release_id);

create table outcome_media (
  outcome_id uuid not null,
  agency_id uuid not null,
  media_id uuid not null,
  primary key (outcome_id, media_id),
  foreign key (agency_id, outcome_id) references outcomes (agency_id, id) on delete cascade,
  foreign key (agency_id, media_id) references media (agency_id, id) on delete cascade
);
create index on outcome_media (media_id);
`;

const FUNCTIONS = `
-- Media of other agencies that are in it, and those that were given to its owner and not taken back; and what others stated of it.
create function tell_of_outcome() returns trigger language plpgsql ${AS_OWNER} as $$
declare
  who record;
  seen bigint;
  actor text := nullif(current_setting('app.user', true), '');
  agency text := nullif(current_setting('app.agency', true), '');
begin
  create temporary table contributed on commit drop as
    with members as (
      select distinct m.id, m.agency_id, m.sha256 from assertions a join media m on m.id = a.from_media_id
        where a.type = 'member-of' and a.to_entity_id = new.series_id and a.retracted_at is null)
    select m.agency_id, m.id as media_id, null::uuid as user_id from members m
    union select i.agency_id, i.media_id, k.made_by from members m join contribution_items i on i.sha256 = m.sha256 and i.withdrawn_at is null
      join contributions k on k.id = i.contribution_id and k.receiver_agency_id = new.agency_id join media own on own.id = i.media_id
    union select a.agency_id, case when m.agency_id = a.agency_id then m.id end, a.user_id from assertions a join media m on m.id = a.from_media_id
      where a.type = 'member-of' and a.to_entity_id = new.series_id and a.retracted_at is null
    union select s.agency_id, null, s.user_id from series_statements s where s.series_id = new.series_id and s.retracted_at is null;
  delete from contributed where agency_id = new.agency_id;

  insert into outcomes (agency_id, release_agency_id, release_id, from_agency, statements)
    select c.agency_id, new.agency_id, new.id, (select name from agencies where id = new.agency_id),
      (select count(*) from series_statements s where s.series_id = new.series_id and s.agency_id = c.agency_id and s.retracted_at is null)
        + (select count(*) from assertions a where a.type = 'member-of' and a.to_entity_id = new.series_id and a.agency_id = c.agency_id
          and a.from_agency_id <> c.agency_id and a.retracted_at is null)
    from (select distinct agency_id from contributed) c;
  insert into outcome_media (outcome_id, agency_id, media_id)
    select distinct o.id, o.agency_id, c.media_id from contributed c join outcomes o on o.release_id = new.id and o.agency_id = c.agency_id
      where c.media_id is not null;

  -- Whoever contributed it themselves, and coordinators; as each of them, so that nobody is told of media that they do not see.
  for who in select u.id, u.agency_id, o.id as outcome_id, exists (select from contributed c where c.user_id = u.id) as is_own
      from outcomes o join users u on u.agency_id = o.agency_id and u.disabled_at is null where o.release_id = new.id
        and (u.roles && '{coordinator,administrator}' or exists (select from contributed c where c.user_id = u.id)) order by u.id loop
    perform set_config('app.user', who.id::text, true), set_config('app.agency', who.agency_id::text, true);
    perform look_around();
    continue when sight_agency() is null;
    select count(*) into seen from outcome_media x where x.outcome_id = who.outcome_id and (x.agency_id = whole_agency() or exists (
      select from occurrences o where o.media_id = x.media_id and o.case_id <> all(hidden_cases()) and o.exhibit_id <> all(withheld_exhibits())));
    continue when seen = 0 and not who.is_own and whole_agency() is null;
    perform tell(who.agency_id, who.id, null, 'outcome', 'outcome', who.outcome_id,
      jsonb_build_object('agency', (select name from agencies where id = new.agency_id), 'media', seen::text));
  end loop;
  perform set_config('app.user', coalesce(actor, ''), true), set_config('app.agency', coalesce(agency, ''), true);
  perform look_around();
  drop table contributed;
  return null;
end $$;
create trigger tell_of_outcome after insert on outcome_releases for each row execute function tell_of_outcome();

-- What is taken back is told to whoever was told, and gone.
create function untell_outcome() returns trigger language plpgsql ${AS_OWNER} as $$
begin
  perform tell(n.agency_id, n.user_id, null, 'outcome-withdrawn', 'outcome', n.object_id, n.detail)
    from notices n join outcomes o on o.id = n.object_id and o.release_id = new.id where n.kind = 'outcome' and n.user_id is not null;
  delete from outcomes where release_id = new.id;
  return null;
end $$;
create trigger untell_outcome after update of withdrawn_at on outcome_releases for each row
  when (old.withdrawn_at is null and new.withdrawn_at is not null) execute function untell_outcome();

-- A series that is open again is identified no longer.
create function reopen_outcome() returns trigger language plpgsql ${AS_OWNER} as $$
begin
  -- The lock of releasing it: features/outcomes/service.ts.
  perform pg_advisory_xact_lock(hashtextextended('outcome ' || new.entity_id, 0));
  update outcome_releases set withdrawn_at = now(), withdrawn_by = new.user_id, withdrawn_login = new.login,
      withdraw_reason = 'the series is not identified any more'
    where series_id = new.entity_id and agency_id = new.agency_id and withdrawn_at is null;
  return null;
end $$;
create trigger reopen_outcome after insert on series_steps for each row when (new.state in ('open', 'being-worked')) execute function reopen_outcome();
revoke execute on function tell_of_outcome(), untell_outcome(), reopen_outcome() from public;
`;

const OWN = 'agency_id = app_agency()';
const SERIES = '(select from entities e where e.id = outcome_releases.series_id)';
const LEADS = `(select i_am('administrator', 'coordinator', 'officer'))`;

const RIGHTS = `
${['outcome_releases', 'outcomes', 'outcome_media'].map(secured).join('')}
create policy app_see on outcome_releases for select to redthread_app using (${OWN} and exists ${SERIES});
create policy app_release on outcome_releases for insert to redthread_app
  with check (${OWN} and released_by = app_user() and withdrawn_at is null and ${LEADS} and exists ${SERIES});
create policy app_withdraw on outcome_releases for update to redthread_app using (${OWN} and withdrawn_at is null and ${LEADS} and exists ${SERIES})
  with check (${OWN} and withdrawn_at is not null and withdrawn_by = app_user());
grant select, insert (agency_id, series_id, reason, released_by, released_login),
  update (withdrawn_at, withdrawn_by, withdrawn_login, withdraw_reason) on outcome_releases to redthread_app;

create policy app_see on outcome_media for select to redthread_app
  using (${OWN} and (agency_id = whole_agency() or exists (select from occurrences o where o.media_id = outcome_media.media_id)));
create policy app_see on outcomes for select to redthread_app
  using (${OWN} and (agency_id = whole_agency() or exists (select from outcome_media x where x.outcome_id = outcomes.id)));
grant select (id, agency_id, from_agency, statements) on outcomes to redthread_app;
grant select on outcome_media to redthread_app;
-- What is withdrawn is kept aside, and comes back to what is released still.
create policy worker_all on outcome_media for all to redthread_worker using (true) with check (true);
create policy worker_see on outcomes for select to redthread_worker using (true);
grant select (id, agency_id) on outcomes to redthread_worker;
grant select, insert on outcome_media to redthread_worker;
`;

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const part of [TABLES, FUNCTIONS, RIGHTS]) await sql.raw(part).execute(db);
};
