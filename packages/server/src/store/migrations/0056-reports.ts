// Reports: which were made, of what, and with which files; signed by the sealer, who alone has the key of the record. A row is written by
// whoever made the report, for themselves, and never changed but by its signature.
import { sql, type Kysely } from 'kysely';

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql
    .raw(
      `
create table reports (
  id uuid not null default gen_random_uuid(),
  agency_id uuid not null references agencies,
  user_id uuid not null,
  kind text not null check (kind in ('case', 'exhibit', 'comparison')),
  about uuid[] not null check (cardinality(about) between 1 and 2),
  files jsonb not null,
  record_size bigint not null,
  at timestamptz not null default now(),
  key text,
  signature bytea,
  primary key (agency_id, id),
  foreign key (agency_id, user_id) references users (agency_id, id),
  check ((key is null) = (signature is null))
);
create index reports_unsigned on reports (at) where signature is null;
create index reports_of_person on reports (agency_id, user_id);

alter table reports enable row level security;
alter table reports force row level security;
create policy owner_all on reports for all to current_user using (true) with check (true);
create policy app_see on reports for select to redthread_app using (agency_id = app_agency() and user_id = app_user());
create policy app_add on reports for insert to redthread_app with check (agency_id = app_agency() and user_id = app_user());
grant select on reports to redthread_app;
grant insert (agency_id, user_id, kind, about, files, record_size) on reports to redthread_app;
create policy sealer_reads on reports for select to redthread_sealer using (true);
create policy sealer_signs on reports for update to redthread_sealer using (signature is null) with check (signature is not null);
grant select, update (key, signature) on reports to redthread_sealer;
`,
    )
    .execute(db);
};
