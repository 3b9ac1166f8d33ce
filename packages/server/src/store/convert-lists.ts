// Versions of lists that lie in tables, as before migration 0044, become files; once all have, the tables go. Whatever was converted before a kill stays.
import { sql, type Kysely } from 'kysely';
import { VersionWriter } from '../lists/index.js';
import { entryOf, type ListEntry } from '../formats/lists/entry.js';
import type { ExactList } from '@redthread/core/index/exact';
import { KnownLists } from './known-lists.js';
import type { Database } from './tables.js';

const ROWS_AT_ONCE = 5_000;

interface StoredItem {
  readonly item_key: string | null;
  readonly digests: readonly Buffer[];
  readonly facts: Partial<ListEntry>;
}

/** As the owner. Errors: DISK_FULL, those of the file system. */
export const convertStoredLists = async (owner: Kysely<Database>, vaultFolder: string): Promise<void> => {
  const { rows } = await sql<{ found: string | null }>`select to_regclass('list_items')::text as found`.execute(owner);
  if (rows[0]?.found === null) return;
  const { rows: lists } = await sql<ExactList>`select id, agency_id as "agencyId", polarity from lists
    where files_sha256 is null order by id`.execute(owner);
  const known = new KnownLists(vaultFolder);
  try {
    for (const list of lists) await convert(owner, known, list);
  } finally {
    known.close();
  }
  await sql`drop table list_items, list_entries`.execute(owner);
};

const convert = async (owner: Kysely<Database>, known: KnownLists, list: ExactList): Promise<void> => {
  const { folders } = known;
  const writer = await VersionWriter.open(folders.build(list.id), list);
  await owner.transaction().execute(async (trx) => {
    const each = async <T>(query: ReturnType<typeof sql>, take: (row: T) => void): Promise<void> => {
      await sql`declare stored_list no scroll cursor for ${query}`.execute(trx);
      for (;;) {
        const { rows } = await sql<T>`fetch ${sql.lit(ROWS_AT_ONCE)} from stored_list`.execute(trx);
        if (rows.length === 0) break;
        rows.forEach(take);
      }
      await sql`close stored_list`.execute(trx);
    };
    await each<StoredItem>(
      sql`select item_key, digests, facts from list_items where list_id = ${sql.lit(list.id)}::uuid order by id`,
      ({ item_key, digests, facts }) => writer.add(entryOf({ ...facts, place: '', key: item_key, ...named(digests) })),
    );
    await each<{ digest: Buffer }>(
      sql`select digest from list_entries where list_id = ${sql.lit(list.id)}::uuid
        except select unnest(digests) from list_items where list_id = ${sql.lit(list.id)}::uuid order by 1`,
      ({ digest }) => writer.add(entryOf({ place: '', ...named([digest]) })),
    );
    const { checksum, entries } = await writer.finish();
    folders.publish(list.id);
    await known.markAll(trx, list);
    await sql`update lists set files_sha256 = ${checksum}, item_count = ${entries} where id = ${list.id}::uuid`.execute(
      trx,
    );
  });
};

const KINDS: Readonly<Record<number, 'md5' | 'sha1' | 'sha256'>> = { 16: 'md5', 20: 'sha1', 32: 'sha256' };

const named = (digests: readonly Buffer[]): Partial<ListEntry> =>
  Object.fromEntries(digests.map((digest) => [KINDS[digest.length], digest.toString('hex')]));
