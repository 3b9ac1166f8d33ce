// The sealed record. Events stay as their transactions wrote them; beside them one sealer writes dense numbers for each agency,
// hashes, chain, tree and signed heads. Nobody may change or delete any of it; clear texts are erased through one function.
import { sql, type Kysely } from 'kysely';

const TABLES = sql.raw(`
alter table audit_events add column uid uuid not null default gen_random_uuid();
alter table audit_events add constraint audit_events_uid unique (uid);
alter table audit_events add constraint audit_events_detail check (jsonb_typeof(detail) = 'object');

create index on audit_events (agency_id, at) where type = 'verify';

-- Events that no seal covers yet: written with each event, taken away in the transaction that seals it.
create table audit_waiting (
  uid uuid primary key,
  -- Whose log; the nil UUID: the instance's own, of events that no agency's people caused.
  agency_id uuid not null
);
create index on audit_waiting (agency_id);

create table audit_sealed (
  agency_id uuid not null,
  number bigint not null check (number > 0),
  event uuid not null unique,
  leaf bytea not null check (octet_length(leaf) = 32),
  chain bytea not null check (octet_length(chain) = 32),
  commitments jsonb not null,
  primary key (agency_id, number)
);

-- What opens the commitments; a salt goes when its clear text is erased.
create table audit_salts (event uuid primary key, salts jsonb not null);

-- Every eighth level of the trees, each node once its subtree is complete.
create table audit_tree_nodes (
  agency_id uuid not null,
  level smallint not null check (level > 0 and level % 8 = 0),
  position bigint not null,
  hash bytea not null check (octet_length(hash) = 32),
  primary key (agency_id, level, position)
);

-- A signed head of one log, for each round of sealing in which it grew.
create table audit_heads (
  agency_id uuid not null,
  size bigint not null,
  round bigint not null,
  root bytea not null,
  chain bytea not null,
  at timestamptz not null,
  key text not null,
  signature bytea not null,
  primary key (agency_id, size),
  unique (agency_id, round)
);

-- The signed head over the heads of all logs.
create table audit_record_heads (
  round bigint primary key,
  logs integer not null,
  root bytea not null,
  previous bytea,
  anchor_count bigint not null,
  anchor_chain bytea not null,
  at timestamptz not null,
  key text not null,
  signature bytea not null
);

-- Where a head over all logs was left outside of this database.
create table audit_anchors (
  number bigint primary key,
  round bigint not null,
  kind text not null check (kind in ('file', 'tsa')),
  place text not null,
  at timestamptz not null,
  proof bytea not null,
  chain bytea not null
);

-- Keys that sign heads, each endorsed by the one before it and the first by itself; the private half is wrapped under the master key.
create table signing_keys (
  key text primary key,
  public_key bytea not null check (octet_length(public_key) = 32),
  previous text references signing_keys,
  at timestamptz not null,
  endorsement bytea not null,
  master_key_id text not null,
  wrapped bytea not null,
  unique nulls not distinct (previous)
);

alter table processes drop constraint processes_kind_check;
alter table processes add constraint processes_kind_check check (kind in ('server', 'worker', 'matcher', 'ingest', 'sealer'));
`);

const asOwner = 'security definer set search_path = public, pg_temp';
const NIL = '00000000-0000-0000-0000-000000000000';

const FUNCTIONS = sql.raw(`
create function event_waits() returns trigger language plpgsql ${asOwner} as $$ begin
  insert into audit_waiting (uid, agency_id) select uid, coalesce(agency_id, '${NIL}') from added;
  return null;
end $$;
create trigger event_waits after insert on audit_events referencing new table as added
  for each statement execute function event_waits();

-- Writes an event with the rights of the caller. A function, because its plan is kept: an event costs half of a bare insert.
create function write_audit_event(agency uuid, actor uuid, actor_login text, event text, about_kind text, about_id text, why text,
  request text, parameters jsonb) returns void language plpgsql set search_path = public, pg_temp as $$ begin
  insert into audit_events (agency_id, user_id, login, type, object_kind, object_id, purpose, request_id, detail)
    values (agency, actor, actor_login, event, about_kind, about_id, why, request, parameters);
end $$;
revoke execute on function write_audit_event(uuid, uuid, text, text, text, text, text, text, jsonb) from public;
grant execute on function write_audit_event(uuid, uuid, text, text, text, text, text, text, jsonb) to redthread_app, redthread_worker;

-- The anchors of the record as the asker's agency may know them: when, of what kind, and how much of its own log they cover. Of
-- those that cover the same the first: later ones tell that others did something.
create function own_anchors(most integer) returns table (kind text, at timestamptz, size bigint) language sql stable ${asOwner} as
  $$ select c.kind, min(c.at), c.size
     from (select a.kind, a.at, h.size from (select * from audit_anchors order by number desc limit 200 * most) a
       cross join lateral (select size from audit_heads where agency_id = app_agency() and round <= a.round order by round desc limit 1) h) c
     group by c.kind, c.size order by c.size desc, min(c.at) desc limit most $$;

-- Erases clear texts (all of them when no field is named) of events of the asker's agency, with their salts, and says so in the
-- record. Without the salt nothing tells the text from its commitment any more; hashes, chain and proofs stay as they are.
create function erase_audit_texts(numbers bigint[], fields text[], reason text, request text) returns integer
  language plpgsql ${asOwner} as $$
declare erased integer;
begin
  if app_agency() is null or app_user() is null then raise insufficient_privilege using message = 'nobody asks'; end if;
  with wanted as (
    select s.event, s.number, array(
      select field from jsonb_object_keys(t.salts) field where field <> 'row' and (fields is null or field = any (fields))) as gone
    from audit_sealed s join audit_salts t on t.event = s.event
    where s.agency_id = app_agency() and s.number = any (numbers)),
  emptied as (
    update audit_events e set
      login = case when 'login' = any (w.gone) then null else e.login end,
      purpose = case when 'purpose' = any (w.gone) then null else e.purpose end,
      object_id = case when 'object' = any (w.gone) then null else e.object_id end,
      detail = e.detail - array(select substr(field, 8) from unnest(w.gone) field where field like 'detail.%')
    from wanted w where e.uid = w.event and w.gone <> '{}'),
  unsalted as (
    update audit_salts t set salts = t.salts - w.gone from wanted w where t.event = w.event and w.gone <> '{}'),
  islands as (
    select min(number) as low, max(number) as high
    from (select number, number - row_number() over (order by number) as island from wanted where gone <> '{}') n group by island)
  insert into audit_events (agency_id, user_id, login, type, request_id, detail)
    select app_agency(), app_user(), (select login from users where id = app_user()), 'audit-erase', request, jsonb_build_object(
      'numbers', (select coalesce(string_agg(case when low = high then low::text else low || '-' || high end, ',' order by low), '') from islands),
      'fields', (select coalesce(jsonb_agg(distinct field), '[]') from wanted, unnest(gone) field),
      'erased', (select coalesce(sum(cardinality(gone)), 0) from wanted),
      'reason', reason)
    returning (detail ->> 'erased')::integer into erased;
  return erased;
end $$;
revoke execute on function own_anchors(integer), erase_audit_texts(bigint[], text[], text, text) from public;
grant execute on function own_anchors(integer), erase_audit_texts(bigint[], text[], text, text) to redthread_app;

-- Sealed events that name what is not there. What was refused need not exist; kinds that this function does not know are left out.
create function dangling_audit_references() returns table (event uuid, what text) language sql stable ${asOwner} as $$
  with named as (
    select uid, agency_id, user_id, object_kind,
      case when object_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then object_id::uuid end as object
    from audit_events where type <> 'refusal')
  select uid, 'agency' from named n where agency_id is not null and not exists (select from agencies x where x.id = n.agency_id)
  union all select uid, 'user' from named n where user_id is not null and not exists (select from users x where x.id = n.user_id)
  ${(
    [
      ['agency', 'agencies'],
      ['user', 'users'],
      ['api-key', 'api_keys'],
      ['operation', 'operations'],
      ['case', 'cases'],
      ['exhibit', 'exhibits'],
      ['occurrence', 'occurrences'],
      ['media', 'media'],
      ['list', 'lists'],
      ['self-test', 'self_tests'],
    ] as const
  )
    .map(
      ([kind, table]) =>
        `union all select uid, '${kind}' from named n where object_kind = '${kind}' and object is not null and not exists (select from ${table} x where x.id = n.object)`,
    )
    .join('\n  ')}
$$;
revoke execute on function dangling_audit_references() from public;
`);

const SEALED = [
  'audit_sealed',
  'audit_salts',
  'audit_tree_nodes',
  'audit_heads',
  'audit_record_heads',
  'audit_anchors',
];
const NEW = [...SEALED, 'audit_waiting', 'signing_keys'];

/** What the app role sees of its own agency's log. */
const SEEN_BY_APP = ['audit_waiting', 'audit_sealed', 'audit_heads'];

const RIGHTS = sql.raw(`
do $$ begin
  if not exists (select from pg_roles where rolname = 'redthread_sealer') then create role redthread_sealer login; end if;
end $$;
grant usage on schema public to redthread_sealer;
grant select on store_settings, audit_events to redthread_sealer;
create policy sealer_reads on audit_events for select to redthread_sealer using (true);
${NEW.map(
  (table) => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy sealer_all on ${table} for all to redthread_sealer using (true) with check (true);
create policy owner_all on ${table} for all to current_user using (true) with check (true);`,
).join('')}
${SEEN_BY_APP.map(
  (table) => `
create policy app_see on ${table} for select to redthread_app using (agency_id = app_agency());`,
).join('')}
grant select on audit_waiting, audit_sealed to redthread_app;
-- Without the round, which counts those of everybody.
grant select (agency_id, size, root, chain, at, key, signature) on audit_heads to redthread_app;
create policy app_see on signing_keys for select to redthread_app using (true);
grant select (key, public_key, previous, at, endorsement) on signing_keys to redthread_app;

-- Adding is all that the sealer does, but for what has waited.
grant select, insert on ${SEALED.join(', ')}, signing_keys to redthread_sealer;
grant select, delete on audit_waiting to redthread_sealer;
grant execute on function dangling_audit_references() to redthread_sealer;

grant select, insert, delete on processes to redthread_sealer;
grant update (last_seen_at, status) on processes to redthread_sealer;
create policy seen_by_sealer on processes for select to redthread_sealer using (true);
create policy own_processes_redthread_sealer on processes for all to redthread_sealer using (kind = 'sealer') with check (kind = 'sealer');

-- The place of an event in the database counts those of everybody: nobody who asks for an agency reads it.
revoke select on audit_events from redthread_app;
grant select (uid, at, agency_id, user_id, login, type, object_kind, object_id, purpose, request_id, detail) on audit_events to redthread_app;
-- Whoever writes an event gives neither its time nor its number.
revoke insert on audit_events from redthread_worker;
grant insert (agency_id, user_id, login, type, object_kind, object_id, purpose, request_id, detail) on audit_events to redthread_worker;

insert into audit_waiting (uid, agency_id) select uid, coalesce(agency_id, '${NIL}') from audit_events;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await TABLES.execute(db);
  await FUNCTIONS.execute(db);
  await RIGHTS.execute(db);
};
