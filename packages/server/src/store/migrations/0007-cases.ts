// What decides who sees a case: its setting, the people and agencies on its list, emergencies, and handling codes. How these
// come together stands in 0007-sight.ts.
import { AS_OWNER } from './0006-accounts.js';
import { BREAK_GLASS } from './0007-break-glass.js';

/**
 * How far a code lets a row go, at most: to people who are named on the case; to the owner's agency; to agencies and people
 * with access to the case of their own; to everybody it is shared with; to those of them that are listed for the code.
 */
const HANDLING = `
create table handling_codes (
  agency_id uuid not null references agencies,
  code text not null check (length(code) between 1 and 40),
  title text not null default '' check (length(title) <= 200),
  reach text not null check (reach in ('named', 'agency', 'granted', 'shared', 'listed')),
  primary key (agency_id, code)
);
create table handling_recipients (
  agency_id uuid not null,
  code text not null,
  recipient_id uuid not null references agencies,
  primary key (agency_id, code, recipient_id),
  foreign key (agency_id, code) references handling_codes (agency_id, code) on delete cascade
);
create index on handling_recipients (recipient_id);

-- The traffic light protocol, version 2.0; what a code reaches is the agency's to change.
create function give_handling_codes() returns trigger language plpgsql ${AS_OWNER} as $$
begin
  insert into handling_codes (agency_id, code, title, reach) values
    (new.id, 'TLP:RED', 'For the people who are named, and nobody else', 'named'),
    (new.id, 'TLP:AMBER+STRICT', 'For this agency and those that are given the case', 'granted'),
    (new.id, 'TLP:AMBER', 'For those with whom the case is shared', 'shared'),
    (new.id, 'TLP:GREEN', 'For those with whom the case is shared', 'shared'),
    (new.id, 'TLP:CLEAR', 'For those with whom the case is shared', 'shared');
  return null;
end $$;
create trigger give_handling_codes after insert on agencies for each row execute function give_handling_codes();
insert into handling_codes (agency_id, code, title, reach)
  select a.id, h.code, h.title, h.reach from agencies a, (values
    ('TLP:RED', 'For the people who are named, and nobody else', 'named'),
    ('TLP:AMBER+STRICT', 'For this agency and those that are given the case', 'granted'),
    ('TLP:AMBER', 'For those with whom the case is shared', 'shared'),
    ('TLP:GREEN', 'For those with whom the case is shared', 'shared'),
    ('TLP:CLEAR', 'For those with whom the case is shared', 'shared')) as h (code, title, reach);
insert into handling_codes (agency_id, code, reach)
  select distinct agency_id, handling, 'agency' from lists on conflict do nothing;
alter table lists add foreign key (agency_id, handling) references handling_codes (agency_id, code);
`;

const ACCESS = `
alter table cases
  add column access text not null default 'agency' check (access in ('agency', 'named')),
  add column handling text not null default 'TLP:AMBER',
  -- Whether people of agencies that have access to the case may open it in an emergency where they are not on it.
  add column partner_break_glass boolean not null default false,
  -- Whom others ask about the case.
  add column contact_user_id uuid;
update cases set contact_user_id = created_by;
alter table cases alter column contact_user_id set not null;
alter table cases
  add foreign key (agency_id, handling) references handling_codes (agency_id, code),
  add foreign key (agency_id, contact_user_id) references users (agency_id, id);
create index cases_named on cases (agency_id) where access = 'named';
create index on cases (agency_id, handling);

-- Null: that of its case. It can only narrow what the case allows.
alter table exhibits add column handling text, add foreign key (agency_id, handling) references handling_codes (agency_id, code);
create index exhibits_handled on exhibits (case_id) where handling is not null;
create index exhibits_handled_as on exhibits (agency_id, handling) where handling is not null;

create table case_access (
  id uuid primary key default gen_random_uuid(),
  -- The agency of the case, and the case.
  agency_id uuid not null,
  case_id uuid not null,
  -- Who is given access: an agency, or one person of it. What was typed, where another agency has no such person.
  grantee_agency_id uuid not null references agencies,
  grantee_user_id uuid,
  grantee_login text,
  granted_by uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  ended_at timestamptz,
  ended_by uuid,
  foreign key (agency_id, case_id) references cases (agency_id, id),
  foreign key (grantee_agency_id, grantee_user_id) references users (agency_id, id),
  foreign key (agency_id, granted_by) references users (agency_id, id),
  foreign key (agency_id, ended_by) references users (agency_id, id),
  check (grantee_agency_id <> agency_id or grantee_user_id is not null),
  check (grantee_user_id is null or grantee_login is not null)
);
create unique index case_access_in_force on case_access (case_id, grantee_agency_id, grantee_login) nulls not distinct where ended_at is null;
create index case_access_of_agency on case_access (grantee_agency_id) where ended_at is null;

-- Whoever opens a case is on it.
create function let_the_opener_in() returns trigger language plpgsql ${AS_OWNER} as $$
begin
  insert into case_access (agency_id, case_id, grantee_agency_id, grantee_user_id, grantee_login, granted_by)
    select new.agency_id, new.id, new.agency_id, u.id, u.login, u.id from users u where u.id = new.created_by;
  return null;
end $$;
create trigger let_the_opener_in after insert on cases for each row execute function let_the_opener_in();
insert into case_access (agency_id, case_id, grantee_agency_id, grantee_user_id, grantee_login, granted_by)
  select c.agency_id, c.id, c.agency_id, u.id, u.login, u.id from cases c join users u on u.id = c.created_by;

create function default_contact() returns trigger language plpgsql as
  $$ begin new.contact_user_id := coalesce(new.contact_user_id, new.created_by); return new; end $$;
create trigger default_contact before insert on cases for each row execute function default_contact();

-- Gives an agency, or one person of it, access to a case of the actor's agency. Whether another agency has such a person is
-- told to nobody: the access is written all the same, and reaches whoever has that login there. Null: it is given already.
create function give_access(wanted_case uuid, to_agency uuid, to_login text, until timestamptz) returns uuid
  language plpgsql ${AS_OWNER} as $$
declare made uuid;
begin
  perform refuse_unless(i_am('administrator', 'coordinator', 'officer') and sees_own_case(wanted_case));
  insert into case_access (agency_id, case_id, grantee_agency_id, grantee_user_id, grantee_login, granted_by, expires_at)
    values (app_agency(), wanted_case, to_agency,
      (select u.id from users u where u.agency_id = to_agency and u.login = to_login and u.disabled_at is null), to_login, app_user(), until)
    on conflict do nothing returning id into made;
  return made;
end $$;

-- A case for named people has one of its agency on it.
create function keep_somebody_on_it() returns trigger language plpgsql ${AS_OWNER} as $$
declare wanted uuid := (to_jsonb(new) ->> tg_argv[0])::uuid;
begin
  -- Two who take each other off at the same time: the second waits here, and then sees what the first did.
  perform from cases c where c.id = wanted and c.access = 'named' for no key update;
  if found and not exists (select from case_access a join users u on u.id = a.grantee_user_id
    where a.case_id = wanted and a.grantee_agency_id = a.agency_id and a.ended_at is null
      and (a.expires_at is null or a.expires_at > now()) and u.disabled_at is null)
  then raise sqlstate 'RT001' using message = 'LAST_ON_CASE', detail = 'nobody else of the agency is on it'; end if;
  return null;
end $$;
create trigger keep_somebody_on_it after update of access on cases for each row execute function keep_somebody_on_it('id');
create trigger keep_somebody_on_it after update of ended_at on case_access for each row execute function keep_somebody_on_it('case_id');

create function tell_of_access() returns trigger language plpgsql ${AS_OWNER} as $$
begin
  if new.grantee_user_id = new.granted_by or (new.grantee_login is not null and new.grantee_user_id is null) then return null; end if;
  perform tell(new.grantee_agency_id, new.grantee_user_id, case when new.grantee_login is null then '{coordinator,officer}'::text[] end,
      'access-given', 'case', new.case_id, jsonb_build_object('reference', c.reference, 'title', c.title, 'agency', a.name,
        'officer', u.display_name, 'until', new.expires_at))
    from cases c, agencies a, users u where c.id = new.case_id and a.id = new.agency_id and u.id = new.granted_by;
  return null;
end $$;
create trigger tell_of_access after insert on case_access for each row execute function tell_of_access();
`;

export const CASES = [HANDLING, ACCESS, BREAK_GLASS].join('\n');
