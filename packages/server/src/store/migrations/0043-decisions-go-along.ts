// Decisions on connections go along with a case that is handed over: the worker that hands it over writes them under the ends there.
import { sql, type Kysely } from 'kysely';

const POLICIES = sql.raw(`
create policy worker_see on connection_decisions for select to redthread_worker using (true);
create policy worker_bring on connection_decisions for insert to redthread_worker with check (exists (
  select from requests r where r.state = 'running' and r.kind = 'case-transfer'));
grant select, insert on connection_decisions to redthread_worker;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await POLICIES.execute(db);
};
