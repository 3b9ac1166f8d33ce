// Local features are chosen by another rule (version 2), and older ones are compared with nothing newer: pictures that have them are searched again, and compared again after that. What
// was matched by the older version stays as it was found.
import { sql, type Kysely } from 'kysely';

const OLDER = `exists (
  select from media m join signals s on s.content_id = m.content_id
  where m.id = w.media_id and s.method = 'local-features' and s.version < 2)`;

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql.raw(`delete from work w where w.stage = 'parts' and w.state <> 'held' and ${OLDER}`).execute(db);
  await sql
    .raw(
      `update work w set state = 'queued', attempts = 0, not_before = now(), leased_by = null, lease_until = null,
        error_code = null, error_detail = null, updated_at = now()
      where w.stage = 'features' and w.state in ('done', 'failed', 'leased') and ${OLDER}`,
    )
    .execute(db);
};
