// Whoever's password, second factors, recovery codes or API keys change is told, whoever changed them; and what was made with a password that is
// replaced, or by somebody whose second factors are reset, ends with it: the sessions, as before, and now the keys.
import { sql, type Kysely } from 'kysely';
import { AS_OWNER } from './0006-accounts.js';

const TELL = sql.raw(`
-- For the triggers here: who did it is named where it was somebody else.
create function tell_of_account(to_agency uuid, to_user uuid, what text, name text) returns void language plpgsql as $$
declare whoever text;
begin
  -- A user who is taken away with all that is theirs is told nothing.
  if not exists (select from users where id = to_user) then return; end if;
  select display_name into whoever from users where id = app_user() and id <> to_user;
  perform tell(to_agency, to_user, null, 'account', 'user', to_user,
    jsonb_build_object('what', what, 'name', coalesce(name, ''), 'by', coalesce(whoever, '')));
end $$;

create function tell_of_password() returns trigger language plpgsql ${AS_OWNER} as $$
begin
  perform tell_of_account(new.agency_id, new.id, 'password', null);
  return null;
end $$;
create trigger tell_of_password after update of password_hash on users for each row
  when (old.password_hash is distinct from new.password_hash) execute function tell_of_password();

create function tell_of_factor() returns trigger language plpgsql ${AS_OWNER} as $$
begin
  if tg_op = 'DELETE' then perform tell_of_account(old.agency_id, old.user_id, 'factor-removed', old.name);
  else perform tell_of_account(new.agency_id, new.user_id, 'factor-added', new.name); end if;
  return null;
end $$;
create trigger tell_of_factor_made after insert on second_factors for each row when (new.confirmed_at is not null)
  execute function tell_of_factor();
create trigger tell_of_factor_confirmed after update of confirmed_at on second_factors for each row
  when (old.confirmed_at is null and new.confirmed_at is not null) execute function tell_of_factor();
create trigger tell_of_factor_removed after delete on second_factors for each row when (old.confirmed_at is not null)
  execute function tell_of_factor();

create function tell_of_recovery_codes() returns trigger language plpgsql ${AS_OWNER} as $$
begin
  perform tell_of_account(a.agency_id, a.user_id, 'recovery-codes', null) from (select distinct agency_id, user_id from added) a;
  return null;
end $$;
create trigger tell_of_recovery_codes after insert on recovery_codes referencing new table as added for each statement
  execute function tell_of_recovery_codes();
create function tell_of_recovery() returns trigger language plpgsql ${AS_OWNER} as $$
begin
  perform tell_of_account(new.agency_id, new.user_id, 'recovery-code-used', null);
  return null;
end $$;
create trigger tell_of_recovery after update of used_at on recovery_codes for each row
  when (old.used_at is null and new.used_at is not null) execute function tell_of_recovery();

create function tell_of_key() returns trigger language plpgsql ${AS_OWNER} as $$
begin
  perform tell_of_account(new.agency_id, new.user_id, case when tg_op = 'INSERT' then 'key-made' else 'key-ended' end, new.name);
  return null;
end $$;
create trigger tell_of_key_made after insert on api_keys for each row execute function tell_of_key();
create trigger tell_of_key_ended after update of revoked_at on api_keys for each row
  when (old.revoked_at is null and new.revoked_at is not null) execute function tell_of_key();
`);

const END = sql.raw(`
-- For the functions here. Answers of how many.
create function end_keys(of_user uuid) returns integer language plpgsql as $$
declare ended integer;
begin
  update api_keys set revoked_at = now() where user_id = of_user and revoked_at is null and expires_at > now();
  get diagnostics ended = row_count;
  return ended;
end $$;

drop function set_user_password(text, text);
create function set_user_password(wanted_login text, new_hash text, keep_keys boolean) returns table (id uuid, keys integer)
  language plpgsql ${AS_OWNER} as $$
declare found_id uuid;
begin
  perform refuse_unless(i_am('administrator') or exists (
    select from users u where u.id = app_user() and u.login = wanted_login and u.disabled_at is null));
  update users u set password_hash = new_hash where u.login = wanted_login and u.agency_id = app_agency() returning u.id into found_id;
  if found_id is null then return; end if;
  delete from sessions where user_id = found_id;
  return query select found_id, case when keep_keys then 0 else end_keys(found_id) end;
end $$;

drop function reset_second_factors(text);
create function reset_second_factors(wanted_login text) returns table (id uuid, keys integer) language plpgsql ${AS_OWNER} as $$
declare found_id uuid;
begin
  perform refuse_unless(i_am('administrator'));
  select u.id into found_id from users u where u.login = wanted_login and u.agency_id = app_agency();
  if found_id is null then return; end if;
  delete from second_factors where user_id = found_id;
  delete from recovery_codes where user_id = found_id;
  delete from sessions where user_id = found_id;
  return query select found_id, end_keys(found_id);
end $$;

revoke execute on function tell_of_account(uuid, uuid, text, text), tell_of_password(), tell_of_factor(), tell_of_recovery_codes(),
  tell_of_recovery(), tell_of_key(), end_keys(uuid), set_user_password(text, text, boolean), reset_second_factors(text) from public;
grant execute on function set_user_password(text, text, boolean), reset_second_factors(text) to redthread_app;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const step of [TELL, END]) await step.execute(db);
};
