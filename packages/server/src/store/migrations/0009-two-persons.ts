// What two persons do to exhibits and cases: requests, custody, holds, what was set aside, what was destroyed. Rows of an
// exhibit are taken away by the role `worker` alone, and only while a request that two persons stand behind is running.
import { sql, type Kysely } from 'kysely';
import { TWO_PERSON_POLICIES } from './0009-policies.js';

const CASES = sql.raw(`
alter table cases add column state text not null default 'open'
  check (state in ('open', 'arriving', 'leaving', 'destroying', 'destroyed', 'transferred'));
alter table cases add column ended_at timestamptz;
alter table cases add check ((ended_at is null) = (state in ('open', 'arriving', 'leaving', 'destroying')));
`);

const TABLES = sql.raw(`
create table requests (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null references agencies,
  number text not null check (number ~ '^[0-9]{4}-[0-9]{4}$'),
  kind text not null check (kind in ('case-destroy', 'case-transfer', 'exhibit-move', 'exhibit-withdraw', 'undo', 'purge')),
  state text not null default 'requested'
    check (state in ('requested', 'offered', 'approved', 'running', 'done', 'refused', 'cancelled', 'expired', 'failed')),
  case_id uuid not null,
  exhibit_id uuid,
  to_case_id uuid,
  to_agency_id uuid references agencies,
  -- What is undone or purged.
  of_request uuid,
  -- How things were called when it was asked for, and what else was said: for whoever decides, and for the record.
  subject jsonb not null,
  reason text not null check (reason <> ''),
  requested_by uuid not null,
  -- Names as they were then: an executor reads no users, and a record outlives them.
  requested_login text not null,
  requested_at timestamptz not null default now(),
  -- Account of the operating system, where it was asked for at a command line.
  requested_from text,
  -- Null: anybody else who may.
  second_user uuid,
  second_login text,
  decided_by uuid,
  decided_login text,
  decided_at timestamptz,
  decided_from text,
  decision_reason text,
  -- Of the agency that a case is handed to; the reference that the case gets there, where it is another.
  accepted_by uuid,
  accepted_login text,
  accepted_at timestamptz,
  accepted_as text,
  expires_at timestamptz not null default now() + interval '7 days',
  started_at timestamptz,
  finished_at timestamptz,
  error_code text,
  error_detail text,
  progress jsonb not null default '{}',
  outcome jsonb,
  unique (agency_id, number),
  unique (agency_id, id),
  foreign key (agency_id, case_id) references cases (agency_id, id),
  foreign key (agency_id, of_request) references requests (agency_id, id),
  foreign key (agency_id, requested_by) references users (agency_id, id),
  foreign key (agency_id, second_user) references users (agency_id, id),
  foreign key (agency_id, decided_by) references users (agency_id, id),
  foreign key (to_agency_id, accepted_by) references users (agency_id, id),
  check (decided_by <> requested_by and second_user <> requested_by)
);
create index on requests (agency_id, state);
create index on requests (to_agency_id, state) where to_agency_id is not null;
create index on requests (state) where state in ('approved', 'running');
create index on requests (case_id);

-- No reference to the exhibit: custody is told of what was withdrawn, handed over or destroyed as well.
create table custody_entries (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null references agencies,
  case_id uuid not null,
  -- Null: the whole case.
  exhibit_id uuid,
  at timestamptz not null default now(),
  event text not null check (event in ('registered', 'ingested', 'moved', 'withdrawn', 'brought-back', 'handed-over', 'received',
    'purged', 'destroyed', 'hold-placed', 'hold-released')),
  user_id uuid,
  person text not null,
  second_person text,
  from_place text,
  to_place text,
  reason text not null default '',
  request_id uuid,
  -- Where it was written before the exhibit came to this agency; null: here.
  carried_from text,
  foreign key (agency_id, case_id) references cases (agency_id, id),
  foreign key (agency_id, user_id) references users (agency_id, id)
);
create index on custody_entries (agency_id, exhibit_id, at);
create index on custody_entries (agency_id, case_id, at);

create table case_holds (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null,
  case_id uuid not null,
  reason text not null check (reason <> ''),
  placed_by uuid not null,
  placed_login text not null,
  placed_at timestamptz not null default now(),
  released_by uuid,
  released_at timestamptz,
  release_reason text,
  foreign key (agency_id, case_id) references cases (agency_id, id),
  foreign key (agency_id, placed_by) references users (agency_id, id),
  foreign key (agency_id, released_by) references users (agency_id, id),
  check ((released_by is null) = (released_at is null))
);
create unique index case_holds_one on case_holds (case_id) where released_at is null;

-- Media that go with what a running request takes away: no other exhibit of their agency holds them.
create table request_media (
  request_id uuid not null,
  agency_id uuid not null,
  media_id uuid not null,
  content_id bigint not null,
  sha256 bytea not null,
  size_bytes bigint not null,
  -- Destroyed: it stays on the list until the record of the whole is signed.
  is_gone boolean not null default false,
  primary key (request_id, media_id),
  foreign key (agency_id, request_id) references requests (agency_id, id)
);
create index on request_media (media_id);

-- Rows of withdrawn exhibits as they were: out of every table that people, indexes or counts read, until they are brought
-- back or purged.
create table set_aside (
  request_id uuid not null,
  agency_id uuid not null,
  source text not null,
  id bigint generated always as identity,
  case_id uuid not null,
  media_id uuid,
  content_id bigint,
  -- Name of a sealed object that lies aside.
  object_name text,
  value jsonb not null,
  primary key (request_id, source, id),
  foreign key (agency_id, request_id) references requests (agency_id, id)
);
create index on set_aside (case_id, source);
create index on set_aside (media_id, source) where media_id is not null;
create index on set_aside (content_id) where content_id is not null;

-- Signed records of what was destroyed; the text is what was signed, byte for byte.
create table destructions (
  id uuid primary key,
  agency_id uuid not null references agencies,
  number integer not null,
  case_id uuid not null,
  exhibit_id uuid,
  at timestamptz not null default now(),
  record text not null,
  digest bytea not null,
  signature bytea not null,
  public_key bytea not null,
  unique (agency_id, number)
);
create index on destructions (case_id);

-- Which backups were made of this store, for the records that say where copies remain.
create table backups (
  id uuid primary key,
  created_at timestamptz not null default now(),
  host text not null,
  folder text not null,
  keys_folder text,
  under_key_id text not null
);
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await CASES.execute(db);
  await TABLES.execute(db);
  await sql.raw(TWO_PERSON_POLICIES).execute(db);
};
