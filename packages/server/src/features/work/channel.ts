// The wake-up call of the queue: carried by NOTIFY, so that nobody waits for the next poll. The table holds the truth.
import { sql, type Kysely } from 'kysely';
import type { WorkStage } from '@redthread/core/contract';
import type { Database } from '../../store/tables.js';

export const WORK_CHANNEL = 'redthread_work';

/** Sent when the transaction commits; equal calls of one transaction are sent once. `request`: two persons have agreed on something. */
export const announceWork = async (db: Kysely<Database>, stage: WorkStage | 'request'): Promise<void> => {
  await sql`select pg_notify(${WORK_CHANNEL}, ${stage})`.execute(db);
};
