// A version of a list as an import leaves it: its files, its row, and the media that stand on it. For worlds that are written row by row.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Polarity } from '../../packages/core/src/index/index.js';
import { entryOf } from '../../packages/server/src/formats/lists/index.js';
import { VersionWriter } from '../../packages/server/src/lists/index.js';
import type { Store } from '../../packages/server/src/store/index.js';

export interface ListToStore {
  readonly id?: string;
  readonly agencyId: string;
  readonly userId: string;
  readonly name: string;
  readonly polarity?: Polarity;
  readonly operationId?: string | null;
  readonly expiresAt?: Date | null;
  readonly createdAt?: Date;
  /** MD5, in hex. */
  readonly digests: readonly string[];
}

export const storeList = async ({ lists, owner }: Store<'owner'>, list: ListToStore): Promise<string> => {
  const { agencyId, digests, id = randomUUID(), name, polarity = 'known-bad' } = list;
  const ref = { id, agencyId, polarity };
  const writer = await VersionWriter.open(lists.folders.build(id), ref);
  for (const md5 of digests) writer.add(entryOf({ place: '', md5 }));
  const counts = await writer.finish();
  lists.folders.publish(id);
  await owner.transaction().execute(async (trx) => {
    await trx
      .insertInto('lists')
      .values({
        id,
        agency_id: agencyId,
        operation_id: list.operationId ?? null,
        name,
        polarity,
        version: '1',
        source_name: `${name}.txt`,
        source_sha256: Buffer.alloc(32, 1),
        entry_count: counts.digests,
        item_count: counts.entries,
        files_sha256: counts.checksum,
        expires_at: list.expiresAt ?? null,
        created_by: list.userId,
      })
      .execute();
    if (list.createdAt !== undefined)
      await sql`update lists set created_at = ${list.createdAt} where id = ${id}::uuid`.execute(trx);
    await lists.markAll(trx, ref);
  });
  return id;
};
