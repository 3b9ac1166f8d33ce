// What reports of phones and of providers say beside their conversations: the device, people, and files with their state. Rows follow the export that they were read from; workers write
// them, and people see them as they see the files of the exhibit.
import { sql, type Kysely } from 'kysely';
import { APP_POLICIES } from './0007-policies.js';
import { secured } from './secured.js';

/** A row of a report goes where its export goes, and with it. */
const OF_REPORT = `
  agency_id uuid not null,
  case_id uuid not null,
  exhibit_id uuid not null,
  export_id uuid not null,
  number integer not null,
  primary key (export_id, number),
  unique (agency_id, case_id, exhibit_id, export_id, number),
  foreign key (agency_id, case_id, exhibit_id, export_id) references chat_exports (agency_id, case_id, exhibit_id, id)
    on update cascade on delete cascade,`;

const TABLES = sql.raw(`
create table report_facts (${OF_REPORT}
  section text not null,
  name text not null,
  value text not null
);

create table report_people (${OF_REPORT}
  kind text not null check (kind in ('contact', 'account', 'reported', 'reporter')),
  app text,
  name text,
  state text not null check (state in ('intact', 'deleted', 'trash', 'unknown'))
);

create table report_entries (
  agency_id uuid not null,
  case_id uuid not null,
  exhibit_id uuid not null,
  export_id uuid not null,
  number integer not null,
  ordinal integer not null,
  kind text not null check (kind in ('phone', 'email', 'account', 'url', 'ip', 'other')),
  value text not null,
  category text,
  time_text text,
  at_instant timestamptz,
  primary key (export_id, number, ordinal),
  foreign key (agency_id, case_id, exhibit_id, export_id, number)
    references report_people (agency_id, case_id, exhibit_id, export_id, number) on update cascade on delete cascade
);

create table report_files (${OF_REPORT}
  file_id text,
  -- Where it lay on the device, and where its bytes lie from the folder of the report.
  path text not null,
  local_path text,
  size_bytes bigint,
  state text not null check (state in ('intact', 'deleted', 'trash', 'unknown')),
  times jsonb not null,
  sha256 bytea check (octet_length(sha256) = 32),
  md5 bytea check (octet_length(md5) = 16),
  tags text[] not null,
  provider jsonb,
  -- The file of the exhibit that it is, by its path there. own: its bytes lie there; shared: they lie once, under another file; absent: they are not there.
  occurrence_path text,
  bytes text check (bytes in ('own', 'shared', 'absent')),
  -- Whether its bytes have the digests that the report says; null where it says none, or they are not there.
  agrees boolean,
  check (bytes is null or occurrence_path is not null)
);
create index on report_files (exhibit_id, md5(occurrence_path));
`);

const TABLE_NAMES = ['report_facts', 'report_people', 'report_entries', 'report_files'] as const;

/** As the files of the exhibit are seen. */
const SEEN = APP_POLICIES['occurrences']?.see ?? 'false';

const POLICIES = sql.raw(
  [
    ...TABLE_NAMES.map(
      (table) => `${secured(table)}
create policy app_see on ${table} for select to redthread_app
  using ((${SEEN}) and export_id not in (select unnest(closed_exports())));
create policy worker_all on ${table} for all to redthread_worker using (true) with check (true);
grant select on ${table} to redthread_app;
grant select, insert, update, delete on ${table} to redthread_worker;`,
    ),
  ].join('\n'),
);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const step of [TABLES, POLICIES]) await step.execute(db);
};
