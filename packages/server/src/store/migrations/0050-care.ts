// Care: what people have chosen for themselves, the floor of their agency, and how much a welfare officer learns of what people are
// exposed to: averages of five people and more in weeks that have ended, worked out here, so that no query of the program can ask for less.
// Of a week that still grows two answers would tell what somebody did between them.
import { sql, type Kysely } from 'kysely';
import { AS_OWNER } from './0006-accounts.js';

const TABLES = sql.raw(`
create table care_settings (
  agency_id uuid not null,
  user_id uuid not null,
  settings jsonb not null,
  set_at timestamptz not null default now(),
  primary key (agency_id, user_id),
  foreign key (agency_id, user_id) references users (agency_id, id)
);

create table care_floors (
  agency_id uuid primary key references agencies,
  settings jsonb not null,
  set_by uuid not null,
  set_login text not null,
  set_at timestamptz not null default now(),
  foreign key (agency_id, set_by) references users (agency_id, id)
);
create index audit_events_reveals on audit_events (agency_id, user_id, at) where type = 'reveal';
`);

/** Minutes between two pictures that count as looking; more is a pause. */
const LOOKING_MINUTES = 2;
const LEAST_PEOPLE = 5;

const FUNCTIONS = sql.raw(`
create function exposure_of_agency() returns table (week date, people bigint, reveals_each float8, minutes_each float8)
  language sql stable ${AS_OWNER} as $$
  with looks as (
    select a.user_id, a.at, date_trunc('week', a.at at time zone 'UTC')::date as week,
      a.at - lag(a.at) over (partition by a.user_id order by a.at) as gap
    from audit_events a
    where a.agency_id = app_agency() and a.type = 'reveal' and i_am('welfare-officer')
      and a.at >= (date_trunc('week', now() at time zone 'UTC') - interval '26 weeks') at time zone 'UTC'
      and a.at < date_trunc('week', now() at time zone 'UTC') at time zone 'UTC'
  )
  select week, count(distinct user_id), count(*)::float8 / count(distinct user_id),
    coalesce(sum(extract(epoch from gap)) filter (where gap <= interval '${LOOKING_MINUTES} minutes'), 0)::float8 / 60 / count(distinct user_id)
  from looks group by week having count(distinct user_id) >= ${LEAST_PEOPLE} order by week desc
  $$;
revoke execute on function exposure_of_agency() from public;
grant execute on function exposure_of_agency() to redthread_app;
`);

const OWN = 'agency_id = app_agency()';
const SELF = `${OWN} and user_id = app_user()`;
const MAY = `(select i_am('administrator', 'coordinator', 'welfare-officer'))`;

const secured = (table: string): string => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy owner_all on ${table} for all to current_user using (true) with check (true);`;

const POLICIES = sql.raw(`
${['care_settings', 'care_floors'].map(secured).join('')}
create policy app_see on care_settings for select to redthread_app using (${SELF});
create policy app_add on care_settings for insert to redthread_app with check (${SELF});
create policy app_change on care_settings for update to redthread_app using (${SELF}) with check (${SELF});
grant select, insert, update (settings, set_at) on care_settings to redthread_app;

create policy app_see on care_floors for select to redthread_app using (${OWN});
create policy app_add on care_floors for insert to redthread_app with check (${OWN} and ${MAY} and set_by = app_user());
create policy app_change on care_floors for update to redthread_app using (${OWN} and ${MAY}) with check (${OWN} and set_by = app_user());
grant select, insert, update (settings, set_by, set_login, set_at) on care_floors to redthread_app;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const step of [TABLES, FUNCTIONS, POLICIES]) await step.execute(db);
};
