// Takes away what connections were told of long ago: whoever has not read it by then reads everything again.
import { sql, type Kysely } from 'kysely';
import type { Database } from '../store/index.js';

export const CONNECTION_CHANGES_INTERVAL_MS = 3_600_000;

/** Answers how many went. */
export const trimConnectionChanges = async (db: Kysely<Database>): Promise<number> => {
  const { numAffectedRows } =
    await sql`delete from connection_changes where at < clock_timestamp() - interval '24 hours'`.execute(db);
  return Number(numAffectedRows ?? 0);
};
