// Cases and series in which a child is at risk now: marked by a person, for some hours, with a reason. Nothing is stamped with it: whatever it
// puts first asks whether a mark is in force, so that its end needs no undoing. docs/adr/0037 says what it tells whom.
import { sql, type Kysely } from 'kysely';
import { AS_OWNER } from './0006-accounts.js';
import { URGENT_CONTACTS } from './0069-urgent-contacts.js';
import { secured } from './secured.js';

/** As long as a shift of days off; a mark is made anew where it is still so. */
const MOST_HOURS = 168;

const TABLES = `
create table at_risk_marks (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null references agencies,
  -- One of the two.
  case_id uuid,
  series_id uuid,
  reason text not null check (btrim(reason) <> ''),
  marked_by uuid not null,
  marked_login text not null,
  marked_at timestamptz not null default now(),
  until timestamptz not null,
  ended_at timestamptz,
  ended_by uuid,
  ended_login text,
  end_reason text,
  -- When whoever marked it was told that it ran out.
  end_told_at timestamptz,
  unique (agency_id, id),
  foreign key (agency_id, case_id) references cases (agency_id, id) on delete cascade,
  foreign key (agency_id, series_id) references entities (agency_id, id) on delete cascade,
  foreign key (agency_id, marked_by) references users (agency_id, id),
  foreign key (agency_id, ended_by) references users (agency_id, id),
  check (num_nonnulls(case_id, series_id) = 1),
  check (until > marked_at and until <= marked_at + interval '${MOST_HOURS} hours'),
  check (num_nulls(ended_at, ended_by, ended_login, end_reason) in (0, 4))
);
-- One that ran out is ended by the next.
create unique index at_risk_marks_of_case on at_risk_marks (agency_id, case_id) where ended_at is null;
create unique index at_risk_marks_of_series on at_risk_marks (agency_id, series_id) where ended_at is null;
create index on at_risk_marks (case_id);
create index on at_risk_marks (series_id);
-- So that an exhibit's work is found in its order.
create index work_of_exhibit on work (exhibit_id, stage, priority, id) where state = 'queued';
create trigger in_open_case before insert on at_risk_marks for each row when (new.case_id is not null) execute function in_open_case();
`;

const FUNCTIONS = `
-- What workers and the matcher take first: exhibits of such cases, and media of such series; of the agency that marked them alone, by its own word.
create function exhibits_at_risk() returns setof uuid language sql stable rows 10 ${AS_OWNER} as $$
  select e.id from at_risk_marks r join cases c on c.id = r.case_id and c.state = 'open' join exhibits e on e.case_id = c.id
    where r.ended_at is null and r.until > now() $$;
create function media_at_risk() returns setof uuid language sql stable rows 10 ${AS_OWNER} as $$
  select distinct a.from_media_id from at_risk_marks r join assertions a on a.to_entity_id = r.series_id and a.type = 'member-of'
    where r.ended_at is null and r.until > now() and a.retracted_at is null and a.from_media_id is not null
      and a.agency_id = r.agency_id and a.from_agency_id = r.agency_id $$;

-- Coordinators and administrators who see it, of whatever agency, and whoever is the contact of the case; as each of them, so that nobody is told of
-- what they do not see.
create function tell_of_risk() returns trigger language plpgsql ${AS_OWNER} as $$
declare
  who record;
  more jsonb;
  about_case uuid := new.case_id;
  contact uuid;
  actor text := nullif(current_setting('app.user', true), '');
  agency text := nullif(current_setting('app.agency', true), '');
begin
  select jsonb_build_object('subject', case when new.case_id is null then 'series' else 'case' end, 'name', coalesce(c.reference, e.name),
      'agency', a.name, 'officer', u.display_name, 'reason', new.reason,
      'until', to_char(new.until at time zone 'UTC', 'YYYY-MM-DD HH24:MI')), coalesce(new.case_id, e.case_id), c.contact_user_id
    into more, about_case, contact
    from agencies a join users u on u.id = new.marked_by
      left join entities e on e.id = new.series_id left join cases c on c.id = coalesce(new.case_id, e.case_id)
    where a.id = new.agency_id;
  for who in select u.id, u.agency_id from users u where u.disabled_at is null and u.id <> new.marked_by
      and (u.roles && '{coordinator,administrator}' or u.id = contact) order by u.id loop
    perform set_config('app.user', who.id::text, true), set_config('app.agency', who.agency_id::text, true);
    perform look_around();
    continue when sight_agency() is null or not coalesce(case when about_case is null then new.agency_id = sight_agency()
      else about_case = any(shared_cases()) or (new.agency_id = sight_agency() and about_case <> all(hidden_cases())) end, false);
    perform tell(who.agency_id, who.id, null, 'at-risk', coalesce(more ->> 'subject', ''), coalesce(new.case_id, new.series_id), more);
  end loop;
  perform set_config('app.user', coalesce(actor, ''), true), set_config('app.agency', coalesce(agency, ''), true);
  perform look_around();
  return null;
end $$;
create trigger tell_of_risk after insert on at_risk_marks for each row execute function tell_of_risk();

-- Whoever marked it is told that it ran out: it may be so still.
create function tell_of_ended_risk() returns integer language sql ${AS_OWNER} as $$
  with ended as (update at_risk_marks set end_told_at = now() where ended_at is null and until <= now() and end_told_at is null returning *)
  select count(coalesce(tell(r.agency_id, r.marked_by, null, 'at-risk-ended', case when r.case_id is null then 'series' else 'case' end,
      coalesce(r.case_id, r.series_id), jsonb_build_object('subject', case when r.case_id is null then 'series' else 'case' end,
        'name', coalesce(c.reference, e.name)))::text, ''))::integer
    from ended r left join cases c on c.id = r.case_id left join entities e on e.id = r.series_id $$;

revoke execute on function exhibits_at_risk(), media_at_risk(), tell_of_risk(), tell_of_ended_risk() from public;
grant execute on function exhibits_at_risk(), media_at_risk() to redthread_worker, redthread_matcher;
grant execute on function tell_of_ended_risk() to redthread_matcher;
`;

const OWN = 'agency_id = app_agency()';
/** Whoever sees what is marked. */
const SEEN = `(case_id is null or exists (select from cases c where c.id = at_risk_marks.case_id))
  and (series_id is null or exists (select from entities e where e.id = at_risk_marks.series_id))`;
const MAY = `(select i_am('administrator', 'coordinator', 'officer', 'reviewer'))`;

const RIGHTS = `
${secured('at_risk_marks')}
create policy app_see on at_risk_marks for select to redthread_app using (${SEEN});
create policy app_mark on at_risk_marks for insert to redthread_app
  with check (${OWN} and marked_by = app_user() and ended_at is null and ${MAY} and (case_id is null or sees_own_case(case_id)) and ${SEEN});
create policy app_end on at_risk_marks for update to redthread_app using (${OWN} and ended_at is null and ${MAY} and ${SEEN})
  with check (${OWN} and ended_at is not null and ended_by = app_user());
grant select (id, agency_id, case_id, series_id, reason, marked_by, marked_login, marked_at, until, ended_at, ended_by, ended_login, end_reason),
  insert (agency_id, case_id, series_id, reason, marked_by, marked_login, until),
  update (ended_at, ended_by, ended_login, end_reason) on at_risk_marks to redthread_app;
-- Of a case that is destroyed nothing of it stays.
create policy worker_all on at_risk_marks for all to redthread_worker using (true) with check (true);
grant select, delete on at_risk_marks to redthread_worker;
`;

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const part of [TABLES, FUNCTIONS, RIGHTS, URGENT_CONTACTS]) await sql.raw(part).execute(db);
};
