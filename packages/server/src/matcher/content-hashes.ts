// The hashes that the indexes hold, read from the database: those of contents that have signals and that an agency holds.
import { sql, type Kysely } from 'kysely';
import { HASH_BYTES } from '@redthread/core/kernels';
import { edgeHash, pdq, type Signal } from '@redthread/core/signals';
import type { Database } from '../store/index.js';
import type { ContentHashes } from './index/packing.js';

interface HashRow extends Omit<Signal, 'value'> {
  readonly contentId: number;
  readonly value: Buffer | null;
}

const INDEXED = sql`(s.method, s.version) in ((${pdq.name}, ${pdq.version}), (${edgeHash.name}, ${edgeHash.version}))`;
const HASH = sql`substring(s.value from 1 for ${HASH_BYTES}) as value`;

/** What the indexes should hold of these contents now; one that nobody may find has no signals. */
export const readHashes = async (db: Kysely<Database>, contentIds: readonly number[]): Promise<ContentHashes[]> => {
  const { rows } = await sql<HashRow>`
    select c.id as "contentId", s.method, s.version, s.quality, ${HASH}
    from unnest(${[...contentIds]}::bigint[]) as c (id) left join signals s on s.content_id = c.id and ${INDEXED}
      and exists (select from media m where m.content_id = c.id)
    order by c.id`.execute(db);
  return grouped(rows);
};

export interface HashPage {
  readonly contents: readonly ContentHashes[];
  /** Highest id that was looked at; null: there was none. */
  readonly last: number | null;
}

/** The next `limit` contents after `after`, without those that have nothing to be found by. */
export const readHashPage = async (db: Kysely<Database>, after: number, limit: number): Promise<HashPage> => {
  // One statement, so that the page and its last id are of one moment.
  const { rows } = await sql<HashRow>`
    with page as (select id from contents where id > ${after} order by id limit ${limit})
    select p.id as "contentId", s.method, s.version, s.quality, ${HASH}
    from page p left join signals s on s.content_id = p.id and ${INDEXED}
      and exists (select from media m where m.content_id = p.id)
    order by p.id`.execute(db);
  const contents = grouped(rows);
  return { contents: contents.filter(({ signals }) => signals.length > 0), last: contents.at(-1)?.contentId ?? null };
};

const grouped = (rows: readonly HashRow[]): ContentHashes[] => {
  const contents: { contentId: number; signals: Signal[] }[] = [];
  for (const { contentId, value, ...signal } of rows) {
    let content = contents.at(-1);
    if (content?.contentId !== contentId) contents.push((content = { contentId, signals: [] }));
    if (value !== null) content.signals.push({ ...signal, value });
  }
  return contents;
};
