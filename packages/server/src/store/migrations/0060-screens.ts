// What people keep for their screens (their own keys, where they put the nodes of a graph), and what people of every agency that sees a series
// state of it: clues to where it was made, claims to work on it, votes for a country, each with a reason, taken back and never changed.
import { sql, type Kysely } from 'kysely';

const TABLES = sql.raw(`
create table own_settings (
  agency_id uuid not null,
  user_id uuid not null,
  -- 'keys', or 'graph:' and what the graph starts from.
  name text not null check (name ~ '^(keys|graph:(case|entity):[0-9a-f-]{36})$'),
  settings jsonb not null,
  set_at timestamptz not null default now(),
  primary key (agency_id, user_id, name),
  foreign key (agency_id, user_id) references users (agency_id, id)
);

create table series_statements (
  id uuid primary key default gen_random_uuid(),
  -- Whoever states it; the series may be of another agency.
  agency_id uuid not null references agencies,
  series_agency_id uuid not null,
  series_id uuid not null,
  kind text not null check (kind in ('language', 'writing', 'socket', 'plug', 'brand', 'plant', 'light', 'sound', 'other', 'claim', 'country')),
  -- Of a country its two letters; of a claim empty.
  value text not null check ((kind = 'claim') = (value = '') and (kind <> 'country' or value ~ '^[A-Z]{2}$')),
  reason text not null check (reason <> ''),
  user_id uuid not null,
  login text not null,
  said_agency text not null,
  at timestamptz not null default now(),
  retracted_at timestamptz,
  retracted_by uuid,
  retracted_login text,
  retract_reason text,
  unique (agency_id, id),
  foreign key (series_agency_id, series_id) references entities (agency_id, id) on delete cascade,
  foreign key (agency_id, user_id) references users (agency_id, id),
  foreign key (agency_id, retracted_by) references users (agency_id, id),
  check (num_nulls(retracted_at, retracted_by, retracted_login, retract_reason) in (0, 4))
);
create index on series_statements (series_id, kind);
-- A person votes for one country, and an agency claims a series once.
create unique index series_statements_votes on series_statements (agency_id, series_id, user_id) where kind = 'country' and retracted_at is null;
create unique index series_statements_claims on series_statements (agency_id, series_id) where kind = 'claim' and retracted_at is null;
`);

const OWN = 'agency_id = app_agency()';
const SELF = `${OWN} and user_id = app_user()`;
/** Whoever sees the series sees what is stated of it. */
const SEEN = 'exists (select from entities e where e.id = series_statements.series_id)';

const secured = (table: string): string => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy owner_all on ${table} for all to current_user using (true) with check (true);`;

const POLICIES = sql.raw(`
${['own_settings', 'series_statements'].map(secured).join('')}
create policy app_see on own_settings for select to redthread_app using (${SELF});
create policy app_add on own_settings for insert to redthread_app with check (${SELF});
create policy app_change on own_settings for update to redthread_app using (${SELF}) with check (${SELF});
grant select, insert, update (settings, set_at) on own_settings to redthread_app;

create policy app_see on series_statements for select to redthread_app using (${SEEN});
create policy app_say on series_statements for insert to redthread_app
  with check (${OWN} and user_id = app_user() and retracted_at is null and ${SEEN});
create policy app_retract on series_statements for update to redthread_app using (${OWN} and retracted_at is null and ${SEEN})
  with check (${OWN} and retracted_at is not null and retracted_by = app_user());
grant select, insert (id, agency_id, series_agency_id, series_id, kind, value, reason, user_id, login, said_agency),
  update (retracted_at, retracted_by, retracted_login, retract_reason) on series_statements to redthread_app;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const step of [TABLES, POLICIES]) await step.execute(db);
};
