// Who runs the instance, who manages an agency's users, and how the first of them comes in. What changes a user is a
// function that asks the table who acts: the role of the web can neither write a role nor make a user otherwise.

/** SECURITY DEFINER with a fixed path, in which temporary tables come last. */
export const AS_OWNER = 'security definer set search_path = public, pg_temp';

const OPERATORS = `
-- Whoever founds agencies: of the instance, and of none of its agencies by that. Given by the owner's role alone.
alter table users add column is_operator boolean not null default false;
-- How another agency reaches this person, as they wrote it themselves.
alter table users add column reachable_at text check (length(reachable_at) <= 200);
-- Before there were operators the first administrator ran the instance.
update users set is_operator = true where id =
  (select id from users where 'administrator' = any(roles) and disabled_at is null order by created_at, id limit 1);
`;

/** What the database says of whoever acts, rather than what the session says: a role that was taken away is gone at once. */
const WHO_ACTS = `
create function my_roles() returns text[] language sql stable ${AS_OWNER} as
  $$ select roles from users where id = app_user() and agency_id = app_agency() and disabled_at is null $$;
create function i_am(variadic wanted text[]) returns boolean language sql stable ${AS_OWNER} as
  $$ select coalesce(my_roles() && wanted, false) $$;
create function i_operate() returns boolean language sql stable ${AS_OWNER} as
  $$ select exists (select from users where id = app_user() and agency_id = app_agency() and disabled_at is null and is_operator) $$;
create function refuse_unless(allowed boolean) returns void language plpgsql as
  $$ begin if allowed is not true then
    raise sqlstate 'RT001' using message = 'FORBIDDEN', detail = 'the roles of this user do not allow it'; end if; end $$;
`;

/** An error of ours out of a function has the SQLSTATE RT001, a code of the catalogue as its message, and what it is about. */
const LAST_ONE = `
create function keep_an_administrator() returns trigger language plpgsql ${AS_OWNER} as $$
begin
  -- Two administrators who demote each other at the same time: the second waits here and then sees what the first did.
  perform from agencies where id = old.agency_id for no key update;
  if 'administrator' = any(old.roles) and old.disabled_at is null and not exists (
    select from users where agency_id = old.agency_id and disabled_at is null and 'administrator' = any(roles))
  then raise sqlstate 'RT001' using message = 'LAST_ADMINISTRATOR', detail = old.login; end if;
  if old.is_operator and old.disabled_at is null and not exists (
    select from users where disabled_at is null and is_operator)
  then raise sqlstate 'RT001' using message = 'LAST_OPERATOR', detail = old.login; end if;
  return null;
end $$;
create constraint trigger keep_an_administrator after update of roles, disabled_at, is_operator, agency_id or delete on users
  for each row execute function keep_an_administrator();
`;

const MANAGE_USERS = `
create function are_roles(given text[]) returns boolean language sql immutable as $$ select cardinality(given) > 0
  and given <@ '{administrator,coordinator,officer,reviewer,auditor,welfare-officer,service}'::text[] $$;

create function add_user(new_login text, new_name text, new_hash text, new_os_account text, new_roles text[]) returns uuid
  language plpgsql ${AS_OWNER} as $$
declare made uuid;
begin
  perform refuse_unless(i_am('administrator') and are_roles(new_roles));
  insert into users (agency_id, login, display_name, password_hash, os_account, roles)
    values (app_agency(), new_login, new_name, new_hash, new_os_account, new_roles)
    on conflict do nothing returning id into made;
  return made;
end $$;

create function set_user_roles(wanted_login text, new_roles text[]) returns uuid language plpgsql ${AS_OWNER} as $$
declare found_id uuid;
begin
  perform refuse_unless(i_am('administrator') and are_roles(new_roles));
  update users set roles = new_roles where login = wanted_login and agency_id = app_agency() returning id into found_id;
  return found_id;
end $$;

-- Also ends every session of the user: who signed in with the old password, or before the account ended, is out.
create function set_user_disabled(wanted_login text, is_disabled boolean) returns uuid language plpgsql ${AS_OWNER} as $$
declare found_id uuid;
begin
  perform refuse_unless(i_am('administrator'));
  update users set disabled_at = case when is_disabled then now() end
    where login = wanted_login and agency_id = app_agency() and (disabled_at is null) = is_disabled returning id into found_id;
  if is_disabled then delete from sessions where user_id = found_id; end if;
  return found_id;
end $$;

create function set_user_password(wanted_login text, new_hash text) returns uuid language plpgsql ${AS_OWNER} as $$
declare found_id uuid;
begin
  perform refuse_unless(i_am('administrator') or exists (
    select from users where id = app_user() and login = wanted_login and disabled_at is null));
  update users set password_hash = new_hash where login = wanted_login and agency_id = app_agency() returning id into found_id;
  delete from sessions where user_id = found_id;
  return found_id;
end $$;

create function set_reachable_at(words text) returns void language sql ${AS_OWNER} as
  $$ update users set reachable_at = words where id = app_user() and agency_id = app_agency() $$;

create function found_agency(new_agency text, new_country text, new_login text, new_name text, new_hash text, new_os_account text)
  returns table (agency_id uuid, user_id uuid) language plpgsql ${AS_OWNER} as $$
declare made uuid;
begin
  perform refuse_unless(i_operate());
  return query select * from new_agency(new_agency, new_country, new_login, new_name, new_hash, new_os_account, '{administrator}', false);
end $$;

-- For the functions here and the owner: no row when the name, the login or the system account is taken.
create function new_agency(new_agency text, new_country text, new_login text, new_name text, new_hash text,
  new_os_account text, new_roles text[], operates boolean) returns table (agency_id uuid, user_id uuid) language plpgsql as $$
declare made_agency uuid; made_user uuid;
begin
  if exists (select from users u where u.login = new_login or u.os_account = new_os_account) then return; end if;
  insert into agencies (name, country) values (new_agency, new_country) on conflict do nothing returning id into made_agency;
  if made_agency is null then return; end if;
  insert into users (agency_id, login, display_name, password_hash, os_account, roles, is_operator)
    values (made_agency, new_login, new_name, new_hash, new_os_account, new_roles, operates) returning id into made_user;
  return query select made_agency, made_user;
end $$;

-- All agencies of the instance with their number of users: for whoever operates it.
create function all_agencies() returns table (id uuid, name text, country text, users bigint, administrators text[])
  language plpgsql stable ${AS_OWNER} as $$
begin
  perform refuse_unless(i_operate());
  return query select a.id, a.name, a.country, count(u.id),
      coalesce(array_agg(u.login order by u.login) filter (where 'administrator' = any(u.roles) and u.disabled_at is null), '{}')
    from agencies a left join users u on u.agency_id = a.id group by a.id order by a.name;
end $$;
`;

/** 'rtsu': whoever founds an empty instance holds this lock, so that it has one first administrator. */
const SETUP_LOCK = 0x72747375;

const SETUP = `
create table setup_tokens (
  token_hash bytea primary key,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);

create function is_empty_instance() returns boolean language sql stable ${AS_OWNER} as
  $$ select not exists (select from users) $$;

create function lock_founding() returns void language sql as $$ select pg_advisory_xact_lock(${SETUP_LOCK}) $$;

-- The newest token is the only one: a start of the server takes those of earlier starts away. False: nothing to set up.
create function open_setup(new_hash bytea, seconds integer) returns boolean language plpgsql ${AS_OWNER} as $$
begin
  perform lock_founding();
  if not is_empty_instance() or exists (select from store_settings where key = 'instance' and value ->> 'kind' = 'demo')
    then return false; end if;
  delete from setup_tokens;
  insert into setup_tokens (token_hash, expires_at) values (new_hash, now() + make_interval(secs => seconds));
  return true;
end $$;

-- Uses the token up and founds the first agency, whose administrator also operates the instance. No row: no such token.
create function set_up(given_hash bytea, new_agency text, new_country text, new_login text, new_name text, new_hash text)
  returns table (agency_id uuid, user_id uuid) language plpgsql ${AS_OWNER} as $$
begin
  perform lock_founding();
  update setup_tokens set used_at = now()
    where token_hash = given_hash and used_at is null and expires_at > now() and is_empty_instance();
  if not found then return; end if;
  insert into store_settings (key, value)
    values ('instance', jsonb_build_object('kind', 'real', 'createdAt', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
    on conflict do nothing;
  return query select * from new_agency(new_agency, new_country, new_login, new_name, new_hash, null,
    '{administrator}', true);
end $$;

alter table setup_tokens enable row level security;
alter table setup_tokens force row level security;
create policy owner_all on setup_tokens for all to current_user using (true) with check (true);
`;

/** The four doors of signing in also say who operates the instance. */
const SIGNING_IN = `
drop function auth_user(text); drop function auth_os_account(text); drop function auth_session(bytea); drop function auth_api_key(bytea);
create function auth_user(wanted_login text) returns table (id uuid, agency_id uuid, login text, display_name text, roles text[], is_operator boolean, password_hash text)
  language sql stable ${AS_OWNER} as
  $$ select id, agency_id, login, display_name, roles, is_operator, password_hash from users where login = wanted_login and disabled_at is null $$;
create function auth_os_account(wanted_account text) returns table (id uuid, agency_id uuid, login text, display_name text, roles text[], is_operator boolean)
  language sql stable ${AS_OWNER} as
  $$ select id, agency_id, login, display_name, roles, is_operator from users where os_account = wanted_account and disabled_at is null $$;
create function auth_session(wanted_hash bytea) returns table (id uuid, agency_id uuid, login text, display_name text, roles text[], is_operator boolean, purpose text, expires_at timestamptz)
  language sql stable ${AS_OWNER} as
  $$ select u.id, u.agency_id, u.login, u.display_name, u.roles, u.is_operator, s.purpose, s.expires_at from sessions s join users u on u.id = s.user_id
     where s.token_hash = wanted_hash and s.expires_at > now() and u.disabled_at is null $$;
create function auth_api_key(wanted_hash bytea) returns table (key_id uuid, id uuid, agency_id uuid, login text, display_name text, roles text[], is_operator boolean, scopes text[])
  language sql stable ${AS_OWNER} as
  $$ select k.id, u.id, u.agency_id, u.login, u.display_name, u.roles, u.is_operator, k.scopes from api_keys k join users u on u.id = k.user_id
     where k.key_hash = wanted_hash and k.revoked_at is null and k.expires_at > now() and u.disabled_at is null $$;
`;

const RIGHTS = `
revoke update on users from redthread_app;
grant select (is_operator, reachable_at) on users to redthread_app;

revoke execute on function auth_user(text), auth_os_account(text), auth_session(bytea), auth_api_key(bytea), refuse_unless(boolean),
  add_user(text, text, text, text, text[]), set_user_roles(text, text[]), set_user_disabled(text, boolean),
  set_user_password(text, text), set_reachable_at(text), found_agency(text, text, text, text, text, text),
  new_agency(text, text, text, text, text, text, text[], boolean), all_agencies(), is_empty_instance(), lock_founding(),
  open_setup(bytea, integer), set_up(bytea, text, text, text, text, text) from public;
grant execute on function auth_user(text), auth_os_account(text), auth_session(bytea), auth_api_key(bytea),
  add_user(text, text, text, text, text[]), set_user_roles(text, text[]), set_user_disabled(text, boolean),
  set_user_password(text, text), set_reachable_at(text), found_agency(text, text, text, text, text, text), all_agencies(),
  is_empty_instance(), open_setup(bytea, integer), set_up(bytea, text, text, text, text, text) to redthread_app;
`;

export const ACCOUNTS = [OPERATORS, WHO_ACTS, LAST_ONE, MANAGE_USERS, SETUP, SIGNING_IN, RIGHTS].join('\n');
