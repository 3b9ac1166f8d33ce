// Search by a hash, by part of a path, by a case or an exhibit: one box, whatever somebody pastes into it. On record as a search,
// with the digest of what was asked rather than its words.
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { SearchResult, StackQuery } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { audit, withContext, type ListAnswer, type Store, type Trx } from '../../store/index.js';
import { readOccurrences } from '../media/index.js';
import { readTiles } from '../stacks/index.js';
import { findCases, findExhibits, mediaByDigest } from './queries.js';

export interface SearchInput {
  readonly q: string;
  readonly limit: number;
  readonly purpose?: string | undefined;
}

/** Asks the lists about a digest, as the actor. */
export type AskLists = (ctx: Context, digest: Uint8Array) => Promise<ListAnswer>;

const NO_LISTS: ListAnswer = { asked: [], found: [], unasked: [] };

/** Results and their record are one transaction: nothing is found that is not on record. Errors: those of `askLists`. */
export const search = async (
  store: Store,
  given: Context,
  input: SearchInput,
  askLists: AskLists,
): Promise<SearchResult> => {
  const ctx = input.purpose === undefined ? given : { ...given, purpose: input.purpose };
  const text = input.q.trim();
  // Before the transaction: it holds a connection of this process, and the lists may be read first.
  const { asked, found, unasked } = isDigest(text) ? await askLists(ctx, Buffer.from(text, 'hex')) : NO_LISTS;
  return withContext(store.app, ctx, async (trx) => {
    const result: SearchResult = {
      ...(await find(trx, text, input.limit)),
      lists: found.map(({ entry: { categories }, list: { id: listId, name, polarity, version } }) => ({
        listId,
        name,
        version,
        polarity,
        categories: [...categories],
      })),
      listsAsked: asked.map(({ createdAt, digests, name, version }) => ({
        name,
        version,
        importedAt: createdAt.toISOString(),
        digests,
      })),
      listsUnasked: unasked.map(({ code, list: { name, version } }) => ({ name, version, code })),
    };
    const results = result.media.length + result.occurrences.length + result.cases.length + result.exhibits.length;
    const isNothing = results + result.lists.length === 0;
    await audit(trx, ctx, {
      type: 'search',
      object: null,
      detail: {
        by: isDigest(text) ? 'hash' : 'text',
        grades: ['identical'],
        results,
        queryDigest: createHash('sha256').update(text).digest('hex'),
        lists: isDigest(text) && (isNothing || unasked.length > 0) ? listsInWords(result) : null,
      },
    });
    return result;
  });
};

const isDigest = (text: string): boolean => mediaByDigest(text) !== null;

const askedInWords = ({ digests, importedAt, name, version }: SearchResult['listsAsked'][number]): string =>
  `${name} ${version} of ${importedAt}, ${digests} digests`;

const listsInWords = ({ listsAsked, listsUnasked }: SearchResult): string[] => [
  ...listsAsked.map(askedInWords),
  ...listsUnasked.map(({ code, name, version }) => `${name} ${version} could not be asked: ${code}`),
];

type Stored = Omit<SearchResult, 'lists' | 'listsAsked' | 'listsUnasked'>;

/** What fits `text`, as the actor of the transaction sees it; the caller puts it on record. */
export const find = async (trx: Trx, text: string, limit: number): Promise<Stored> => {
  const found = await findWithoutTiles(trx, text, limit);
  const ids = [...new Set(found.occurrences.flatMap(({ mediaId }) => mediaId ?? []))];
  const only = mediaByDigest(text) ?? (ids.length === 0 ? null : sql`select unnest(${ids}::uuid[])`);
  if (only === null) return { ...found, media: [] };
  const query: StackQuery = { limit, sort: 'copies', collapse: 'media' };
  const { items, next } = await readTiles(trx, null, query, { only });
  return { ...found, media: items, truncated: found.truncated || next !== null };
};

/** The same for whoever shows no media. */
export const findWithoutTiles = async (trx: Trx, text: string, limit: number): Promise<Omit<Stored, 'media'>> => {
  const files = { media: null, scope: null, step: 'seized' } as const;
  const digest = mediaByDigest(text);
  if (digest !== null) {
    const { items, next } = await readOccurrences(trx, { ...files, among: digest }, { limit });
    return { occurrences: items, cases: [], exhibits: [], truncated: next !== null };
  }
  const cases = await findCases(trx, text, limit);
  const exhibits = await findExhibits(trx, text, limit);
  const { items, next } = await readOccurrences(trx, { ...files, path: text }, { limit });
  const truncated = next !== null || cases.length === limit || exhibits.length === limit;
  return { occurrences: items, cases, exhibits, truncated };
};
