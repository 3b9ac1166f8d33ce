// Notices: what a user, or whoever holds a role in an agency, has to be told. Written by the database where the thing
// itself is written, so that nothing that must be told can be forgotten; read marks are each reader's own.
import { AS_OWNER } from './0006-accounts.js';

const TABLES = `
create table notices (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null references agencies,
  -- One of the two: a person, or everybody of the agency who holds one of the roles.
  user_id uuid,
  roles text[],
  kind text not null,
  object_kind text not null,
  object_id uuid not null,
  detail jsonb not null default '{}',
  created_at timestamptz not null default now(),
  unique (agency_id, id),
  check (num_nonnulls(user_id, roles) = 1),
  foreign key (agency_id, user_id) references users (agency_id, id) on delete cascade
);
create index notices_of_user on notices (user_id, created_at desc) where user_id is not null;
create index notices_of_roles on notices (agency_id, created_at desc) where roles is not null;

create table notice_reads (
  notice_id uuid not null,
  agency_id uuid not null,
  user_id uuid not null,
  read_at timestamptz not null default now(),
  primary key (notice_id, user_id),
  foreign key (agency_id, notice_id) references notices (agency_id, id) on delete cascade,
  foreign key (agency_id, user_id) references users (agency_id, id) on delete cascade
);
`;

const FUNCTIONS = `
-- For triggers and functions of the owner only.
create function tell(to_agency uuid, to_user uuid, to_roles text[], what text, about_kind text, about uuid, more jsonb) returns void
  language sql as $$
  insert into notices (agency_id, user_id, roles, kind, object_kind, object_id, detail)
    values (to_agency, to_user, to_roles, what, about_kind, about, more) $$;

create function tell_of_invitation() returns trigger language plpgsql ${AS_OWNER} as $$
declare more jsonb;
begin
  select jsonb_build_object('operation', o.name, 'reference', o.reference, 'agency', a.name, 'officer', u.display_name) into more
    from operations o, agencies a, users u where o.id = new.operation_id and a.id = new.inviting_agency_id and u.id = new.invited_by;
  if new.state = 'open' then
    perform tell(new.agency_id, null, '{administrator,coordinator}', 'invitation', 'invitation', new.id, more);
  else
    select more || jsonb_build_object('agency', name, 'answer', new.state) into more from agencies where id = new.agency_id;
    perform tell(new.inviting_agency_id, new.invited_by, null, 'invitation-answered', 'operation', new.operation_id, more - 'officer');
  end if;
  return null;
end $$;
create trigger tell_of_invitation after insert or update of state on operation_invitations
  for each row execute function tell_of_invitation();
`;

const RIGHTS = `
alter table notices enable row level security;
alter table notices force row level security;
alter table notice_reads enable row level security;
alter table notice_reads force row level security;
create policy owner_all on notices for all to current_user using (true) with check (true);
create policy owner_all on notice_reads for all to current_user using (true) with check (true);
create policy app_see on notices for select to redthread_app
  using (agency_id = app_agency() and (user_id = app_user() or roles && (select my_roles())));
create policy app_see on notice_reads for select to redthread_app using (agency_id = app_agency() and user_id = app_user());
create policy app_add on notice_reads for insert to redthread_app
  with check (agency_id = app_agency() and user_id = app_user() and notice_id in (select id from notices));
grant select on notices to redthread_app;
grant select, insert (notice_id, agency_id, user_id) on notice_reads to redthread_app;
revoke execute on function tell(uuid, uuid, text[], text, text, uuid, jsonb) from public;
`;

export const NOTICES = [TABLES, FUNCTIONS, RIGHTS].join('\n');
