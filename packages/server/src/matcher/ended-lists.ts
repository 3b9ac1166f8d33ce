// Has those told whose exhibits hold what a list names, once it counts no longer: withdrawn, or expired by its date.
import { sql, type Kysely } from 'kysely';
import type { Database } from '../store/index.js';

/** How often it is looked whether one has ended. */
export const ENDED_LISTS_INTERVAL_MS = 60_000;

/** Answers how many were told. */
export const tellOfEndedLists = async (db: Kysely<Database>): Promise<number> => {
  const { rows } = await sql<{ told: number }>`select tell_of_ended_lists() as told`.execute(db);
  return rows[0]?.told ?? 0;
};
