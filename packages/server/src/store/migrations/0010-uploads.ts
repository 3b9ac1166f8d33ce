// Ingests over the network: who sends into which exhibit, and contents on their way. An upload is sealed under a key that
// the key of its case wraps, from its first chunk on; it becomes the original of a media, or is removed.
import { sql, type Kysely } from 'kysely';

const UPLOADS = sql.raw(`
create table ingest_runs (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null,
  exhibit_id uuid not null,
  user_id uuid not null,
  -- Digest of the sender's random name: by it the same sender is known again.
  sender bytea not null check (octet_length(sender) = 32),
  archives text not null check (archives in ('sender', 'server')),
  state text not null default 'open' check (state in ('open', 'ending', 'ended')),
  opened_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  ended_at timestamptz,
  unique (agency_id, id),
  foreign key (agency_id, exhibit_id) references exhibits (agency_id, id) on delete cascade,
  foreign key (agency_id, user_id) references users (agency_id, id)
);
-- One sender at a time; also what finds the runs that somebody has to end.
create unique index ingest_runs_at_work on ingest_runs (exhibit_id) where state <> 'ended';

create table uploads (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null,
  case_id uuid not null,
  exhibit_id uuid not null,
  user_id uuid not null,
  key_id uuid,
  sha256 bytea not null check (octet_length(sha256) = 32),
  size_bytes bigint not null check (size_bytes >= 0),
  state text not null default 'receiving' check (state in ('receiving', 'complete')),
  -- Generation of the case's key that it is wrapped under: with that key the upload goes.
  generation integer not null,
  wrapped bytea not null,
  header bytea,
  sha1 bytea,
  md5 bytea,
  mime text,
  kind text,
  created_at timestamptz not null default now(),
  touched_at timestamptz not null default now(),
  unique (agency_id, exhibit_id, sha256),
  unique (agency_id, id),
  foreign key (agency_id, case_id, generation) references case_keys (agency_id, case_id, generation) on delete cascade,
  foreign key (agency_id, exhibit_id) references exhibits (agency_id, id) on delete cascade,
  foreign key (agency_id, user_id) references users (agency_id, id),
  check ((state = 'complete') = (sha1 is not null and md5 is not null and mime is not null and kind is not null))
);
create index on uploads (exhibit_id);
create index on uploads (case_id, generation);
create index on uploads (user_id, key_id);
create index on uploads (touched_at);

-- A chunk is written down before it is sealed: another one of the same number would use its nonce a second time.
create table upload_chunks (
  upload_id uuid not null,
  agency_id uuid not null,
  number integer not null check (number >= 0),
  sha256 bytea not null check (octet_length(sha256) = 32),
  stored boolean not null default false,
  primary key (upload_id, number),
  foreign key (agency_id, upload_id) references uploads (agency_id, id) on delete cascade
);
`);

const own = 'agency_id = app_agency()';
/** Whoever may see the exhibit, as row-level security says of it. */
const intoVisible = `${own} and exhibit_id in (select e.id from exhibits e)`;
const ofVisible = `${own} and upload_id in (select u.id from uploads u)`;

const POLICIES = sql.raw(`
${['ingest_runs', 'uploads', 'upload_chunks']
  .map(
    (table) => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy owner_all on ${table} for all to current_user using (true) with check (true);
create policy intake_all on ${table} for all to redthread_worker using (true) with check (true);`,
  )
  .join('\n')}
${['ingest_runs', 'uploads']
  .map(
    (table) => `
create policy app_see on ${table} for select to redthread_app using (${intoVisible});
create policy app_begin on ${table} for insert to redthread_app with check (${intoVisible} and user_id = app_user());
create policy app_go_on on ${table} for update to redthread_app using (${intoVisible}) with check (${intoVisible});
create policy app_drop on ${table} for delete to redthread_app using (${intoVisible});`,
  )
  .join('\n')}
create policy app_see on upload_chunks for select to redthread_app using (${ofVisible});
create policy app_begin on upload_chunks for insert to redthread_app with check (${ofVisible});
create policy app_go_on on upload_chunks for update to redthread_app using (${ofVisible}) with check (${ofVisible});

grant select, insert (agency_id, exhibit_id, user_id, sender, archives), update (state, seen_at, ended_at) on ingest_runs
  to redthread_app;
grant select, insert, delete, update (state, header, sha1, md5, mime, kind, touched_at) on uploads to redthread_app;
grant select, insert, update (stored) on upload_chunks to redthread_app;

grant select, update (state, seen_at, ended_at) on ingest_runs to redthread_worker;
grant select, delete on uploads to redthread_worker;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await UPLOADS.execute(db);
  await POLICIES.execute(db);
};
