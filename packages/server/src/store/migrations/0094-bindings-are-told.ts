// Who somebody is at their agency's provider lets whoever is that there in as them: so its person is told of every change of it, as of a new
// password, and the provider's word counts for a second factor only once its person has come in by it with what this house asks for.
import { sql, type Kysely } from 'kysely';
import { AS_OWNER } from './0006-accounts.js';

const SIGNED_IN = sql.raw(`
-- Null: nobody has come in whole by it since it was said who this is, or since a second factor was added here. Set by whoever came in, once
-- nothing more is asked of them.
create policy app_change on provider_people for update to redthread_app using (agency_id = app_agency() and user_id = app_user())
  with check (agency_id = app_agency() and user_id = app_user());
grant update (signed_in_at) on provider_people to redthread_app;

create function forget_sign_ins_of_another() returns trigger language plpgsql ${AS_OWNER} as $$
begin
  new.signed_in_at := null;
  return new;
end $$;
create trigger forget_sign_ins_of_another before update on provider_people for each row
  when (old.subject is distinct from new.subject or old.issuer is distinct from new.issuer or old.user_id is distinct from new.user_id)
  execute function forget_sign_ins_of_another();

-- Whoever came in before there was a second factor has not shown this one.
create function forget_sign_ins_without_factor() returns trigger language plpgsql ${AS_OWNER} as $$
begin
  update provider_people set signed_in_at = null where agency_id = new.agency_id and user_id = new.user_id;
  return null;
end $$;
create trigger forget_sign_ins_factor_made after insert on second_factors for each row when (new.confirmed_at is not null)
  execute function forget_sign_ins_without_factor();
create trigger forget_sign_ins_factor_confirmed after update of confirmed_at on second_factors for each row
  when (old.confirmed_at is null and new.confirmed_at is not null) execute function forget_sign_ins_without_factor();
`);

const TELL = sql.raw(`
create function provider_name(bound provider_people) returns text language sql stable as $$
  select coalesce((select p.name from sign_in_providers p where p.agency_id = bound.agency_id and p.issuer = bound.issuer), bound.issuer) $$;
-- A new account, which its first sign-in made, has nobody to be told yet: it comes with that sign-in.
create function tell_of_binding() returns trigger language plpgsql ${AS_OWNER} as $$
begin
  if tg_op <> 'INSERT' then perform tell_of_account(old.agency_id, old.user_id,
    case when tg_op = 'UPDATE' and old.user_id = new.user_id then 'provider-changed' else 'provider-removed' end, provider_name(old)); end if;
  if tg_op = 'INSERT' or tg_op = 'UPDATE' and old.user_id <> new.user_id then
    perform tell_of_account(new.agency_id, new.user_id, 'provider-bound', provider_name(new)); end if;
  return null;
end $$;
create trigger tell_of_binding_made after insert on provider_people for each row when (new.signed_in_at is null) execute function tell_of_binding();
create trigger tell_of_binding_changed after update on provider_people for each row
  when (old.subject is distinct from new.subject or old.issuer is distinct from new.issuer or old.user_id is distinct from new.user_id)
  execute function tell_of_binding();
create trigger tell_of_binding_ended after delete on provider_people for each row execute function tell_of_binding();
`);

const FUNCTIONS = sql.raw(`
-- As before, but it leaves it to whoever came in whole to say so, and says whether it is the first time by that measure.
drop function sign_in_by_provider(uuid, text, text[], text, text[]);
create function sign_in_by_provider(wanted uuid, given_subject text, logins text[], given_name text, given_groups text[])
  returns table (outcome text, id uuid, agency_id uuid, login text, display_name text, roles text[], is_operator boolean, earlier_roles text[],
    is_first boolean)
  language plpgsql ${AS_OWNER} as $$
declare p sign_in_providers; found_id uuid; new_roles text[]; before text[]; ended timestamptz; seen timestamptz; said text; one text;
begin
  select * into p from sign_in_providers s where s.id = wanted for share;
  if not found then return; end if;
  perform pg_advisory_xact_lock(hashtextextended(p.agency_id::text || p.issuer || ' ' || given_subject, 0));
  select array_agg(distinct r order by r) into new_roles
    from unnest(given_groups) g, jsonb_array_elements_text(coalesce(p.roles -> g, '[]')) r where are_roles(array[r]);
  select pp.user_id, pp.signed_in_at into found_id, seen from provider_people pp
    where pp.agency_id = p.agency_id and pp.issuer = p.issuer and pp.subject = given_subject;
  select u.roles, u.disabled_at into before, ended from users u where u.id = found_id;
  said := case when ended is not null then 'ended' when new_roles is null then 'no-group'
    when found_id is not null then 'in' when p.adds_people then 'added' else 'unknown' end;
  if said = 'no-group' then delete from sessions s where s.user_id = found_id and s.provider_id = wanted; end if;
  if said = 'in' and before is distinct from new_roles and not (before @> new_roles and new_roles @> before) then
    update users u set roles = new_roles where u.id = found_id; end if;
  if said = 'added' then
    foreach one in array logins loop
      insert into users (agency_id, login, display_name, roles) values (p.agency_id, one, given_name, new_roles)
        on conflict do nothing returning users.id into found_id;
      exit when found_id is not null;
    end loop;
    if found_id is null then said := 'unknown';
    else insert into provider_people (agency_id, user_id, issuer, subject, signed_in_at)
      values (p.agency_id, found_id, p.issuer, given_subject, now()) returning signed_in_at into seen; end if;
  end if;
  return query select said, u.id, p.agency_id, u.login, u.display_name, u.roles, u.is_operator, before, seen is null
    from (select 1) as always left join users u on u.id = found_id;
end $$;

-- As before, but another subject changes what was said, so that its person is told once; the same one again changes nothing.
create or replace function bind_to_provider(wanted_login text, given_subject text) returns uuid language plpgsql ${AS_OWNER} as $$
declare p sign_in_providers; found_id uuid;
begin
  perform refuse_unless(i_am('administrator'));
  select * into p from sign_in_providers s where s.agency_id = app_agency() for share;
  select u.id into found_id from users u where u.login = wanted_login and u.agency_id = app_agency();
  if p.id is null or found_id is null then return null; end if;
  delete from sessions s where s.user_id = found_id and s.provider_id = p.id;
  if given_subject is null then
    delete from provider_people pp where pp.user_id = found_id and pp.issuer = p.issuer;
  else
    begin
      insert into provider_people as pp (agency_id, user_id, issuer, subject) values (p.agency_id, found_id, p.issuer, given_subject)
        on conflict (agency_id, user_id, issuer) do update set subject = excluded.subject where pp.subject <> excluded.subject;
    exception when unique_violation then
      raise sqlstate 'RT001' using message = 'ALREADY_EXISTS', detail = 'somebody else has this subject';
    end;
  end if;
  return found_id;
end $$;

revoke execute on function forget_sign_ins_of_another(), forget_sign_ins_without_factor(), tell_of_binding(), provider_name(provider_people),
  sign_in_by_provider(uuid, text, text[], text, text[]) from public;
grant execute on function sign_in_by_provider(uuid, text, text[], text, text[]) to redthread_app;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const step of [SIGNED_IN, TELL, FUNCTIONS]) await step.execute(db);
};
