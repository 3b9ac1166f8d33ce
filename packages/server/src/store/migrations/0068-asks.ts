// Questions to other countries with a part of a picture: kept sealed, sent once a second person has looked at it and confirmed that it shows
// no victim, seen from then on by the members of the operation in the countries that are asked, and answered by them.
import { sql, type Kysely } from 'kysely';
import { AS_OWNER } from './0006-accounts.js';
import { secured } from './secured.js';

const TABLES = sql.raw(`
create table asks (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null references agencies,
  number text not null check (number ~ '^[0-9]{4}-[0-9]{4}$'),
  operation_id uuid not null references operations,
  case_id uuid not null,
  -- No reference: what was asked stays where its media goes.
  media_id uuid not null,
  -- Empty: every member of the operation.
  countries text[] not null,
  question text not null check (question <> ''),
  due_on date not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'refused', 'withdrawn', 'closed')),
  user_id uuid not null,
  login text not null,
  said_agency text not null,
  asked_from text,
  at timestamptz not null default now(),
  second_user uuid,
  second_login text,
  decided_by uuid,
  decided_login text,
  decided_at timestamptz,
  decision_reason text,
  ended_at timestamptz,
  unique (agency_id, id),
  unique (agency_id, number),
  foreign key (agency_id, case_id) references cases (agency_id, id),
  foreign key (agency_id, user_id) references users (agency_id, id),
  foreign key (agency_id, second_user) references users (agency_id, id),
  foreign key (agency_id, decided_by) references users (agency_id, id),
  check (decided_by <> user_id and second_user <> user_id)
);
create index on asks (operation_id);
create index on asks (case_id);

-- The crop: a JPEG made of pixels, sealed under a key of its own.
create table ask_crops (
  agency_id uuid not null,
  ask_id uuid not null,
  width_px integer not null,
  height_px integer not null,
  master_key_id text not null,
  wrapped bytea not null,
  sealed bytea not null,
  primary key (agency_id, ask_id),
  foreign key (agency_id, ask_id) references asks (agency_id, id) on delete cascade
);
create trigger under_key_in_force before insert on ask_crops for each row execute function wrapped_under_key_in_force();

-- Who of the own agency has looked at the crop before it left.
create table ask_looks (
  agency_id uuid not null,
  ask_id uuid not null,
  user_id uuid not null,
  at timestamptz not null default now(),
  primary key (agency_id, ask_id, user_id),
  foreign key (agency_id, ask_id) references asks (agency_id, id) on delete cascade,
  foreign key (agency_id, user_id) references users (agency_id, id)
);

create table ask_answers (
  id uuid primary key default gen_random_uuid(),
  ask_agency_id uuid not null,
  ask_id uuid not null,
  -- Of whoever answers.
  agency_id uuid not null references agencies,
  country text not null,
  says text not null check (says in ('known', 'perhaps', 'unknown')),
  text text not null,
  user_id uuid not null,
  login text not null,
  said_agency text not null,
  at timestamptz not null default clock_timestamp(),
  foreign key (ask_agency_id, ask_id) references asks (agency_id, id) on delete cascade,
  foreign key (agency_id, user_id) references users (agency_id, id)
);
create index on ask_answers (ask_id, at);

create trigger in_open_case before insert on asks for each row execute function in_open_case();
`);

const FUNCTIONS = sql.raw(`
-- Who moves a question on; whatever else it says stays as it was asked.
create function guard_ask_step() returns trigger language plpgsql ${AS_OWNER} as $$
begin
  if session_user <> current_user and not (app_agency() = old.agency_id and case
      when old.state = 'waiting' and new.state in ('sent', 'refused') then
        new.decided_by = app_user() and app_user() <> old.user_id and (old.second_user is null or old.second_user = app_user())
          and (new.state <> 'sent' or exists (select from ask_looks l where l.ask_id = old.id and l.user_id = app_user()))
      when old.state = 'waiting' and new.state = 'withdrawn' then true
      when old.state = 'sent' and new.state = 'closed' then true
      else false end) then
    raise sqlstate 'RT001' using message = 'REQUEST_CLOSED', detail = 'a question does not go from ' || old.state || ' to ' || new.state || ' this way';
  end if;
  return new;
end $$;
create trigger ask_step before update on asks for each row execute function guard_ask_step();

create function tell_of_ask() returns trigger language plpgsql ${AS_OWNER} as $$
declare more jsonb := jsonb_build_object('ask', new.id, 'number', new.number, 'by', new.login, 'agency', new.said_agency, 'due', new.due_on);
begin
  if tg_op = 'INSERT' then
    if new.second_user is not null then
      perform tell(new.agency_id, new.second_user, null, 'ask-second', 'operation', new.operation_id, more);
    else
      perform tell(new.agency_id, null, '{coordinator}', 'ask-second', 'operation', new.operation_id, more);
    end if;
  elsif new.state = 'sent' then
    perform tell(m.agency_id, null, '{coordinator,officer}', 'ask', 'operation', new.operation_id, more)
      from operation_members m join agencies a on a.id = m.agency_id
      where m.operation_id = new.operation_id and m.agency_id <> new.agency_id
        and (new.countries = '{}' or a.country = any(new.countries));
  elsif new.state = 'refused' then
    perform tell(new.agency_id, new.user_id, null, 'ask-refused', 'operation', new.operation_id, more || jsonb_build_object('by', new.decided_login));
  end if;
  return null;
end $$;
create trigger tell_of_ask_asked after insert on asks for each row execute function tell_of_ask();
create trigger tell_of_ask_step after update of state on asks for each row
  when (old.state is distinct from new.state) execute function tell_of_ask();

create function tell_of_ask_answer() returns trigger language plpgsql ${AS_OWNER} as $$
begin
  perform tell(k.agency_id, k.user_id, null, 'ask-answered', 'operation', k.operation_id,
    jsonb_build_object('ask', k.id, 'number', k.number, 'by', new.login, 'agency', new.said_agency, 'says', new.says))
    from asks k where k.id = new.ask_id;
  return null;
end $$;
create trigger tell_of_ask_answer after insert on ask_answers for each row execute function tell_of_ask_answer();
`);

const OWN = 'agency_id = app_agency()';
const SELF = `${OWN} and user_id = app_user()`;
/** Of the own agency whoever sees the case; of others who are asked, from when it was sent: whether its codes reach them was looked at then, and of whoever joined later not. */
const SEEN = `sight_agency() is not null and operation_id = any(joined_operations()) and case when ${OWN}
  then exists (select from cases c where c.id = asks.case_id)
  else state in ('sent', 'closed')
    and exists (select from operation_members m where m.operation_id = asks.operation_id and m.agency_id = asks.agency_id)
    and exists (select from operation_members m where m.operation_id = asks.operation_id and m.agency_id = app_agency() and m.joined_at <= asks.decided_at)
    and (countries = '{}' or exists (select from agencies a where a.id = app_agency() and a.country = any(countries))) end`;
const ASK = (table: string): string => `exists (select from asks k where k.id = ${table}.ask_id)`;

const POLICIES = sql.raw(`
${['asks', 'ask_crops', 'ask_looks', 'ask_answers'].map(secured).join('')}

create policy app_see on asks for select to redthread_app using (${SEEN});
create policy app_add on asks for insert to redthread_app
  with check (${SELF} and state = 'waiting' and ${SEEN} and sees_own_case(case_id));
create policy app_step on asks for update to redthread_app using (${OWN} and ${SEEN}) with check (${OWN});
grant select, insert (id, agency_id, number, operation_id, case_id, media_id, countries, question, due_on, user_id, login, said_agency,
  asked_from, second_user, second_login), update (state, decided_by, decided_login, decided_at, decision_reason, ended_at) on asks to redthread_app;

create policy app_see on ask_crops for select to redthread_app using (${ASK('ask_crops')});
create policy app_add on ask_crops for insert to redthread_app with check (${OWN} and ${ASK('ask_crops')});
grant select, insert on ask_crops to redthread_app;

create policy app_see on ask_looks for select to redthread_app using (${OWN} and ${ASK('ask_looks')});
create policy app_add on ask_looks for insert to redthread_app with check (${SELF} and ${ASK('ask_looks')});
grant select, insert (agency_id, ask_id, user_id) on ask_looks to redthread_app;

-- By whoever asked, and by whoever answered.
create policy app_see on ask_answers for select to redthread_app
  using ((${OWN} or ask_agency_id = app_agency()) and ${ASK('ask_answers')});
create policy app_add on ask_answers for insert to redthread_app
  with check (${SELF} and ask_agency_id <> app_agency() and exists (select from asks k where k.id = ask_answers.ask_id and k.state = 'sent'));
grant select, insert (id, ask_agency_id, ask_id, agency_id, country, says, text, user_id, login, said_agency) on ask_answers to redthread_app;

create policy of_seen_ask on notices as restrictive for select to redthread_app
  using (case when kind in ('ask', 'ask-second', 'ask-refused', 'ask-answered')
    then exists (select from asks k where k.id = (notices.detail ->> 'ask')::uuid) else true end);

-- A case that is destroyed takes its questions along.
create policy worker_all on asks for all to redthread_worker using (true) with check (true);
grant select, delete on asks to redthread_worker;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const step of [TABLES, FUNCTIONS, POLICIES]) await step.execute(db);
};
