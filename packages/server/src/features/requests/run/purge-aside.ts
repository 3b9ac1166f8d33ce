// Takes what a withdrawal has kept aside away for good, in batches, each a transaction; what another withdrawn exhibit needs stays
// aside for that one.
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../../store/index.js';
import type { Run } from './running.js';
import { deleteContents } from './take-away.js';

type Trx = Transaction<Database>;

const AT_ONCE = 500;

/** Gives the media that files of another withdrawn exhibit refer to over to the request that keeps these. */
export const rehomeAside = async (trx: Trx, withdrawal: string): Promise<void> => {
  await sql`
    with heirs as materialized (
      select distinct on (o.media_id) o.media_id, o.request_id, o.case_id from set_aside o
      where o.source = 'occurrences' and o.request_id <> ${withdrawal}::uuid
        and o.media_id in (select media_id from set_aside where request_id = ${withdrawal}::uuid and source = 'media')
      order by o.media_id, o.request_id)
    update set_aside s set request_id = h.request_id, case_id = case when s.source = 'envelopes' then s.case_id else h.case_id end
    from heirs h where s.request_id = ${withdrawal}::uuid and s.media_id = h.media_id and s.source <> 'occurrences'`.execute(
    trx,
  );
};

/** Puts what goes on the list of the running request, so that its record can say so, and takes it away. */
export const purgeAside = async (run: Run, withdrawal: string): Promise<void> => {
  const { db } = run;
  await db.transaction().execute((trx) => rehomeAside(trx, withdrawal));
  for (let left = 1; left > 0;) left = await db.transaction().execute((trx) => purgeBatch(run, trx, withdrawal));
  await db.deleteFrom('set_aside').where('request_id', '=', withdrawal).execute();
};

interface AsideMedia {
  readonly mediaId: string;
  readonly contentId: number;
}

const purgeBatch = async ({ store, request }: Run, trx: Trx, withdrawal: string): Promise<number> => {
  const { rows } = await sql<AsideMedia>`select media_id as "mediaId", content_id as "contentId" from set_aside
    where request_id = ${withdrawal}::uuid and source = 'media' order by content_id limit ${AT_ONCE} for update`.execute(
    trx,
  );
  if (rows.length === 0) return 0;
  const ids = rows.map(({ mediaId }) => mediaId);
  // Media that are there again under the same id were brought in anew by somebody: not by a purge.
  await sql`insert into request_media (request_id, agency_id, media_id, content_id, sha256, size_bytes, is_gone)
    select ${request.id}::uuid, s.agency_id, s.media_id, s.content_id, (s.value ->> 'sha256')::bytea, (s.value ->> 'size_bytes')::bigint, true
    from set_aside s where s.request_id = ${withdrawal}::uuid and s.source = 'media' and s.media_id = any(${ids}::uuid[])
      and not exists (select from media m where m.agency_id = s.agency_id and m.content_id = s.content_id)
    on conflict do nothing`.execute(trx);
  const objects = await sql<{ name: string }>`select object_name as name from set_aside
    where request_id = ${withdrawal}::uuid and source = 'vault_objects' and media_id = any(${ids}::uuid[])`.execute(
    trx,
  );
  await store.vault.removeAll(objects.rows.map(({ name }) => name));
  await sql`delete from set_aside where request_id = ${withdrawal}::uuid and source <> 'occurrences' and media_id = any(${ids}::uuid[])`.execute(
    trx,
  );
  // What other countries were asked with a part of it goes along.
  await sql`delete from asks k where k.media_id = any(${ids}::uuid[]) and not exists (select from media m where m.id = k.media_id)`.execute(
    trx,
  );
  await deleteContents(trx, [...new Set(rows.map(({ contentId }) => contentId))]);
  return rows.length;
};
