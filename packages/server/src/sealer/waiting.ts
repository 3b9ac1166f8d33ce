// Events that wait for their seal, and of those the settled ones: no transaction that still writes can put one before them.
import { sql, type Kysely } from 'kysely';
import { EVENT_OF_LOG, type Database, type EventOfLog } from '../store/index.js';

/**
 * Settled events in the order (transaction, place), at most `limit`, without those of the logs that are left out. A transaction
 * that this cluster has not begun yet is one of another: its events came with a restored database.
 */
export const settledEvents = async (
  db: Kysely<Database>,
  limit: number,
  leftOut: readonly string[],
): Promise<EventOfLog[]> => {
  const { rows } = await sql<EventOfLog>`
    select ${EVENT_OF_LOG} from audit_waiting w join audit_events e on e.uid = w.uid
    where (e.xid < pg_snapshot_xmin(pg_current_snapshot()) or e.xid >= pg_snapshot_xmax(pg_current_snapshot()))
      and not w.agency_id = any(${[...leftOut]}::uuid[])
      and not exists (select from audit_sealed s where s.event = w.uid)
    order by e.xid, e.id limit ${limit}`.execute(db);
  return rows;
};
