// What agencies say of connections: decisions that are added and never changed; the last of an agency is in force.
import { sql, type Kysely } from 'kysely';

/**
 * Ends are named by their ids alone: an exhibit that is withdrawn takes what was decided out of sight, and brings it back when it
 * comes back. Nothing here rests on what a computation found, so no computation undoes a decision.
 */
const TABLE = sql.raw(`
create table connection_decisions (
  id uuid primary key default gen_random_uuid(),
  -- Whose decision it is; names as they were then.
  agency_id uuid not null,
  agency text not null,
  user_id uuid not null,
  login text not null,
  ends text not null check (ends in ('exhibits', 'cases')),
  end_a uuid not null,
  end_b uuid not null,
  state text not null check (state in ('confirmed', 'rejected', 'snoozed', 'reopened')),
  reason text not null check (reason <> ''),
  snoozed_until timestamptz,
  -- Pairs of files by grade, as whoever decided saw them.
  counts jsonb not null,
  at timestamptz not null default clock_timestamp(),
  unique (agency_id, id),
  foreign key (agency_id, user_id) references users (agency_id, id),
  check (end_a < end_b),
  check ((state = 'snoozed') = (snoozed_until is not null))
);
create index on connection_decisions (end_a, end_b, agency_id, at desc);
create index on connection_decisions (agency_id, ends);
`);

/** Asked of exhibits and cases, under whose own policies: whoever does not see both ends sees nothing of what is said. */
const ENDS_SEEN = `case ends
  when 'exhibits' then end_a in (select id from exhibits) and end_b in (select id from exhibits)
  else end_a in (select id from cases) and end_b in (select id from cases) end`;

const POLICIES = sql.raw(`
alter table connection_decisions enable row level security;
alter table connection_decisions force row level security;
create policy owner_all on connection_decisions for all to current_user using (true) with check (true);
create policy app_see on connection_decisions for select to redthread_app
  using (agency_id in (select unnest(known_agencies())) and (${ENDS_SEEN}));
create policy app_decide on connection_decisions for insert to redthread_app
  with check (agency_id = app_agency() and user_id = app_user() and (${ENDS_SEEN}));
grant select, insert (agency_id, agency, user_id, login, ends, end_a, end_b, state, reason, snoozed_until, counts)
  on connection_decisions to redthread_app;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const step of [TABLE, POLICIES]) await step.execute(db);
};
