// Operations that an agency joins because it wants to: one invites, the other accepts or declines, and may leave. What an
// agency shared with an operation is shared for as long as both are in it.
import { AS_OWNER } from './0006-accounts.js';

const FOUNDER = `
-- The agency that began it: a reference is its own, so that nobody learns that another agency uses it too.
alter table operations add column agency_id uuid references agencies;
update operations o set agency_id = coalesce(
  (select c.agency_id from cases c where c.operation_id = o.id order by c.created_at limit 1),
  (select m.agency_id from operation_members m where m.operation_id = o.id order by m.agency_id limit 1),
  (select a.id from agencies a order by a.created_at limit 1));
alter table operations alter column agency_id set not null;
alter table operations drop constraint operations_reference_key;
alter table operations add unique (agency_id, reference);
alter table operation_members add column joined_at timestamptz not null default now();
`;

const INVITATIONS = `
create table operation_invitations (
  id uuid primary key default gen_random_uuid(),
  operation_id uuid not null references operations,
  -- Who is invited, and by whom.
  agency_id uuid not null references agencies,
  inviting_agency_id uuid not null,
  invited_by uuid not null,
  state text not null default 'open' check (state in ('open', 'accepted', 'declined')),
  created_at timestamptz not null default now(),
  answered_by uuid,
  answered_at timestamptz,
  foreign key (inviting_agency_id, invited_by) references users (agency_id, id),
  foreign key (agency_id, answered_by) references users (agency_id, id)
);
create unique index operation_invitations_open on operation_invitations (operation_id, agency_id) where state = 'open';
create index on operation_invitations (agency_id);
`;

const FUNCTIONS = `
create function begin_operation(new_reference text, new_name text) returns uuid language plpgsql ${AS_OWNER} as $$
declare made uuid;
begin
  perform refuse_unless(i_operate() or i_am('coordinator'));
  insert into operations (agency_id, reference, name) values (app_agency(), new_reference, new_name)
    on conflict do nothing returning id into made;
  if made is not null then insert into operation_members (operation_id, agency_id) values (made, app_agency()); end if;
  return made;
end $$;

-- The exact name of an agency, by whoever may invite or share: there is no list to read.
create function agency_named(wanted text) returns uuid language plpgsql stable ${AS_OWNER} as $$
begin
  perform refuse_unless(i_operate() or i_am('administrator', 'coordinator', 'officer'));
  return (select id from agencies where name = wanted);
end $$;

-- Null: it is a member already, or is invited.
create function invite_to_operation(wanted_operation uuid, wanted_agency uuid) returns uuid language plpgsql ${AS_OWNER} as $$
declare made uuid;
begin
  perform refuse_unless(i_am('administrator', 'coordinator') and wanted_operation in (select my_operations()));
  if exists (select from operation_members where operation_id = wanted_operation and agency_id = wanted_agency)
    then return null; end if;
  insert into operation_invitations (operation_id, agency_id, inviting_agency_id, invited_by)
    values (wanted_operation, wanted_agency, app_agency(), app_user()) on conflict do nothing returning id into made;
  return made;
end $$;

-- Open invitations of the actor's agency, and those that operations of it have sent.
create function invitations() returns table (id uuid, operation_id uuid, reference text, name text, agency_id uuid, agency text, country text,
  inviting_agency_id uuid, inviting_agency text, inviting_country text, invited_by text, created_at timestamptz)
  language sql stable ${AS_OWNER} as $$
  select i.id, o.id, o.reference, o.name, a.id, a.name, a.country, b.id, b.name, b.country, u.display_name, i.created_at
  from operation_invitations i join operations o on o.id = i.operation_id join agencies a on a.id = i.agency_id
    join agencies b on b.id = i.inviting_agency_id join users u on u.id = i.invited_by
  where i.state = 'open' and i_am('administrator', 'coordinator')
    and (i.agency_id = app_agency() or i.operation_id in (select my_operations()))
  order by i.created_at desc, i.id $$;

-- The operation that was joined or declined; null when there is no such open invitation of the actor's agency.
create function answer_invitation(wanted uuid, accepts boolean) returns uuid language plpgsql ${AS_OWNER} as $$
declare joined uuid;
begin
  perform refuse_unless(i_am('administrator', 'coordinator'));
  update operation_invitations set state = case when accepts then 'accepted' else 'declined' end,
      answered_by = app_user(), answered_at = now()
    where id = wanted and agency_id = app_agency() and state = 'open' returning operation_id into joined;
  if joined is not null and accepts then
    insert into operation_members (operation_id, agency_id) values (joined, app_agency()) on conflict do nothing;
  end if;
  return joined;
end $$;

-- Takes what the agency shared with the operation out of it. Null: it is no member.
create function leave_operation(wanted uuid) returns table (cases bigint, lists bigint) language plpgsql ${AS_OWNER} as $$
begin
  perform refuse_unless(i_am('administrator', 'coordinator'));
  delete from operation_members where operation_id = wanted and agency_id = app_agency();
  if not found then return; end if;
  return query with
    kept as (update cases c set shared_with_operation = false, operation_id = null
      where c.operation_id = wanted and c.agency_id = app_agency() returning c.id),
    withdrawn as (update lists l set operation_id = null
      where l.operation_id = wanted and l.agency_id = app_agency() returning l.id)
    select (select count(*) from kept), (select count(*) from withdrawn);
end $$;
`;

const RIGHTS = `
alter table operation_invitations enable row level security;
alter table operation_invitations force row level security;
create policy owner_all on operation_invitations for all to current_user using (true) with check (true);
create policy app_see on operation_invitations for select to redthread_app
  using (agency_id = app_agency() or operation_id in (select my_operations()));
grant select on operation_invitations to redthread_app;

revoke execute on function begin_operation(text, text), agency_named(text), invite_to_operation(uuid, uuid), invitations(),
  answer_invitation(uuid, boolean), leave_operation(uuid) from public;
grant execute on function begin_operation(text, text), agency_named(text), invite_to_operation(uuid, uuid), invitations(),
  answer_invitation(uuid, boolean), leave_operation(uuid) to redthread_app;
`;

export const OPERATIONS = [FOUNDER, INVITATIONS, FUNCTIONS, RIGHTS].join('\n');
