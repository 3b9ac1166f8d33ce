// The media that go with what a request takes away: those that no other exhibit of their agency holds. They are listed before
// anything is touched, and looked at again under lock when it is: an ingest may have found one of them elsewhere meanwhile.
import { setTimeout as sleep } from 'node:timers/promises';
import { sql, type Kysely, type Transaction } from 'kysely';
import type { Database } from '../../../store/index.js';
import { freeDeadLeases } from '../../work/index.js';

type Db = Kysely<Database>;
type Trx = Transaction<Database>;

export interface Leaving {
  readonly requestId: string;
  readonly agencyId: string;
  readonly exhibitIds: readonly string[];
}

/** Lists them. `caseId`: with those that only a wrapped key binds to the case. */
export const listMedia = async (
  db: Db,
  { requestId, agencyId, exhibitIds }: Leaving,
  caseId?: string,
): Promise<void> => {
  const E = sql`${[...exhibitIds]}::uuid[]`;
  const bound =
    caseId === undefined
      ? sql``
      : sql`or (m.id in (select v.media_id from envelopes v where v.case_id = ${caseId}::uuid)
          and not exists (select from envelopes v where v.media_id = m.id and v.case_id <> ${caseId}::uuid))`;
  await sql`insert into request_media (request_id, agency_id, media_id, content_id, sha256, size_bytes)
    select ${requestId}::uuid, m.agency_id, m.id, m.content_id, m.sha256, m.size_bytes from media m
    where m.agency_id = ${agencyId}::uuid
      and (m.id in (select o.media_id from occurrences o where o.exhibit_id = any(${E}))
        or m.id in (select w.media_id from work w where w.exhibit_id = any(${E})) ${bound})
      and not exists (select from occurrences o where o.media_id = m.id and o.exhibit_id <> all(${E}))
    on conflict do nothing`.execute(db);
};

const ROUND_MS = 250;
const FREE_EVERY_ROUNDS = 20;

/** Waits until nobody works on the listed media, and lets nobody begin. */
export const quiesce = async (db: Db, requestId: string): Promise<void> => {
  const listed = sql`(select media_id from request_media where request_id = ${requestId}::uuid)`;
  for (let round = 0; ; round += 1) {
    await sql`update work set not_before = 'infinity' where state = 'queued' and not_before <> 'infinity'
      and media_id in ${listed}`.execute(db);
    const { rows } = await sql<{ busy: boolean }>`
      select exists (select from work where state = 'leased' and media_id in ${listed}) as busy`.execute(db);
    if (rows[0]?.busy !== true) return;
    // Where no worker lives, nobody else frees what a dead one held.
    if (round % FREE_EVERY_ROUNDS === 0) await freeDeadLeases(db);
    await sleep(ROUND_MS);
  }
};

/** Lets the work go on that was kept back, of what stays after all. */
export const letGo = async (db: Db, requestId: string): Promise<void> => {
  await sql`update work set not_before = now() where state = 'queued' and not_before = 'infinity'
    and media_id in (select media_id from request_media where request_id = ${requestId}::uuid)`.execute(db);
};

/** Ids after `after` that are not gone, in their order. */
export const nextMedia = async (db: Db, requestId: string, after: string | null, limit: number): Promise<string[]> => {
  const { rows } = await sql<{
    id: string;
  }>`select media_id as id from request_media where request_id = ${requestId}::uuid
    and not is_gone and ${after === null ? sql`true` : sql`media_id > ${after}::uuid`} order by media_id limit ${limit}`.execute(
    db,
  );
  return rows.map(({ id }) => id);
};

/**
 * Locks listed media against whoever would place another file of them, and answers those that nothing else holds still; the
 * others leave the list, and their work goes on.
 */
export const lockMedia = async (
  trx: Trx,
  { requestId, exhibitIds }: Leaving,
  ids: readonly string[],
): Promise<string[]> => {
  await sql`select from media where id = any(${[...ids]}::uuid[]) order by id for update`.execute(trx);
  const { rows } = await sql<{ id: string }>`select distinct o.media_id as id from occurrences o
    where o.media_id = any(${[...ids]}::uuid[]) and o.exhibit_id <> all(${[...exhibitIds]}::uuid[])`.execute(trx);
  if (rows.length === 0) return [...ids];
  const kept = rows.map(({ id }) => id);
  await sql`update work set not_before = now() where state = 'queued' and not_before = 'infinity'
    and media_id = any(${kept}::uuid[])`.execute(trx);
  await sql`delete from request_media where request_id = ${requestId}::uuid and media_id = any(${kept}::uuid[])`.execute(
    trx,
  );
  const gone = new Set(kept);
  return ids.filter((id) => !gone.has(id));
};
