// Roles, grants and row-level security of the first schema. A row is seen by its agency, and by the members of an
// operation when its case is shared with it. Functions that look past a policy are SECURITY DEFINER with a fixed path, in
// which temporary tables come last: named by nobody they would come first, and answer in place of ours.

const ROLES = ['redthread_app', 'redthread_worker', 'redthread_matcher'] as const;

const createRole = (role: string): string => `
do $$ begin
  if not exists (select from pg_roles where rolname = '${role}') then create role ${role} login; end if;
end $$;`;

const FUNCTIONS = `
-- '' and not null is what a pooled connection returns after set_config(..., true): nullif keeps the cast from throwing.
create function app_agency() returns uuid language sql stable as
  $$ select nullif(current_setting('app.agency', true), '')::uuid $$;
create function app_user() returns uuid language sql stable as
  $$ select nullif(current_setting('app.user', true), '')::uuid $$;

create function my_operations() returns setof uuid language sql stable security definer set search_path = public, pg_temp as
  $$ select operation_id from operation_members where agency_id = app_agency() $$;
create function shared_cases() returns setof uuid language sql stable security definer set search_path = public, pg_temp as
  $$ select c.id from cases c join operation_members m on m.operation_id = c.operation_id
     where m.agency_id = app_agency() and c.shared_with_operation and c.agency_id <> app_agency() $$;
create function partner_agencies() returns setof uuid language sql stable security definer set search_path = public, pg_temp as
  $$ select distinct p.agency_id from operation_members m join operation_members p using (operation_id)
     where m.agency_id = app_agency() $$;

-- Signing in happens before there is a context: four narrow doors, each for one exact value and one user that is not
-- disabled. A session and a key are found by the digest of their secret; a login answers the hash that its password is held against.
create function auth_user(wanted_login text) returns table (id uuid, agency_id uuid, login text, display_name text, password_hash text, roles text[])
  language sql stable security definer set search_path = public, pg_temp as
  $$ select id, agency_id, login, display_name, password_hash, roles from users where login = wanted_login and disabled_at is null $$;
create function auth_os_account(wanted_account text) returns table (id uuid, agency_id uuid, login text, display_name text, roles text[])
  language sql stable security definer set search_path = public, pg_temp as
  $$ select id, agency_id, login, display_name, roles from users where os_account = wanted_account and disabled_at is null $$;
create function auth_session(wanted_hash bytea) returns table (id uuid, agency_id uuid, login text, display_name text, roles text[], purpose text, expires_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as
  $$ select u.id, u.agency_id, u.login, u.display_name, u.roles, s.purpose, s.expires_at from sessions s join users u on u.id = s.user_id
     where s.token_hash = wanted_hash and s.expires_at > now() and u.disabled_at is null $$;
create function auth_api_key(wanted_hash bytea) returns table (key_id uuid, id uuid, agency_id uuid, login text, display_name text, roles text[], scopes text[])
  language sql stable security definer set search_path = public, pg_temp as
  $$ select k.id, u.id, u.agency_id, u.login, u.display_name, u.roles, k.scopes from api_keys k join users u on u.id = k.user_id
     where k.key_hash = wanted_hash and k.revoked_at is null and k.expires_at > now() and u.disabled_at is null $$;
revoke execute on function auth_user(text), auth_os_account(text), auth_session(bytea), auth_api_key(bytea) from public;
grant execute on function auth_user(text), auth_os_account(text), auth_session(bytea), auth_api_key(bytea) to redthread_app;

-- A store that fills in minutes outruns autovacuum: without statistics the planner takes any index that begins with the
-- agency for good, and keeps such plans for the checks of foreign keys.
create function refresh_statistics() returns void language plpgsql security definer set search_path = public as
  $$ begin analyze (skip_locked) contents, media, occurrences, envelopes, vault_objects, work, signals, matches; end $$;
revoke execute on function refresh_statistics() from public;
grant execute on function refresh_statistics() to redthread_worker;
`;

const own = 'agency_id = app_agency()';
const inCase = `${own} or case_id in (select shared_cases())`;
/** `media` is written with its table: a bare `media_id` would be that of the occurrence, and so hide nothing. */
const reachable = (agency: string, media: string): string =>
  `(${agency} = app_agency() or exists (select 1 from occurrences o where o.media_id = ${media} and o.case_id in (select shared_cases())))`;

const self = `${own} and user_id = app_user()`;
/** What points at an operation points at one of the agency's own: nothing is pushed to others who did not join with it. */
const inOwnOperation = `${own} and (operation_id is null or operation_id in (select my_operations()))`;

/**
 * Table, who may see a row, what a row must be that is written (the app role; null = it writes none). What it changes or
 * removes is its own agency's in any case.
 */
const APP_POLICIES: readonly (readonly [table: string, see: string, write: string | null])[] = [
  ['agencies', 'id = app_agency() or id in (select partner_agencies())', null],
  ['users', own, own],
  ['sessions', own, self],
  ['api_keys', own, self],
  ['operations', 'id in (select my_operations())', null],
  ['operation_members', 'operation_id in (select my_operations())', null],
  ['cases', `${own} or id in (select shared_cases())`, inOwnOperation],
  ['exhibits', inCase, own],
  ['occurrences', inCase, null],
  ['media', reachable('agency_id', 'media.id'), null],
  ['media_metadata', reachable('agency_id', 'media_metadata.media_id'), null],
  ['envelopes', inCase, null],
  ['case_keys', inCase, null],
  ['agency_keys', own, null],
  ['vault_objects', reachable('agency_id', 'vault_objects.media_id'), null],
  ['work', `${own} or exhibit_id in (select e.id from exhibits e where e.case_id in (select shared_cases()))`, null],
  ['matches', `${reachable('agency_a', 'media_a')} and ${reachable('agency_b', 'media_b')}`, null],
  ['lists', `${own} or operation_id in (select my_operations())`, inOwnOperation],
  ['list_entries', `list_id in (select id from lists)`, own],
  ['audit_events', own, 'agency_id is not distinct from app_agency() and user_id is not distinct from app_user()'],
];

const policy = ([table, see, write]: (typeof APP_POLICIES)[number]): string => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
grant select on ${table} to redthread_app;
create policy app_see on ${table} for select to redthread_app using (${see});
create policy service_all on ${table} for all to redthread_worker, redthread_matcher using (true) with check (true);
create policy owner_all on ${table} for all to current_user using (true) with check (true);
${write === null ? '' : `create policy app_write on ${table} for all to redthread_app using (${own}) with check (${write});`}`;

const GRANTS = `
grant usage on schema public to redthread_app, redthread_worker, redthread_matcher;
grant select on store_settings to redthread_app, redthread_worker, redthread_matcher;
grant select, insert, update, delete on processes to redthread_app, redthread_worker, redthread_matcher;

grant update (password_hash, disabled_at) on users to redthread_app;
grant insert, update on cases, exhibits to redthread_app;
grant insert, update, delete on sessions, api_keys, lists, list_entries to redthread_app;
-- Whoever writes an event gives neither its time nor its number.
grant insert (agency_id, user_id, login, type, object_kind, object_id, purpose, request_id, detail) on audit_events to redthread_app;

grant select on agencies, operations, operation_members, cases, agency_keys, case_keys to redthread_worker;
grant select, insert, update on contents, media, media_metadata, occurrences, exhibits, envelopes, vault_objects, work, signals to redthread_worker;
grant insert on case_keys, agency_keys, audit_events to redthread_worker;

grant select on contents, media, signals, work to redthread_matcher;
grant select (id, agency_id, case_id, exhibit_id, media_id) on occurrences to redthread_matcher;
grant select (id, agency_id, case_id, state, walk_finished_at, completed_at) on exhibits to redthread_matcher;
grant update on work to redthread_matcher;
grant update (representative_id) on media to redthread_matcher;
grant update (state, completed_at) on exhibits to redthread_matcher;
grant select, insert, update, delete on matches to redthread_matcher;
`;

// media.content_id names content of the system: the app role may not read it, so that equality across agencies shows only through matches.
const HIDE_CONTENT = `
revoke select on media from redthread_app;
grant select (id, agency_id, sha256, sha1, md5, size_bytes, mime, kind, width, height, state, error_code, error_detail,
  comparable, representative_id, created_at) on media to redthread_app;
`;

// The app role writes a password's hash, and is told one by `auth_user` alone; of a key it needs everything but the digest.
const HIDE_SECRETS = `
revoke select on users, api_keys from redthread_app;
grant select (id, agency_id, login, display_name, os_account, roles, disabled_at, created_at) on users to redthread_app;
grant select (id, agency_id, user_id, name, scopes, created_at, expires_at, last_used_at, revoked_at) on api_keys to redthread_app;
`;

export const FOUNDATION_POLICIES = [
  ...ROLES.map(createRole),
  FUNCTIONS,
  ...APP_POLICIES.map(policy),
  GRANTS,
  HIDE_CONTENT,
  HIDE_SECRETS,
].join('\n');
