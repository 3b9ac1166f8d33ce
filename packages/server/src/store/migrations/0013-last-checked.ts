// When an exhibit was last gone through: an ingest that is repeated must not change when it was first at its end.
import { sql, type Kysely } from 'kysely';

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`alter table exhibits add column last_checked_at timestamptz`.execute(db);
};
