// The states of an exhibit as its ingest sets them, and the lock that keeps two ingests of one exhibit apart.
import { sql, type Kysely } from 'kysely';
import { fail, type RedthreadError } from '@redthread/core/errors';
import { throughRestarts } from '../../../app/through-restarts.js';
import type { Database } from '../../../store/index.js';
import { awaitChats, linkAttachments } from '../../chats/index.js';
import { completeExhibits } from '../completion.js';
import { announceWork } from '../../work/index.js';

type Db = Kysely<Database>;

/**
 * Runs `fn` while nobody else ingests this exhibit. The lock ends with its connection, so a killed ingest leaves none.
 * Errors: EXHIBIT_BUSY.
 */
export const withExhibitLock = <T>(db: Db, exhibitId: string, fn: () => Promise<T>): Promise<T> =>
  db.connection().execute(async (session) => {
    const { rows } = await sql<{ locked: boolean }>`
      select pg_try_advisory_lock(hashtextextended(${exhibitId}, 0)) as locked`.execute(session);
    if (rows[0]?.locked !== true) throw fail('EXHIBIT_BUSY', exhibitId);
    try {
      return await fn();
    } finally {
      await sql`select pg_advisory_unlock(hashtextextended(${exhibitId}, 0))`.execute(session).catch(() => undefined);
    }
  });

export const beginWalk = (db: Db, exhibitId: string): Promise<unknown> =>
  throughRestarts(() =>
    db
      .updateTable('exhibits')
      .set({ state: 'walking', error_code: null, error_detail: null })
      .where('id', '=', exhibitId)
      .execute(),
  );

/** The walk is at its end: the first one is custody and stays, a later one is when it was last checked. Where no work is left the exhibit is complete at once; else the matcher will see. */
export const endWalk = (db: Db, exhibitId: string, floodFiles: number): Promise<unknown> =>
  throughRestarts(() =>
    db.transaction().execute(async (trx) => {
      await sql`update exhibits set state = 'processing', walk_finished_at = coalesce(walk_finished_at, now()),
          last_checked_at = now(), files_total = files_seen
        where id = ${exhibitId}::uuid`.execute(trx);
      await sql`select set_floods_aside(${floodFiles}, null, ${exhibitId}::uuid)`.execute(trx);
      await linkAttachments(trx, exhibitId);
      await awaitChats(trx, [exhibitId]);
      await announceWork(trx, 'chats');
      if ((await completeExhibits(trx)) === 0) await announceWork(trx, 'match');
    }),
  );

/** Best effort: when the disk is full, this cannot be written either. */
export const failWalk = (db: Db, exhibitId: string, { code, detail }: RedthreadError): Promise<unknown> =>
  db
    .updateTable('exhibits')
    .set({ state: 'failed', error_code: code, error_detail: detail })
    .where('id', '=', exhibitId)
    .execute()
    .catch(() => undefined);

/** Notes the digest of the archive that is the exhibit. Errors: EXHIBIT_SOURCE_DIFFERS when an earlier run saw other bytes. */
export const noteContainer = async (db: Db, exhibitId: string, sha256: Buffer, sizeBytes: number): Promise<void> => {
  const { rows } = await throughRestarts(() =>
    sql<{ container_sha256: Buffer }>`
      update exhibits set container_sha256 = coalesce(container_sha256, ${sha256}::bytea),
        container_size_bytes = case when container_sha256 is null then ${sizeBytes} else container_size_bytes end
      where id = ${exhibitId}::uuid returning container_sha256`.execute(db),
  );
  if (rows[0] !== undefined && !rows[0].container_sha256.equals(sha256))
    throw fail('EXHIBIT_SOURCE_DIFFERS', 'the archive holds other bytes than when this exhibit was first ingested');
};
