// Changing keys while the store works: a case may have a second key while its envelopes go over to it, and processes that
// run are handed a new master key. Which master key is in force is checked where rows are written, so that a process that
// has not heard of the change leaves nothing behind under the old one.
import { sql, type Kysely } from 'kysely';
import { KEY_IN_FORCE_LOCK } from '../keys/rotation.js';

const GENERATIONS = sql.raw(`
alter table case_keys add column generation integer not null default 1 check (generation > 0);
alter table case_keys drop constraint case_keys_pkey;
alter table case_keys add primary key (case_id, generation);
alter table case_keys add unique (agency_id, case_id, generation);

alter table envelopes add column generation integer not null default 1;
-- It says more than the reference to the case did. A key that an envelope lies under cannot go.
alter table envelopes drop constraint envelopes_agency_id_case_id_fkey;
alter table envelopes add foreign key (agency_id, case_id, generation) references case_keys (agency_id, case_id, generation);
drop index envelopes_case_id_idx;
create index on envelopes (case_id, generation, media_id);
`);

const HANDOVERS = sql.raw(`
-- A process that holds the old master key asks with a public key of the moment, and is answered with the new one sealed to it.
create table key_handovers (
  id uuid primary key,
  host text not null,
  pid integer not null,
  from_key_id text not null,
  to_key_id text not null,
  public_key bytea not null,
  proof bytea not null,
  sealed bytea,
  taken_at timestamptz,
  created_at timestamptz not null default now()
);
alter table key_handovers enable row level security;
alter table key_handovers force row level security;
create policy asked_by_processes on key_handovers for all to redthread_app, redthread_worker, redthread_sealer
  using (true) with check (true);
create policy owner_all on key_handovers for all to current_user using (true) with check (true);
grant select on key_handovers to redthread_app, redthread_worker, redthread_sealer;
grant insert (id, host, pid, from_key_id, to_key_id, public_key, proof), update (taken_at) on key_handovers
  to redthread_app, redthread_worker, redthread_sealer;
`);

/** 40001: the same transaction, run again, wraps under the right key. The owner moves rows from one key to the next. */
const IN_FORCE = sql.raw(`
create function wrapped_under_key_in_force() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare in_force text;
begin
  if session_user = current_user then return new; end if;
  perform pg_advisory_xact_lock_shared(${KEY_IN_FORCE_LOCK});
  select coalesce(
    (select value ->> 'to' from store_settings where key = 'key-rotation' and value ->> 'phase' = 'rewrapping'),
    (select value #>> '{}' from store_settings where key = 'master-key-id')) into in_force;
  if in_force is not null and new.master_key_id <> in_force then
    raise exception 'wrapped under master key %, in force is %', new.master_key_id, in_force using errcode = '40001';
  end if;
  return new;
end $$;
create trigger under_key_in_force before insert on agency_keys for each row execute function wrapped_under_key_in_force();
create trigger under_key_in_force before insert on case_keys for each row execute function wrapped_under_key_in_force();
create trigger under_key_in_force before insert on signing_keys for each row execute function wrapped_under_key_in_force();
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await GENERATIONS.execute(db);
  await HANDOVERS.execute(db);
  await IN_FORCE.execute(db);
};
