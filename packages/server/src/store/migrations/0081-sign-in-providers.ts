// Signing in at a provider of an agency's own (OpenID Connect): its settings, who is whom there, and the one door through which an answer of it
// that was checked lets somebody in. Which roles that gives is read from the settings here, never taken from whoever calls.
import { sql, type Kysely } from 'kysely';
import { AS_OWNER } from './0006-accounts.js';
import { secured } from './secured.js';

const TABLES = sql.raw(`
create table sign_in_providers (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null unique references agencies,
  name text not null check (name <> ''),
  issuer text not null check (issuer <> ''),
  client_id text not null check (client_id <> ''),
  -- The client secret under a key of its own, and that under the master key; null: there is none.
  master_key_id text,
  wrapped bytea,
  sealed_secret bytea,
  scope text not null,
  groups_claim text not null,
  -- Names of roles by the name of a group.
  roles jsonb not null check (jsonb_typeof(roles) = 'object'),
  factor_acr text[] not null default '{}',
  factor_amr text[] not null default '{}',
  adds_people boolean not null,
  set_by uuid not null,
  set_login text not null,
  set_at timestamptz not null default now(),
  unique (agency_id, id),
  foreign key (agency_id, set_by) references users (agency_id, id),
  check ((wrapped is null) = (master_key_id is null) and (wrapped is null) = (sealed_secret is null))
);
create trigger under_key_in_force before insert or update of wrapped on sign_in_providers for each row when (new.wrapped is not null)
  execute function wrapped_under_key_in_force();

-- Who somebody is at a provider: by issuer and subject alone, which are never given to anybody else there. Addresses of mail are.
create table provider_people (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null,
  user_id uuid not null,
  issuer text not null,
  subject text not null check (subject <> ''),
  bound_at timestamptz not null default now(),
  signed_in_at timestamptz,
  unique (agency_id, id),
  unique (agency_id, issuer, subject),
  unique (agency_id, user_id, issuer),
  foreign key (agency_id, user_id) references users (agency_id, id) on delete cascade
);

alter table sessions add column provider_id uuid,
  add foreign key (agency_id, provider_id) references sign_in_providers (agency_id, id) on delete cascade;

-- Whom another provider let in has to come in again.
create function end_sessions_of_provider() returns trigger language plpgsql ${AS_OWNER} as $$
begin
  delete from sessions where provider_id = old.id;
  return null;
end $$;
create trigger end_sessions_of_provider after update on sign_in_providers for each row
  when (old.issuer <> new.issuer or old.client_id <> new.client_id) execute function end_sessions_of_provider();
`);

const OWN = 'agency_id = app_agency()';
const ADMINISTERS = `(select i_am('administrator'))`;
const SAID =
  'name, issuer, client_id, scope, groups_claim, roles, factor_acr, factor_amr, adds_people, set_by, set_login, set_at, master_key_id';

const POLICIES = sql.raw(`
${['sign_in_providers', 'provider_people'].map(secured).join('')}
create policy app_see on sign_in_providers for select to redthread_app using (${OWN});
create policy app_add on sign_in_providers for insert to redthread_app with check (${OWN} and ${ADMINISTERS} and set_by = app_user());
create policy app_change on sign_in_providers for update to redthread_app using (${OWN} and ${ADMINISTERS})
  with check (${OWN} and set_by = app_user());
create policy app_remove on sign_in_providers for delete to redthread_app using (${OWN} and ${ADMINISTERS});
grant select (id, agency_id, ${SAID}), insert (id, agency_id, ${SAID}, wrapped, sealed_secret),
  update (${SAID}, wrapped, sealed_secret), delete on sign_in_providers to redthread_app;

create policy app_see on provider_people for select to redthread_app using (${OWN} and (user_id = app_user() or ${ADMINISTERS}));
grant select on provider_people to redthread_app;
`);

const FUNCTIONS = sql.raw(`
create function providers_offered() returns table (id uuid, name text) language sql stable ${AS_OWNER} as
  $$ select id, name from sign_in_providers order by name, id $$;

create function provider_to_sign_in(wanted uuid) returns setof sign_in_providers language sql stable ${AS_OWNER} as
  $$ select * from sign_in_providers where id = wanted $$;

-- Of somebody whom the provider vouches for, by their groups: 'in', 'added', or why not. \`logins\`: those that a new account may have, the first
-- that is free. Who has no group any more is out of what that provider let them into.
create function sign_in_by_provider(wanted uuid, given_subject text, logins text[], given_name text, given_groups text[])
  returns table (outcome text, id uuid, agency_id uuid, login text, display_name text, roles text[], is_operator boolean, earlier_roles text[])
  language plpgsql ${AS_OWNER} as $$
declare p sign_in_providers; found_id uuid; new_roles text[]; before text[]; ended timestamptz; said text; one text;
begin
  select * into p from sign_in_providers s where s.id = wanted for share;
  if not found then return; end if;
  perform pg_advisory_xact_lock(hashtextextended(p.agency_id::text || p.issuer || ' ' || given_subject, 0));
  select array_agg(distinct r order by r) into new_roles
    from unnest(given_groups) g, jsonb_array_elements_text(coalesce(p.roles -> g, '[]')) r where are_roles(array[r]);
  select pp.user_id into found_id from provider_people pp
    where pp.agency_id = p.agency_id and pp.issuer = p.issuer and pp.subject = given_subject;
  select u.roles, u.disabled_at into before, ended from users u where u.id = found_id;
  said := case when ended is not null then 'ended' when new_roles is null then 'no-group'
    when found_id is not null then 'in' when p.adds_people then 'added' else 'unknown' end;
  if said = 'no-group' then delete from sessions s where s.user_id = found_id and s.provider_id = wanted; end if;
  if said = 'in' then
    if before is distinct from new_roles and not (before @> new_roles and new_roles @> before) then
      update users u set roles = new_roles where u.id = found_id; end if;
    update provider_people pp set signed_in_at = now() where pp.user_id = found_id and pp.issuer = p.issuer;
  end if;
  if said = 'added' then
    foreach one in array logins loop
      insert into users (agency_id, login, display_name, roles) values (p.agency_id, one, given_name, new_roles)
        on conflict do nothing returning users.id into found_id;
      exit when found_id is not null;
    end loop;
    if found_id is null then said := 'unknown';
    else insert into provider_people (agency_id, user_id, issuer, subject, signed_in_at)
      values (p.agency_id, found_id, p.issuer, given_subject, now()); end if;
  end if;
  return query select said, u.id, p.agency_id, u.login, u.display_name, u.roles, u.is_operator, before
    from (select 1) as always left join users u on u.id = found_id;
end $$;

-- A refusal of somebody without an account here: on record with the agency whose provider it is.
create function refuse_by_provider(wanted uuid, said_login text, code text, attempted text, request text) returns void
  language sql ${AS_OWNER} as
  $$ select write_audit_event((select agency_id from sign_in_providers where id = wanted), null, said_login, 'refusal', null, null, null, request,
    jsonb_build_object('code', code, 'attempted', attempted)) $$;

-- Says who a user of the actor's agency is at its provider; null: nobody. Also ends what the provider let them into.
create function bind_to_provider(wanted_login text, given_subject text) returns uuid language plpgsql ${AS_OWNER} as $$
declare p sign_in_providers; found_id uuid;
begin
  perform refuse_unless(i_am('administrator'));
  select * into p from sign_in_providers s where s.agency_id = app_agency() for share;
  select u.id into found_id from users u where u.login = wanted_login and u.agency_id = app_agency();
  if p.id is null or found_id is null then return null; end if;
  delete from provider_people pp where pp.user_id = found_id and pp.issuer = p.issuer;
  delete from sessions s where s.user_id = found_id and s.provider_id = p.id;
  if given_subject is not null then
    insert into provider_people (agency_id, user_id, issuer, subject) values (p.agency_id, found_id, p.issuer, given_subject)
      on conflict (agency_id, issuer, subject) do nothing;
    if not found then raise sqlstate 'RT001' using message = 'ALREADY_EXISTS', detail = 'somebody else has this subject'; end if;
  end if;
  return found_id;
end $$;

revoke execute on function end_sessions_of_provider(), providers_offered(), provider_to_sign_in(uuid),
  sign_in_by_provider(uuid, text, text[], text, text[]), refuse_by_provider(uuid, text, text, text, text), bind_to_provider(text, text) from public;
grant execute on function providers_offered(), provider_to_sign_in(uuid), sign_in_by_provider(uuid, text, text[], text, text[]),
  refuse_by_provider(uuid, text, text, text, text), bind_to_provider(text, text) to redthread_app;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const step of [TABLES, POLICIES, FUNCTIONS]) await step.execute(db);
};
