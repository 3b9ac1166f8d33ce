// Break-glass: somebody opens a case that they are not on, in an emergency, for a time and with a reason. The owner is told by
// the database in the same transaction; the end needs nobody: sight asks for what is in force.
import { AS_OWNER } from './0006-accounts.js';

const TABLE = `
create table break_glass (
  id uuid primary key default gen_random_uuid(),
  -- Who broke it, by the name of then: the owner may be of another agency, and sees no users of this one.
  agency_id uuid not null,
  user_id uuid not null,
  login text not null,
  display_name text not null,
  case_id uuid not null,
  -- As it was typed: whoever broke it goes on seeing what they did when the case is closed to them again.
  case_reference text not null,
  case_agency_id uuid not null,
  reason text not null check (length(reason) between 3 and 400),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  -- Of either agency.
  ended_by uuid,
  foreign key (agency_id, user_id) references users (agency_id, id),
  foreign key (case_agency_id, case_id) references cases (agency_id, id),
  check (expires_at <= created_at + interval '24 hours')
);
create index break_glass_in_force on break_glass (user_id, expires_at) where ended_at is null;
create index on break_glass (case_id);
create index on break_glass (case_agency_id, created_at desc);
`;

const FUNCTIONS = `
-- The case of that reference whose glass the actor may break: of their own agency, or of one that lets this agency's people in
-- and has given the case to it, as far as its handling lets go at all. Null: none, whether or not there is such a case.
create function breakable_case(wanted_agency uuid, wanted_reference text) returns uuid language sql stable ${AS_OWNER} as $$
  select c.id from cases c join handling_codes h on h.agency_id = c.agency_id and h.code = c.handling
  where c.agency_id = wanted_agency and c.reference = wanted_reference and (c.agency_id = app_agency()
    or (c.partner_break_glass and h.reach <> 'agency'
      and (h.reach <> 'listed' or exists (select from handling_recipients r
        where r.agency_id = h.agency_id and r.code = h.code and r.recipient_id = app_agency()))
      and (exists (select from case_access a where a.case_id = c.id and a.grantee_agency_id = app_agency()
          and a.ended_at is null and (a.expires_at is null or a.expires_at > now()))
        or (c.shared_with_operation and c.operation_id in (select my_operations())
          and exists (select from operation_members m where m.operation_id = c.operation_id and m.agency_id = c.agency_id))))) $$;

-- Null: there is no such case for the actor. Refused with ALREADY_EXISTS where they are on it, or have it open.
create function break_the_glass(wanted_agency uuid, wanted_reference text, why text, until timestamptz) returns uuid
  language plpgsql ${AS_OWNER} as $$
declare wanted uuid; made uuid;
begin
  perform refuse_unless(i_am('administrator', 'coordinator', 'officer'));
  wanted := breakable_case(wanted_agency, wanted_reference);
  if wanted is null then return null; end if;
  if exists (select from case_access a where a.case_id = wanted and a.grantee_user_id = app_user() and a.ended_at is null
      and (a.expires_at is null or a.expires_at > now()))
    or exists (select from break_glass b where b.case_id = wanted and b.user_id = app_user() and b.ended_at is null and b.expires_at > now())
  then raise sqlstate 'RT001' using message = 'ALREADY_EXISTS', detail = 'you are on this case, or have it open'; end if;
  insert into break_glass (agency_id, user_id, login, display_name, case_id, case_reference, case_agency_id, reason, expires_at)
    select u.agency_id, u.id, u.login, u.display_name, wanted, wanted_reference, wanted_agency, why, until from users u where u.id = app_user()
    returning id into made;
  return made;
end $$;

-- By whoever broke it, or by somebody of the case's agency who sees the case. Null: there is none in force that is theirs to end.
create function end_break_glass(wanted uuid) returns uuid language plpgsql ${AS_OWNER} as $$
declare closed uuid;
begin
  update break_glass b set ended_at = now(), ended_by = app_user()
    where b.id = wanted and b.ended_at is null and b.expires_at > now()
      and ((b.agency_id = app_agency() and b.user_id = app_user())
        or (b.case_agency_id = app_agency() and sees_own_case(b.case_id) and i_am('administrator', 'coordinator', 'officer')))
    returning b.case_id into closed;
  return closed;
end $$;

-- Told are those of the owner's agency who are on the case, and its contact; where none of them has an account in force any
-- more, the coordinators and administrators.
create function tell_of_break_glass() returns trigger language plpgsql ${AS_OWNER} as $$
declare more jsonb; told uuid; any_told boolean := false;
begin
  select jsonb_build_object('reference', c.reference, 'agency', a.name, 'officer', new.display_name, 'reason', new.reason,
      'until', new.expires_at, 'case', c.id) into more
    from cases c, agencies a where c.id = new.case_id and a.id = new.agency_id;
  if tg_op = 'UPDATE' then
    if new.ended_by <> new.user_id then
      perform tell(new.agency_id, new.user_id, null, 'break-glass-ended', 'break-glass', new.id, more); end if;
    return null;
  end if;
  for told in select u.id from users u where u.agency_id = new.case_agency_id and u.disabled_at is null and u.id <> new.user_id
    and (u.id = (select contact_user_id from cases where id = new.case_id)
      or u.id in (select a.grantee_user_id from case_access a where a.case_id = new.case_id and a.ended_at is null
        and (a.expires_at is null or a.expires_at > now())))
  loop
    perform tell(new.case_agency_id, told, null, 'break-glass', 'break-glass', new.id, more);
    any_told := true;
  end loop;
  if not any_told then
    perform tell(new.case_agency_id, null, '{administrator,coordinator}', 'break-glass', 'break-glass', new.id, more); end if;
  return null;
end $$;
create trigger tell_of_break_glass after insert or update of ended_at on break_glass for each row execute function tell_of_break_glass();
`;

export const BREAK_GLASS = [TABLE, FUNCTIONS].join('\n');
