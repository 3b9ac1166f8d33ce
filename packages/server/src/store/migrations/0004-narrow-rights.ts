// A role keeps the rows of its own processes, and takes away those of others only when they were silent for long: nobody
// can make the work of the living look abandoned. Rights that nothing uses are given back.
import { sql, type Kysely } from 'kysely';

const KINDS = {
  redthread_app: `'server'`,
  redthread_worker: `'worker', 'ingest'`,
  redthread_matcher: `'matcher'`,
} as const;

const own = Object.entries(KINDS).map(
  ([role, kinds]) => `
create policy own_processes_${role} on processes for all to ${role} using (kind in (${kinds})) with check (kind in (${kinds}));`,
);

const NARROW = sql.raw(`
alter table processes enable row level security;
alter table processes force row level security;
create policy seen_by_all on processes for select to redthread_app, redthread_worker, redthread_matcher using (true);
create policy silent_are_cleared on processes for delete to redthread_worker, redthread_matcher
  using (last_seen_at < now() - interval '20 seconds');
create policy owner_all on processes for all to current_user using (true) with check (true);
${own.join('')}

revoke update on processes from redthread_app, redthread_worker, redthread_matcher;
grant update (last_seen_at, status) on processes to redthread_app, redthread_worker, redthread_matcher;

revoke delete on lists, list_entries, api_keys from redthread_app;
revoke update on list_entries from redthread_app;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await NARROW.execute(db);
};
