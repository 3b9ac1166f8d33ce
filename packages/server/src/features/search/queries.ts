// Finds media by digest and cases by reference or title, among what the viewer may see.
import { sql, type RawBuilder } from 'kysely';
import type { SearchResult } from '@redthread/core/contract';
import type { Trx } from '../../store/index.js';

const DIGEST_COLUMNS = { 32: 'md5', 40: 'sha1', 64: 'sha256' } as const;

/** A query of the ids of media with this digest (hex; MD5, SHA-1 or SHA-256 by its length), or null when it is none. */
export const mediaByDigest = (text: string): RawBuilder<unknown> | null => {
  if (!/^[0-9a-f]+$/i.test(text)) return null;
  const column = DIGEST_COLUMNS[text.length as keyof typeof DIGEST_COLUMNS];
  return column === undefined ? null : sql`select id from media where ${sql.ref(column)} = decode(${text}, 'hex')`;
};

/** By part of the reference or the title, in any case. */
export const findCases = async (trx: Trx, text: string, limit: number): Promise<SearchResult['cases']> => {
  const result = await sql<SearchResult['cases'][number]>`
    select id, reference, title from cases
    where position(lower(${text}) in lower(reference)) > 0 or position(lower(${text}) in lower(title)) > 0
    order by reference, id limit ${limit}`.execute(trx);
  return result.rows;
};
