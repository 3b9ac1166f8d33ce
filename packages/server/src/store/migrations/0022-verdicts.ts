// What people say of media: votes that are added and taken back, never changed; the rule of each agency; the tests that entitle
// somebody to vote; schemes that an operator has loaded. Whether somebody looked is worked out here, from the record.
import { sql, type Kysely } from 'kysely';
import { AS_OWNER } from './0006-accounts.js';

const TABLES = sql.raw(`
create table verdicts (
  id uuid primary key default gen_random_uuid(),
  -- Of the media; the voter may be of another agency, which it is shared with.
  agency_id uuid not null,
  media_id uuid not null,
  voter_agency_id uuid not null,
  -- Names as they were then.
  voter_agency text not null,
  user_id uuid not null,
  login text not null,
  -- scheme@version, and a code of it.
  scheme text not null check (scheme ~ '^[a-z][a-z0-9-]+@[0-9A-Za-z][0-9A-Za-z.-]*$'),
  code text not null check (code <> ''),
  seen text not null check (seen in ('looked', 'by-stack', 'not-looked')),
  -- The last reveal of this media by this person before the vote.
  revealed_at timestamptz,
  -- One decision about a whole stack; null: of this media by itself.
  stack_vote uuid,
  facts jsonb,
  note text not null default '',
  at timestamptz not null default now(),
  retracted_at timestamptz,
  retract_reason text,
  -- The same person's later vote, where that is why.
  replaced_by uuid,
  foreign key (agency_id, media_id) references media (agency_id, id) on delete cascade,
  foreign key (voter_agency_id, user_id) references users (agency_id, id),
  check ((seen = 'looked') = (revealed_at is not null)),
  check ((retracted_at is null) = (retract_reason is null) and (replaced_by is null or retracted_at is not null))
);
-- A person has one vote in force for a media in a version of a scheme.
create unique index verdicts_in_force on verdicts (media_id, user_id, scheme) where retracted_at is null;
create index on verdicts (agency_id, media_id);
create index on verdicts (voter_agency_id, user_id);

-- What an agency votes in, and how many undisputed votes decide.
create table verdict_rules (
  agency_id uuid primary key references agencies,
  scheme text not null,
  quorum smallint not null check (quorum between 1 and 3),
  set_by uuid not null,
  set_login text not null,
  set_at timestamptz not null default now(),
  foreign key (agency_id, set_by) references users (agency_id, id)
);

create table competence_tests (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null,
  user_id uuid not null,
  login text not null,
  scheme text not null,
  -- The pictures and their answers follow from it.
  seed text not null,
  questions smallint not null,
  begun_at timestamptz not null default now(),
  answered_at timestamptz,
  right_answers smallint,
  passed boolean,
  expires_at timestamptz,
  foreign key (agency_id, user_id) references users (agency_id, id),
  check ((answered_at is null) = (passed is null) and (answered_at is null) = (right_answers is null)),
  check ((passed is true) = (expires_at is not null))
);
create index on competence_tests (agency_id, user_id, scheme);

-- Files of schemes, as they were read; of the instance, like the schemes that are shipped.
create table scheme_files (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null,
  loaded_by uuid not null,
  loaded_login text not null,
  loaded_at timestamptz not null default now(),
  content jsonb not null,
  foreign key (agency_id, loaded_by) references users (agency_id, id)
);
`);

const FUNCTIONS = sql.raw(`
-- Nobody says of themselves that they looked: the record does.
create function look_into_record() returns trigger language plpgsql ${AS_OWNER} as $$
begin
  if app_user() is not null then
    select max(a.at) into new.revealed_at from audit_events a where a.object_id = new.media_id::text and a.object_kind = 'media'
      and a.type = 'reveal' and a.agency_id = new.voter_agency_id and a.user_id = new.user_id;
    if new.revealed_at is not null then
      new.seen := 'looked';
    elsif new.seen = 'looked' then
      new.seen := 'not-looked';
    end if;
  end if;
  return new;
end $$;
create trigger look_into_record before insert on verdicts for each row execute function look_into_record();
revoke execute on function look_into_record() from public;
`);

const OWN = 'agency_id = app_agency()';
/** Whoever sees the media sees what is said of it, by whom they have a use for the name of; its own agency sees all of that. */
const SEEN = `(agency_id = whole_agency() or exists (select from occurrences o where o.media_id = verdicts.media_id))
  and (${OWN} or voter_agency_id in (select unnest(known_agencies())))`;
const MINE = 'voter_agency_id = app_agency() and user_id = app_user()';
const SELF = `${OWN} and user_id = app_user()`;
const LEADS = `(select i_am('administrator', 'coordinator'))`;

const secured = (table: string): string => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy owner_all on ${table} for all to current_user using (true) with check (true);`;

const POLICIES = sql.raw(`
${['verdicts', 'verdict_rules', 'competence_tests', 'scheme_files'].map(secured).join('')}

create policy app_see on verdicts for select to redthread_app using (${SEEN});
create policy app_vote on verdicts for insert to redthread_app with check (${SEEN} and ${MINE} and retracted_at is null);
create policy app_retract on verdicts for update to redthread_app using (${SEEN} and ${MINE} and retracted_at is null)
  with check (${MINE} and retracted_at is not null);
grant select on verdicts to redthread_app;
grant insert (id, agency_id, media_id, voter_agency_id, voter_agency, user_id, login, scheme, code, seen, stack_vote, facts, note)
  on verdicts to redthread_app;
grant update (retracted_at, retract_reason, replaced_by) on verdicts to redthread_app;

-- Votes go with a withdrawn exhibit, come back with it, and go along with a case that is handed over.
create policy worker_see on verdicts for select to redthread_worker using (true);
create policy worker_bring on verdicts for insert to redthread_worker with check (exists (
  select from requests r where r.state = 'running' and r.kind in ('undo', 'case-transfer')));
grant select, insert on verdicts to redthread_worker;

create policy app_see on verdict_rules for select to redthread_app using (agency_id in (select unnest(known_agencies())));
create policy app_add on verdict_rules for insert to redthread_app with check (${OWN} and ${LEADS} and set_by = app_user());
create policy app_change on verdict_rules for update to redthread_app using (${OWN} and ${LEADS})
  with check (${OWN} and set_by = app_user());
grant select, insert (agency_id, scheme, quorum, set_by, set_login), update (scheme, quorum, set_by, set_login, set_at)
  on verdict_rules to redthread_app;

create policy app_see on competence_tests for select to redthread_app using (${SELF} or (${OWN} and ${LEADS}));
create policy app_begin on competence_tests for insert to redthread_app with check (${SELF} and answered_at is null);
create policy app_answer on competence_tests for update to redthread_app using (${SELF} and answered_at is null) with check (${SELF});
grant select, insert (agency_id, user_id, login, scheme, seed, questions), update (answered_at, right_answers, passed, expires_at)
  on competence_tests to redthread_app;

create policy app_see on scheme_files for select to redthread_app using (app_user() is not null);
create policy app_load on scheme_files for insert to redthread_app
  with check (${OWN} and loaded_by = app_user() and (select i_operate()));
grant select, insert (agency_id, loaded_by, loaded_login, content) on scheme_files to redthread_app;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const step of [TABLES, FUNCTIONS, POLICIES]) await step.execute(db);
};
