// The ledger of what was given to whom, and of what was taken back since; and the PDQ hash of media that the actor sees, which leaves in exports:
// signals are of contents, which the role of the web does not read.
import { sql, type Kysely } from 'kysely';
import { AS_OWNER } from './0006-accounts.js';

const TABLES = sql.raw(`
create table contributions (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null references agencies,
  -- As it was named; an agency of this instance too, where it is one.
  receiver text not null check (receiver <> ''),
  receiver_agency_id uuid references agencies,
  format text not null,
  -- What it was of, in words, and its case where it was of one.
  subject text not null,
  case_id uuid,
  handling text not null,
  item_count integer not null check (item_count > 0),
  made_by uuid not null,
  made_login text not null,
  made_at timestamptz not null default now(),
  file_sha256 bytea check (octet_length(file_sha256) = 32),
  acknowledged_at timestamptz,
  acknowledged_items integer,
  withdrawn_at timestamptz,
  withdrawn_login text,
  withdraw_reason text,
  unique (agency_id, id),
  foreign key (agency_id, made_by) references users (agency_id, id),
  check ((acknowledged_at is null) = (acknowledged_items is null)),
  check ((withdrawn_at is null) = (withdraw_reason is null) and (withdrawn_at is null) = (withdrawn_login is null))
);
create index on contributions (agency_id, receiver, made_at);

-- What was sent stays known by its digest when the media is gone.
create table contribution_items (
  agency_id uuid not null,
  contribution_id uuid not null,
  sha256 bytea not null check (octet_length(sha256) = 32),
  media_id uuid not null,
  withdrawn_at timestamptz,
  withdraw_reason text,
  primary key (agency_id, contribution_id, sha256),
  foreign key (agency_id, contribution_id) references contributions (agency_id, id),
  check ((withdrawn_at is null) = (withdraw_reason is null))
);
create index on contribution_items (media_id);
`);

const FUNCTIONS = sql.raw(`
-- Of media that the actor sees, by a file of it or because nothing of its agency is kept from them.
create function pdq_of_media(wanted uuid[]) returns table (media_id uuid, hash bytea) language sql stable ${AS_OWNER} as $$
  select distinct on (m.id) m.id, substring(s.value from 1 for 32)
  from media m join signals s on s.content_id = m.content_id and s.method = 'pdq'
  where m.id = any(wanted) and app_user() is not null and (m.agency_id = whole_agency() or exists (
    select from occurrences o where o.media_id = m.id and o.exhibit_id <> all(withheld_exhibits())
      and ((o.agency_id = sight_agency() and o.case_id <> all(hidden_cases())) or o.case_id = any(shared_cases()))))
  order by m.id, s.version desc, s.id desc
$$;
revoke execute on function pdq_of_media(uuid[]) from public;
grant execute on function pdq_of_media(uuid[]) to redthread_app;
`);

const OWN = 'agency_id = app_agency()';
/** Its own maker sees it, whoever nothing is kept from, and who sees the case that it is of. */
const SEEN = `${OWN} and (made_by = app_user() or agency_id = whole_agency() or case_id in (select id from cases where ${OWN}))`;
const OF_SEEN = `${OWN} and contribution_id in (select id from contributions)`;
const LEADS = `(select i_am('administrator', 'coordinator', 'officer'))`;

const secured = (table: string): string => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy owner_all on ${table} for all to current_user using (true) with check (true);`;

const POLICIES = sql.raw(`
${['contributions', 'contribution_items'].map(secured).join('')}
create policy app_see on contributions for select to redthread_app using (${SEEN});
create policy app_add on contributions for insert to redthread_app with check (${OWN} and made_by = app_user() and ${LEADS});
create policy app_change on contributions for update to redthread_app using (${SEEN} and ${LEADS}) with check (${OWN});
grant select, insert (id, agency_id, receiver, receiver_agency_id, format, subject, case_id, handling, item_count, made_by, made_login),
  update (file_sha256, acknowledged_at, acknowledged_items, withdrawn_at, withdrawn_login, withdraw_reason) on contributions to redthread_app;

create policy app_see on contribution_items for select to redthread_app using (${OF_SEEN});
create policy app_add on contribution_items for insert to redthread_app with check (${OF_SEEN});
create policy app_change on contribution_items for update to redthread_app using (${OF_SEEN} and ${LEADS}) with check (${OWN});
grant select, insert (agency_id, contribution_id, sha256, media_id), update (withdrawn_at, withdraw_reason) on contribution_items to redthread_app;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const step of [TABLES, FUNCTIONS, POLICIES]) await step.execute(db);
};
