// The legal bases of a withdrawn exhibit are kept aside with it, and come back with it.
import { sql, type Kysely } from 'kysely';

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql
    .raw(
      `
create policy worker_bring_back on legal_bases for insert to redthread_worker with check (exhibit_id in (
  select r.exhibit_id from requests r where r.kind = 'undo' and r.state = 'running'));
grant insert on legal_bases to redthread_worker;`,
    )
    .execute(db);
};
