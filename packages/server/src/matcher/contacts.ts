// Has the contacts of each day written once it has begun, in UTC: told by the day alone, they say nothing about when a file came.
import { sql, type Kysely } from 'kysely';
import type { Database } from '../store/index.js';

/** How often it is looked whether a day has begun. */
export const CONTACTS_INTERVAL_MS = 60_000;

/** Answers how many were told; none where those of the day were written before. `day`: as YYYY-MM-DD. */
export const tellContacts = async (
  db: Kysely<Database>,
  day = new Date().toISOString().slice(0, 10),
): Promise<number> => {
  const { rows } = await sql<{ told: number }>`select tell_contacts(${day}::date) as told`.execute(db);
  return rows[0]?.told ?? 0;
};
