// An exhibit is complete when its walk has ended and nothing of it waits to be decoded, matched or read as a chat; metadata may lag.
import { sql, type Kysely } from 'kysely';
import type { Database } from '../../store/index.js';

/**
 * Work belongs to the exhibit that brought a media first, so an exhibit also waits for work of others on media that it
 * shares with them. The two queue states are asked for one by one: each has an index of its own.
 */
export const completeExhibits = async (db: Kysely<Database>): Promise<number> => {
  const open = sql`w.stage in ('decode', 'match', 'chats')`;
  const sharedIn = (state: 'queued' | 'leased') => sql`exists (
    select from work w where w.state = ${sql.lit(state)} and ${open}
      and exists (select from occurrences o where o.media_id = w.media_id and o.exhibit_id = e.id))`;
  const { numAffectedRows } = await sql`
    update exhibits set state = 'complete', completed_at = coalesce(completed_at, now()) where id in (
      select e.id from exhibits e
      where e.state = 'processing' and e.walk_finished_at is not null
        and not exists (select from work w where w.exhibit_id = e.id and ${open} and w.state in ('queued', 'leased'))
        and not ${sharedIn('queued')} and not ${sharedIn('leased')}
    ) and state = 'processing'`.execute(db);
  return Number(numAffectedRows ?? 0);
};
