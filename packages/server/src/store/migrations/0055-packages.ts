// Contribution packages: the keys by which an agency signs and opens them, those of others that it trusts, and which packages have come in.
import { sql, type Kysely } from 'kysely';

const TABLES = sql.raw(`
-- One root a key pair, under the master key; both halves that sign and open follow from it.
create table exchange_keys (
  agency_id uuid not null references agencies,
  -- The fingerprint that people read to each other.
  key text not null,
  signing_key bytea not null check (octet_length(signing_key) = 32),
  opening_key bytea not null check (octet_length(opening_key) = 32),
  master_key_id text not null,
  wrapped bytea not null,
  created_at timestamptz not null default now(),
  primary key (agency_id)
);
create trigger under_key_in_force before insert on exchange_keys for each row execute function wrapped_under_key_in_force();

create table exchange_peers (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null,
  name text not null check (name <> ''),
  country text not null,
  fingerprint text not null,
  signing_key bytea not null check (octet_length(signing_key) = 32),
  opening_key bytea not null check (octet_length(opening_key) = 32),
  added_by uuid not null,
  added_login text not null,
  added_at timestamptz not null default now(),
  removed_at timestamptz,
  removed_login text,
  unique (agency_id, id),
  foreign key (agency_id, added_by) references users (agency_id, id),
  check ((removed_at is null) = (removed_login is null))
);
-- A name stands for one key at a time.
create unique index exchange_peers_name on exchange_peers (agency_id, name) where removed_at is null;
create unique index exchange_peers_key on exchange_peers (agency_id, fingerprint) where removed_at is null;

-- A package comes in once: what it says is a list from then on.
create table package_receipts (
  agency_id uuid not null,
  sender_fingerprint text not null,
  -- As the sender numbers them.
  package_id uuid not null,
  sender text not null,
  file_sha256 bytea not null check (octet_length(file_sha256) = 32),
  item_count integer not null,
  handling text not null,
  list_id uuid not null,
  imported_by uuid not null,
  imported_login text not null,
  imported_at timestamptz not null default now(),
  primary key (agency_id, sender_fingerprint, package_id),
  foreign key (agency_id, list_id) references lists (agency_id, id),
  foreign key (agency_id, imported_by) references users (agency_id, id)
);
`);

const OWN = 'agency_id = app_agency()';
const LEADS = `(select i_am('administrator', 'coordinator'))`;

const secured = (table: string): string => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy owner_all on ${table} for all to current_user using (true) with check (true);`;

const POLICIES = sql.raw(`
${['exchange_keys', 'exchange_peers', 'package_receipts'].map(secured).join('')}
create policy app_see on exchange_keys for select to redthread_app using (${OWN});
create policy app_add on exchange_keys for insert to redthread_app with check (${OWN} and ${LEADS});
grant select, insert (agency_id, key, signing_key, opening_key, master_key_id, wrapped) on exchange_keys to redthread_app;

create policy app_see on exchange_peers for select to redthread_app using (${OWN});
create policy app_add on exchange_peers for insert to redthread_app with check (${OWN} and ${LEADS} and added_by = app_user());
create policy app_change on exchange_peers for update to redthread_app using (${OWN} and ${LEADS} and removed_at is null) with check (${OWN});
grant select, insert (agency_id, name, country, fingerprint, signing_key, opening_key, added_by, added_login), update (removed_at, removed_login)
  on exchange_peers to redthread_app;

-- Written by whoever counts the list that it becomes, in the same transaction.
create policy app_see on package_receipts for select to redthread_app using (${OWN});
create policy worker_add on package_receipts for insert to redthread_worker with check (true);
grant select on package_receipts to redthread_app;
grant insert on package_receipts to redthread_worker;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const step of [TABLES, POLICIES]) await step.execute(db);
};
