// Contact-me: where files of two agencies match and one end may not be seen, both are told whom to ask, and nothing else. Written
// once a day by one function that the matcher calls; docs/adr/0011 says what each case tells and is told.
import { sql, type Kysely } from 'kysely';
import { SWEEP } from './0034-contact-sweep.js';

const TABLES = `
alter table cases add column contact_mode text not null default 'open' check (contact_mode in ('open', 'one-way', 'silent'));

create table contacts (
  id uuid primary key default gen_random_uuid(),
  -- Who is told, about which case of theirs.
  agency_id uuid not null references agencies,
  case_id uuid not null,
  -- Drawn for this end alone: the other end knows another.
  reference text not null check (reference ~ '^[0-9a-f]{4}(-[0-9a-f]{4}){2}$'),
  -- Whom to ask. The person as an id is for telling two of one name apart, and granted to nobody.
  far_agency_id uuid not null references agencies,
  far_user_id uuid not null,
  far_agency text not null,
  officer text not null,
  reachable_at text,
  -- The strongest.
  grade text not null check (grade in ('identical', 'same content', 'partial', 'same scene', 'same source')),
  told_on date not null,
  status text not null default 'new' check (status in ('new', 'acknowledged', 'contacted', 'closed')),
  note text not null default '',
  answered_by uuid,
  answered_login text,
  answered_at timestamptz,
  -- Shared: what it is about is seen as matches now. Ended: this case holds it no longer.
  settled_as text check (settled_as in ('shared', 'ended')),
  settled_on date,
  unique (agency_id, id),
  unique (agency_id, reference),
  unique (agency_id, case_id, far_agency_id, far_user_id),
  foreign key (agency_id, case_id) references cases (agency_id, id),
  foreign key (agency_id, answered_by) references users (agency_id, id),
  foreign key (far_agency_id, far_user_id) references users (agency_id, id),
  check (agency_id <> far_agency_id),
  check ((settled_as is null) = (settled_on is null) and (status = 'new') = (answered_by is null))
);
create index on contacts (case_id);

-- The own media that a contact rests on, so that it ends with them; which they are is told to nobody.
create table contact_media (
  contact_id uuid not null,
  agency_id uuid not null,
  media_id uuid not null,
  primary key (contact_id, media_id),
  foreign key (agency_id, contact_id) references contacts (agency_id, id) on delete cascade,
  foreign key (agency_id, media_id) references media (agency_id, id) on delete cascade
);
create index on contact_media (media_id);

-- Days of which the contacts were written.
create table contact_sweeps (day date primary key, swept_at timestamptz not null default now());
create index matches_across on matches (created_at) where agency_a <> agency_b;
`;

const OWN_CASE = 'agency_id = app_agency() and case_id in (select id from cases)';

const RIGHTS = `
${['contacts', 'contact_media', 'contact_sweeps']
  .map(
    (table) => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy owner_all on ${table} for all to current_user using (true) with check (true);`,
  )
  .join('')}
create policy app_see on contacts for select to redthread_app using (${OWN_CASE});
create policy app_answer on contacts for update to redthread_app using (${OWN_CASE} and status <> 'closed')
  with check (${OWN_CASE} and status <> 'new' and answered_by = app_user());
grant select (id, agency_id, case_id, reference, far_agency, officer, reachable_at, grade, told_on, status, note, answered_by, answered_login,
  answered_at, settled_as, settled_on) on contacts to redthread_app;
grant update (status, note, answered_by, answered_login, answered_at) on contacts to redthread_app;
grant update (contact_mode) on cases to redthread_app;

revoke execute on function tell_contacts(date), contact_due(timestamptz, uuid, uuid), agency_sees_exhibit(uuid, uuid) from public;
grant execute on function tell_contacts(date) to redthread_matcher;
`;

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const part of [TABLES, SWEEP, RIGHTS]) await sql.raw(part).execute(db);
};
