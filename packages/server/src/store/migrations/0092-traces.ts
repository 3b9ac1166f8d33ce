// What files say of their way is read where their metadata is, and kept beside it, a row a method. What was read before is read again for it, when
// nothing else waits; until then its metadata stands as it was.
import { sql, type Kysely } from 'kysely';

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql
    .raw(
      `
update work set state = 'queued', attempts = 0, not_before = now(), leased_by = null, lease_until = null, error_code = null, error_detail = null,
  updated_at = now() where stage = 'metadata' and state = 'done'`,
    )
    .execute(db);
};
