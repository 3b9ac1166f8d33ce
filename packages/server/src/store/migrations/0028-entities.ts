// Entities, series among them, numbers that others gave them, and assertions: added and taken back, never changed and never rewritten by
// a merge. Whoever sees the case of a row sees the row, an assertion only together with both of its ends and its evidence.
import { sql, type Kysely } from 'kysely';

const TABLES = sql.raw(`
create table entities (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null references agencies,
  -- Null: of the agency as a whole, and shared with nobody.
  case_id uuid,
  kind text not null check (kind in ('person', 'place', 'object', 'device', 'camera', 'account', 'phone-number', 'chat-group',
    'web-site', 'vehicle', 'event', 'series')),
  -- Empty: nobody has named it.
  name text not null default '',
  role text check (role in ('victim', 'offender', 'witness', 'unknown')),
  age jsonb,
  note text not null default '',
  created_by uuid not null,
  created_login text not null,
  created_at timestamptz not null default now(),
  unique (agency_id, id),
  foreign key (agency_id, case_id) references cases (agency_id, id),
  foreign key (agency_id, created_by) references users (agency_id, id),
  check (kind = 'person' or (role is null and age is null)),
  check (kind <> 'series' or name <> '')
);
create index on entities (agency_id, kind, created_at);
create index on entities (case_id);

create table external_ids (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null,
  entity_id uuid not null,
  issuer text not null check (issuer <> ''),
  type text not null check (type ~ '^[a-z][a-z0-9-]*$'),
  value text not null check (value <> ''),
  added_by uuid not null,
  added_login text not null,
  at timestamptz not null default now(),
  retracted_at timestamptz,
  retracted_by uuid,
  retracted_login text,
  retract_reason text,
  foreign key (agency_id, entity_id) references entities (agency_id, id) on delete cascade,
  foreign key (agency_id, added_by) references users (agency_id, id),
  foreign key (agency_id, retracted_by) references users (agency_id, id),
  check (num_nulls(retracted_at, retracted_by, retracted_login, retract_reason) in (0, 4))
);
create unique index external_ids_in_force on external_ids (agency_id, entity_id, issuer, type, value) where retracted_at is null;
create index on external_ids (value);

create table series_steps (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null,
  entity_id uuid not null,
  state text not null check (state in ('open', 'being-worked', 'identified', 'closed')),
  note text not null default '',
  worked_by text not null default '',
  user_id uuid not null,
  login text not null,
  at timestamptz not null default clock_timestamp(),
  foreign key (agency_id, entity_id) references entities (agency_id, id) on delete cascade,
  foreign key (agency_id, user_id) references users (agency_id, id)
);
create index on series_steps (agency_id, entity_id, at);

create table assertions (
  id uuid primary key default gen_random_uuid(),
  -- Whoever says it; the ends may be of others.
  agency_id uuid not null references agencies,
  case_id uuid,
  type text not null check (type ~ '^[a-z][a-z-]*$'),
  from_agency_id uuid not null references agencies,
  from_kind text not null check (from_kind in ('media', 'entity')),
  -- Both null: the media was withdrawn or destroyed.
  from_media_id uuid,
  from_entity_id uuid,
  to_agency_id uuid not null,
  to_entity_id uuid not null,
  confidence text not null check (confidence in ('certain', 'probable', 'possible')),
  reason text not null check (reason <> ''),
  -- What was found by a method, as name@version; somebody says it all the same.
  method text check (method ~ '^[a-z][a-z0-9-]*@[0-9]+$'),
  evidence jsonb,
  rests_on_media boolean not null default false,
  evidence_agency_id uuid,
  -- Null where it rests on a media: that was withdrawn or destroyed.
  evidence_media_id uuid,
  -- Source times as they were stated.
  valid_from text,
  valid_to text,
  user_id uuid not null,
  login text not null,
  said_agency text not null,
  at timestamptz not null default now(),
  retracted_at timestamptz,
  retracted_by uuid,
  retracted_login text,
  retract_reason text,
  unique (agency_id, id),
  foreign key (agency_id, case_id) references cases (agency_id, id),
  foreign key (agency_id, user_id) references users (agency_id, id),
  foreign key (agency_id, retracted_by) references users (agency_id, id),
  foreign key (from_agency_id, from_media_id) references media (agency_id, id) on delete set null (from_media_id),
  foreign key (from_agency_id, from_entity_id) references entities (agency_id, id) on delete cascade,
  foreign key (to_agency_id, to_entity_id) references entities (agency_id, id) on delete cascade,
  foreign key (evidence_agency_id, evidence_media_id) references media (agency_id, id) on delete set null (evidence_media_id),
  check ((from_kind = 'entity') = (from_entity_id is not null) and (from_kind = 'media' or from_media_id is null)),
  check (from_entity_id is distinct from to_entity_id),
  check (rests_on_media = (evidence_agency_id is not null) and (rests_on_media or evidence_media_id is null)),
  check (num_nulls(retracted_at, retract_reason) in (0, 2))
);
-- An agency says once that a media belongs to a series, and once that two are one.
create unique index assertions_members on assertions (agency_id, from_media_id, to_entity_id)
  where type = 'member-of' and retracted_at is null and from_media_id is not null;
create unique index assertions_merges on assertions (agency_id, least(from_entity_id, to_entity_id), greatest(from_entity_id, to_entity_id))
  where type in ('same-as', 'continues') and retracted_at is null;
create index on assertions (from_media_id);
create index on assertions (from_entity_id);
create index on assertions (to_entity_id, type);
create index on assertions (evidence_media_id) where evidence_media_id is not null;
create index on assertions (case_id);

-- A case that has ended takes nothing in.
create trigger in_open_case before insert on entities for each row when (new.case_id is not null) execute function in_open_case();
create trigger in_open_case before insert on assertions for each row when (new.case_id is not null) execute function in_open_case();
`);

const OWN = 'agency_id = app_agency()';
/** An own case that is not hidden, or one that is shared; without a case: of one's own agency. */
const IN_CASE = `(agency_id = whole_agency() or (agency_id = sight_agency() and (case_id is null or case_id not in (select unnest(hidden_cases()))))
  or case_id in (select unnest(shared_cases())))`;
const ENTITY = (column: string): string => `exists (select from entities e where e.id = ${column})`;
/** A media that is gone is told of only to those of whose agency nothing is kept from them: what it was in is not known any more. */
const MEDIA = (agency: string, media: string): string => `case when ${media} is null then agency_id = whole_agency()
  else ${agency} = whole_agency() or exists (select from occurrences o where o.media_id = ${media}) end`;
const SEEN = `${IN_CASE} and ${ENTITY('assertions.to_entity_id')}
  and (case when from_kind = 'entity' then ${ENTITY('assertions.from_entity_id')} else ${MEDIA('from_agency_id', 'assertions.from_media_id')} end)
  and (not rests_on_media or ${MEDIA('evidence_agency_id', 'assertions.evidence_media_id')})`;
const INTO_CASE = '(case_id is null or sees_own_case(case_id))';

const secured = (table: string): string => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy owner_all on ${table} for all to current_user using (true) with check (true);`;

const POLICIES = sql.raw(`
${['entities', 'external_ids', 'series_steps', 'assertions'].map(secured).join('')}

create policy app_see on entities for select to redthread_app using (${IN_CASE});
create policy app_add on entities for insert to redthread_app
  with check (${OWN} and created_by = app_user() and ${INTO_CASE} and sight_agency() is not null);
grant select, insert (id, agency_id, case_id, kind, name, role, age, note, created_by, created_login) on entities to redthread_app;

create policy app_see on external_ids for select to redthread_app using (${ENTITY('external_ids.entity_id')});
create policy app_add on external_ids for insert to redthread_app
  with check (${OWN} and added_by = app_user() and retracted_at is null and ${ENTITY('external_ids.entity_id')});
create policy app_retract on external_ids for update to redthread_app
  using (${OWN} and retracted_at is null and ${ENTITY('external_ids.entity_id')})
  with check (${OWN} and retracted_at is not null and retracted_by = app_user());
grant select, insert (id, agency_id, entity_id, issuer, type, value, added_by, added_login),
  update (retracted_at, retracted_by, retracted_login, retract_reason) on external_ids to redthread_app;

create policy app_see on series_steps for select to redthread_app using (${ENTITY('series_steps.entity_id')});
create policy app_add on series_steps for insert to redthread_app
  with check (${OWN} and user_id = app_user() and ${ENTITY('series_steps.entity_id')});
grant select, insert (agency_id, entity_id, state, note, worked_by, user_id, login) on series_steps to redthread_app;

create policy app_see on assertions for select to redthread_app using (${SEEN});
create policy app_say on assertions for insert to redthread_app
  with check (${OWN} and user_id = app_user() and retracted_at is null and ${INTO_CASE} and ${SEEN});
create policy app_retract on assertions for update to redthread_app using (${OWN} and retracted_at is null and ${SEEN})
  with check (${OWN} and retracted_at is not null and retracted_by = app_user());
grant select on assertions to redthread_app;
grant insert (id, agency_id, case_id, type, from_agency_id, from_kind, from_media_id, from_entity_id, to_agency_id, to_entity_id,
  confidence, reason, method, evidence, rests_on_media, evidence_agency_id, evidence_media_id, valid_from, valid_to, user_id, login,
  said_agency) on assertions to redthread_app;
grant update (retracted_at, retracted_by, retracted_login, retract_reason) on assertions to redthread_app;

-- An exhibit that comes back gives assertions their media again; a case that is destroyed takes its entities along.
create policy worker_all on entities for all to redthread_worker using (true) with check (true);
create policy worker_all on external_ids for all to redthread_worker using (true) with check (true);
create policy worker_all on series_steps for all to redthread_worker using (true) with check (true);
create policy worker_all on assertions for all to redthread_worker using (true) with check (true);
grant select, delete on entities, assertions to redthread_worker;
grant update (from_media_id, evidence_media_id, retracted_at, retract_reason) on assertions to redthread_worker;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const step of [TABLES, POLICIES]) await step.execute(db);
};
