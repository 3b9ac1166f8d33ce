// Finds media by digest, cases by reference or title and exhibits by name, among what the viewer may see.
import { sql, type RawBuilder } from 'kysely';
import type { SearchResult } from '@redthread/core/contract';
import { kept, type Trx } from '../../store/index.js';

const DIGEST_COLUMNS = { 32: 'md5', 40: 'sha1', 64: 'sha256' } as const;

/** A query of the ids of media with this digest (hex; MD5, SHA-1 or SHA-256 by its length), or null when it is none. */
export const mediaByDigest = (text: string): RawBuilder<unknown> | null => {
  if (!/^[0-9a-f]+$/i.test(text)) return null;
  const column = DIGEST_COLUMNS[text.length as keyof typeof DIGEST_COLUMNS];
  return column === undefined ? null : sql`select id from media where ${sql.ref(column)} = decode(${text}, 'hex')`;
};

/** By part of the reference or the title, in any case. */
export const findCases = async (trx: Trx, text: string, limit: number): Promise<SearchResult['cases']> => {
  const result = await kept(sql<SearchResult['cases'][number]>`
    select id, reference, title from cases
    where position(lower(${text}) in lower(reference)) > 0 or position(lower(${text}) in lower(title)) > 0
    order by reference, id limit ${limit}`).execute(trx);
  return result.rows;
};

/** By part of the name that is shown of an exhibit: its case and its reference, with or without room around the stroke. */
export const findExhibits = async (trx: Trx, text: string, limit: number): Promise<SearchResult['exhibits']> => {
  const name = text.replace(/\s*\/\s*/g, '/');
  // The case alone names the case, which is found itself, and not each of its exhibits.
  const within = name.includes('/') ? sql`c.reference || '/' || e.reference` : sql`e.reference`;
  const result = await kept(sql<SearchResult['exhibits'][number]>`
    select e.id, e.reference, c.id as "caseId", c.reference as "caseReference"
    from exhibits e join cases c on c.id = e.case_id
    where position(lower(${name}) in lower(${within})) > 0
    order by c.reference, e.reference, e.id limit ${limit}`).execute(trx);
  return result.rows;
};
