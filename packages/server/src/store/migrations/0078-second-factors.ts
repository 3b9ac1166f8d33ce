// What proves a person beyond the password: codes of an authenticator app, passkeys, recovery codes. A session says how far its sign-in
// has come, when its person was last proven, and when it was last used.
import { sql, type Kysely } from 'kysely';
import { AS_OWNER } from './0006-accounts.js';
import { secured } from './secured.js';

const TABLES = sql.raw(`
alter table sessions
  add column id uuid not null default gen_random_uuid(),
  -- What it still waits for: the second factor, or that one is set up because the agency demands it.
  add column stage text not null default 'full' check (stage in ('second-factor', 'enrol', 'full')),
  add column proven_at timestamptz not null default now(),
  add column seen_at timestamptz not null default now(),
  add column address text,
  add column agent text,
  -- Of a passkey: what it has to sign, once.
  add column challenge bytea,
  add constraint sessions_of_agency unique (agency_id, id);

create table second_factors (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null,
  user_id uuid not null,
  kind text not null check (kind in ('totp', 'passkey')),
  name text not null check (name <> ''),
  created_at timestamptz not null default now(),
  -- Null: begun, and no code of it was seen yet.
  confirmed_at timestamptz,
  used_at timestamptz,
  -- Of an app: its secret under the master key, the last step whose code was taken, and wrong codes in a row.
  master_key_id text,
  wrapped bytea,
  last_step bigint not null default 0,
  failures integer not null default 0,
  failing_since timestamptz,
  -- Of a passkey (WebAuthn level 3): what its authenticator gave.
  credential_id bytea,
  public_key bytea,
  sign_count bigint not null default 0,
  transports text[] not null default '{}',
  unique (agency_id, id),
  unique (agency_id, credential_id),
  foreign key (agency_id, user_id) references users (agency_id, id) on delete cascade,
  check ((kind = 'totp') = (wrapped is not null and master_key_id is not null)),
  check ((kind = 'passkey') = (credential_id is not null and public_key is not null)),
  check (kind = 'totp' or confirmed_at is not null)
);
create index on second_factors (agency_id, user_id);
create trigger under_key_in_force before insert on second_factors for each row when (new.wrapped is not null)
  execute function wrapped_under_key_in_force();

create table recovery_codes (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null,
  user_id uuid not null,
  code_hash bytea not null check (octet_length(code_hash) = 32),
  created_at timestamptz not null default now(),
  used_at timestamptz,
  unique (agency_id, user_id, code_hash),
  foreign key (agency_id, user_id) references users (agency_id, id) on delete cascade
);

create table sign_in_rules (
  agency_id uuid primary key references agencies,
  second_factor boolean not null,
  set_by uuid not null,
  set_login text not null,
  set_at timestamptz not null default now(),
  foreign key (agency_id, set_by) references users (agency_id, id)
);
`);

const OWN = 'agency_id = app_agency()';
const SELF = `${OWN} and user_id = app_user()`;
const ADMINISTERS = `(select i_am('administrator'))`;

const POLICIES = sql.raw(`
${['second_factors', 'recovery_codes', 'sign_in_rules'].map(secured).join('')}
create policy app_see on second_factors for select to redthread_app using (${SELF});
create policy app_add on second_factors for insert to redthread_app with check (${SELF});
create policy app_change on second_factors for update to redthread_app using (${SELF}) with check (${SELF});
create policy app_remove on second_factors for delete to redthread_app using (${SELF});
grant select, insert (id, agency_id, user_id, kind, name, confirmed_at, master_key_id, wrapped, credential_id, public_key, sign_count, transports),
  update (confirmed_at, used_at, last_step, failures, failing_since, sign_count), delete on second_factors to redthread_app;

create policy app_see on recovery_codes for select to redthread_app using (${SELF});
create policy app_add on recovery_codes for insert to redthread_app with check (${SELF});
create policy app_change on recovery_codes for update to redthread_app using (${SELF}) with check (${SELF});
create policy app_remove on recovery_codes for delete to redthread_app using (${SELF});
grant select, insert (agency_id, user_id, code_hash), update (used_at), delete on recovery_codes to redthread_app;

create policy app_see on sign_in_rules for select to redthread_app using (${OWN});
create policy app_add on sign_in_rules for insert to redthread_app with check (${OWN} and ${ADMINISTERS} and set_by = app_user());
create policy app_change on sign_in_rules for update to redthread_app using (${OWN} and ${ADMINISTERS})
  with check (${OWN} and set_by = app_user());
grant select, insert (agency_id, second_factor, set_by, set_login), update (second_factor, set_by, set_login, set_at) on sign_in_rules
  to redthread_app;

grant update (proven_at, seen_at, challenge) on sessions to redthread_app;
`);

const FUNCTIONS = sql.raw(`
drop function auth_session(bytea);
create function auth_session(wanted_hash bytea, idle_seconds integer) returns table (id uuid, agency_id uuid, login text, display_name text,
    roles text[], is_operator boolean, purpose text, expires_at timestamptz, session_id uuid, stage text, proven_at timestamptz, seen_at timestamptz)
  language sql stable ${AS_OWNER} as
  $$ select u.id, u.agency_id, u.login, u.display_name, u.roles, u.is_operator, s.purpose, s.expires_at, s.id, s.stage, s.proven_at, s.seen_at
     from sessions s join users u on u.id = s.user_id
     where s.token_hash = wanted_hash and s.expires_at > now() and s.seen_at > now() - make_interval(secs => idle_seconds)
       and u.disabled_at is null $$;

-- For somebody who lost what proves them: takes all of it away, and ends their sessions.
create function reset_second_factors(wanted_login text) returns uuid language plpgsql ${AS_OWNER} as $$
declare found_id uuid;
begin
  perform refuse_unless(i_am('administrator'));
  select id into found_id from users where login = wanted_login and agency_id = app_agency();
  delete from second_factors where user_id = found_id;
  delete from recovery_codes where user_id = found_id;
  delete from sessions where user_id = found_id;
  return found_id;
end $$;

revoke execute on function auth_session(bytea, integer), reset_second_factors(text) from public;
grant execute on function auth_session(bytea, integer), reset_second_factors(text) to redthread_app;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const step of [TABLES, POLICIES, FUNCTIONS]) await step.execute(db);
};
