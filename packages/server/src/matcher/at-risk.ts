// Has those told who marked a child at risk once the mark has run out: it may be so still.
import { sql, type Kysely } from 'kysely';
import type { Database } from '../store/index.js';

/** How often it is looked whether one has run out. */
export const ENDED_RISK_INTERVAL_MS = 60_000;

/** Answers how many were told. */
export const tellOfEndedRisk = async (db: Kysely<Database>): Promise<number> => {
  const { rows } = await sql<{ told: number }>`select tell_of_ended_risk() as told`.execute(db);
  return rows[0]?.told ?? 0;
};
