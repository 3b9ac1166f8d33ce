// Lists on their way in over the API: what was said of each, how far it is, what was read. Its bytes and what is made of them lie in the vault;
// the id is that of the list that it becomes.
import { sql, type Kysely } from 'kysely';

const TABLES = sql.raw(`
create table list_uploads (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null,
  user_id uuid not null,
  login text not null,
  key_id uuid,
  plan jsonb not null,
  operation_id uuid references operations (id),
  onto_id uuid,
  -- Name, size and how much of each is here.
  files jsonb not null,
  size_bytes bigint not null check (size_bytes >= 0),
  state text not null default 'receiving'
    check (state in ('receiving', 'waiting', 'reading', 'read', 'counting', 'counted', 'failed')),
  -- How often somebody began to read it.
  attempts integer not null default 0,
  progress jsonb,
  -- What was read: written by whoever reads it alone.
  result jsonb,
  failure jsonb,
  -- Of whoever said that it is to count: for the record.
  purpose text,
  request_id text,
  created_at timestamptz not null default now(),
  touched_at timestamptz not null default now(),
  unique (agency_id, id),
  foreign key (agency_id, user_id) references users (agency_id, id),
  foreign key (agency_id, onto_id) references lists (agency_id, id)
);
create index on list_uploads (user_id, state);
create index on list_uploads (touched_at);
`);

const SELF = 'agency_id = app_agency() and user_id = app_user()';
/** An operation that somebody does not see is none that they share with. */
const INTO_SEEN = `${SELF} and (operation_id is null or operation_id in (select o.id from operations o))`;

const POLICIES = sql.raw(`
alter table list_uploads enable row level security;
alter table list_uploads force row level security;
create policy owner_all on list_uploads for all to current_user using (true) with check (true);
create policy intake_all on list_uploads for all to redthread_worker using (true) with check (true);
create policy app_see on list_uploads for select to redthread_app using (${SELF});
create policy app_begin on list_uploads for insert to redthread_app with check (${INTO_SEEN});
create policy app_go_on on list_uploads for update to redthread_app using (${SELF}) with check (${INTO_SEEN});
create policy app_drop on list_uploads for delete to redthread_app using (${SELF});
grant select, delete on list_uploads to redthread_app;
grant insert (agency_id, user_id, login, key_id, plan, operation_id, onto_id, files, size_bytes) on list_uploads to redthread_app;
grant update (plan, operation_id, onto_id, files, state, failure, purpose, request_id, touched_at) on list_uploads to redthread_app;
grant select, delete, update (state, attempts, progress, result, failure, touched_at) on list_uploads to redthread_worker;
-- The version that another one replaces ends in the transaction in which that one comes.
grant update (expires_at) on lists to redthread_worker;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const step of [TABLES, POLICIES]) await step.execute(db);
};
