// Results of the self-test, each as it was: an agency adds to them and reads its own, and nobody changes or removes one.
import { sql, type Kysely } from 'kysely';

const SELF_TESTS = sql.raw(`
create table self_tests (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null,
  user_id uuid not null,
  login text not null,
  at timestamptz not null default now(),
  result jsonb not null,
  foreign key (agency_id, user_id) references users (agency_id, id)
);
create index on self_tests (agency_id, at);

alter table self_tests enable row level security;
alter table self_tests force row level security;
create policy app_see on self_tests for select to redthread_app using (agency_id = app_agency());
create policy app_write on self_tests for insert to redthread_app
  with check (agency_id = app_agency() and user_id = app_user());
create policy owner_all on self_tests for all to current_user using (true) with check (true);
grant select on self_tests to redthread_app;
-- Whoever keeps a result gives neither its time nor its number.
grant insert (agency_id, user_id, login, result) on self_tests to redthread_app;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await SELF_TESTS.execute(db);
};
