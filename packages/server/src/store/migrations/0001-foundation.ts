// The first schema: agencies and people, cases and exhibits, content and media, keys, work, signals, matches, lists, audit.
// Every agency-bound table is under row-level security from its first day: deny by default, existence hidden.
import { sql, type Kysely } from 'kysely';
import { FOUNDATION_POLICIES } from './0001-policies.js';

const TABLES = sql.raw(`
create table store_settings (key text primary key, value jsonb not null);

create table agencies (
  id uuid primary key default gen_random_uuid(),
  name text not null unique,
  country text not null,
  created_at timestamptz not null default now()
);

create table users (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null references agencies,
  login text not null unique,
  display_name text not null,
  password_hash text,
  os_account text unique,
  roles text[] not null default '{}',
  disabled_at timestamptz,
  created_at timestamptz not null default now(),
  unique (agency_id, id)
);

create table sessions (
  token_hash bytea primary key,
  agency_id uuid not null,
  user_id uuid not null,
  purpose text,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  foreign key (agency_id, user_id) references users (agency_id, id) on delete cascade
);

create table api_keys (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null,
  user_id uuid not null,
  name text not null,
  key_hash bytea not null unique,
  scopes text[] not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  foreign key (agency_id, user_id) references users (agency_id, id) on delete cascade
);

create table operations (
  id uuid primary key default gen_random_uuid(),
  reference text not null unique,
  name text not null,
  created_at timestamptz not null default now()
);

create table operation_members (
  operation_id uuid not null references operations,
  agency_id uuid not null references agencies,
  primary key (operation_id, agency_id)
);
create index on operation_members (agency_id);

create table cases (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null references agencies,
  reference text not null,
  title text not null default '',
  operation_id uuid references operations,
  shared_with_operation boolean not null default false,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  unique (agency_id, reference),
  unique (agency_id, id),
  foreign key (agency_id, created_by) references users (agency_id, id),
  check (not shared_with_operation or operation_id is not null)
);
create index on cases (operation_id);

create table exhibits (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null,
  case_id uuid not null,
  reference text not null,
  kind text not null check (kind in ('folder', 'zip', 'tar', 'tar.gz')),
  source_path text not null,
  in_place_root text,
  container_size_bytes bigint,
  container_sha256 bytea,
  state text not null default 'registered' check (state in ('registered', 'walking', 'processing', 'complete', 'failed')),
  files_seen bigint not null default 0,
  bytes_seen bigint not null default 0,
  files_total bigint,
  error_code text,
  error_detail text,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  walk_finished_at timestamptz,
  completed_at timestamptz,
  unique (case_id, reference),
  unique (agency_id, id),
  foreign key (agency_id, case_id) references cases (agency_id, id),
  foreign key (agency_id, created_by) references users (agency_id, id)
);

create table contents (
  id bigint generated always as identity primary key,
  sha256 bytea not null unique,
  sha1 bytea not null,
  md5 bytea not null,
  size_bytes bigint not null,
  mime text not null,
  kind text not null,
  created_at timestamptz not null default now()
);

create table media (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null references agencies,
  content_id bigint not null references contents,
  sha256 bytea not null,
  sha1 bytea not null,
  md5 bytea not null,
  size_bytes bigint not null,
  mime text not null,
  kind text not null,
  width integer,
  height integer,
  state text not null default 'pending' check (state in ('pending', 'ready', 'partial', 'failed', 'unsupported', 'quarantined')),
  error_code text,
  error_detail text,
  comparable boolean not null default false,
  representative_id uuid,
  created_at timestamptz not null default now(),
  unique (agency_id, content_id),
  unique (agency_id, id),
  foreign key (agency_id, representative_id) references media (agency_id, id)
);
create index on media (agency_id, sha256);
create index on media (sha256);
create index on media (sha1);
create index on media (md5);
create index on media (content_id);
create index on media (representative_id);

create table media_metadata (
  media_id uuid not null,
  agency_id uuid not null,
  method text not null,
  version integer not null,
  value jsonb not null,
  created_at timestamptz not null default now(),
  primary key (media_id, method, version),
  foreign key (agency_id, media_id) references media (agency_id, id) on delete cascade
);

create table occurrences (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null,
  case_id uuid not null,
  exhibit_id uuid not null,
  media_id uuid,
  path text not null,
  raw_name text,
  container text,
  size_bytes bigint,
  source_times jsonb not null default '[]',
  state text not null check (state in ('stored', 'in-place', 'unreadable', 'missing', 'changed')),
  error_code text,
  error_detail text,
  in_place_path text,
  stat_key text,
  created_at timestamptz not null default now(),
  foreign key (agency_id, case_id) references cases (agency_id, id),
  foreign key (agency_id, exhibit_id) references exhibits (agency_id, id),
  foreign key (agency_id, media_id) references media (agency_id, id)
);
create unique index occurrences_path on occurrences (exhibit_id, md5(path), path);
create index on occurrences (media_id);
create index on occurrences (case_id);

create table agency_keys (
  agency_id uuid primary key references agencies,
  master_key_id text not null,
  wrapped bytea not null
);

create table case_keys (
  case_id uuid primary key,
  agency_id uuid not null,
  master_key_id text not null,
  wrapped bytea not null,
  foreign key (agency_id, case_id) references cases (agency_id, id)
);

create table envelopes (
  agency_id uuid not null,
  media_id uuid not null,
  case_id uuid not null,
  wrapped bytea not null,
  primary key (media_id, case_id),
  foreign key (agency_id, media_id) references media (agency_id, id),
  foreign key (agency_id, case_id) references cases (agency_id, id)
);
create index on envelopes (case_id);

create table vault_objects (
  agency_id uuid not null,
  media_id uuid not null,
  kind text not null check (kind in ('original', 'clear', 'veiled')),
  name text not null unique,
  size_bytes bigint not null,
  created_at timestamptz not null default now(),
  primary key (media_id, kind),
  foreign key (agency_id, media_id) references media (agency_id, id)
);

create table processes (
  id uuid primary key,
  kind text not null check (kind in ('server', 'worker', 'matcher', 'ingest')),
  pid integer not null,
  host text not null,
  started_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now()
);

create table work (
  id bigint generated always as identity primary key,
  agency_id uuid not null,
  media_id uuid not null,
  exhibit_id uuid not null,
  stage text not null check (stage in ('decode', 'metadata', 'match')),
  version integer not null,
  priority smallint not null default 50,
  state text not null default 'queued' check (state in ('queued', 'leased', 'done', 'failed', 'quarantined')),
  attempts smallint not null default 0,
  not_before timestamptz not null default now(),
  leased_by uuid,
  lease_until timestamptz,
  error_code text,
  error_detail text,
  updated_at timestamptz not null default now(),
  unique (media_id, stage, version),
  foreign key (agency_id, media_id) references media (agency_id, id),
  foreign key (agency_id, exhibit_id) references exhibits (agency_id, id)
);
create index work_queue on work (stage, priority, id) where state = 'queued';
create index work_leases on work (lease_until) where state = 'leased';
create index work_exhibit on work (exhibit_id, stage, state);

create table signals (
  id bigint generated always as identity primary key,
  content_id bigint not null references contents,
  method text not null,
  version integer not null,
  decoder text not null,
  quality smallint,
  value bytea not null,
  xid xid8 not null default pg_current_xact_id(),
  created_at timestamptz not null default now(),
  unique (content_id, method, version)
);

create table matches (
  id uuid primary key default gen_random_uuid(),
  media_a uuid not null references media,
  media_b uuid not null references media,
  agency_a uuid not null,
  agency_b uuid not null,
  grade text not null check (grade in ('identical', 'same content', 'partial', 'same scene', 'same source')),
  method text not null,
  version integer not null,
  value real not null,
  threshold real not null,
  unit text not null,
  bits real not null,
  decoder text not null,
  reasons jsonb not null,
  xid xid8 not null default pg_current_xact_id(),
  created_at timestamptz not null default now(),
  check (media_a < media_b),
  unique (media_a, media_b, grade)
);
create index on matches (media_b);
create index on matches (agency_a);
create index on matches (agency_b);

create table lists (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null references agencies,
  operation_id uuid references operations,
  name text not null,
  polarity text not null check (polarity in ('known-bad', 'known-good', 'other')),
  version text not null,
  handling text not null default 'TLP:AMBER',
  source_name text not null,
  source_sha256 bytea not null,
  entry_count bigint not null default 0,
  expires_at timestamptz,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  unique (agency_id, name, version),
  unique (agency_id, id),
  foreign key (agency_id, created_by) references users (agency_id, id)
);

create table list_entries (
  list_id uuid not null,
  agency_id uuid not null,
  digest bytea not null check (octet_length(digest) in (16, 20, 32)),
  primary key (digest, list_id),
  foreign key (agency_id, list_id) references lists (agency_id, id) on delete cascade
);

create table audit_events (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  agency_id uuid,
  user_id uuid,
  login text,
  type text not null,
  object_kind text,
  object_id text,
  purpose text,
  request_id text not null,
  detail jsonb not null default '{}',
  xid xid8 not null default pg_current_xact_id()
);
create index on audit_events (agency_id, at desc);
create index on audit_events (object_id);
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await TABLES.execute(db);
  await sql.raw(FOUNDATION_POLICIES).execute(db);
};
