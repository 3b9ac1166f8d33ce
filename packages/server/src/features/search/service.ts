// Search by a hash, by part of a path, by a case or an exhibit: one box, whatever somebody pastes into it. On record as a search,
// with the digest of what was asked rather than its words.
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { SearchResult, StackQuery } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { readOccurrences } from '../media/index.js';
import { readTiles } from '../stacks/index.js';
import { findCases, findExhibits, mediaByDigest } from './queries.js';

export interface SearchInput {
  readonly q: string;
  readonly limit: number;
  readonly purpose?: string | undefined;
}

/** Results and their record are one transaction: nothing is found that is not on record. */
export const search = (store: Store, given: Context, input: SearchInput): Promise<SearchResult> => {
  const ctx = input.purpose === undefined ? given : { ...given, purpose: input.purpose };
  const text = input.q.trim();
  return withContext(store.app, ctx, async (trx) => {
    const { asked, found } = isDigest(text)
      ? await store.lists.ask(trx, Buffer.from(text, 'hex'))
      : { asked: [], found: [] };
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
        lists: isNothing && isDigest(text) ? result.listsAsked.map(askedInWords) : null,
      },
    });
    return result;
  });
};

const isDigest = (text: string): boolean => mediaByDigest(text) !== null;

const askedInWords = ({ digests, importedAt, name, version }: SearchResult['listsAsked'][number]): string =>
  `${name} ${version} of ${importedAt}, ${digests} digests`;

type Stored = Omit<SearchResult, 'lists' | 'listsAsked'>;

const tiles = (limit: number): StackQuery => ({ limit, sort: 'copies', collapse: 'media' });

/** What fits `text`, as the actor of the transaction sees it; the caller puts it on record. */
export const find = async (trx: Trx, text: string, limit: number): Promise<Stored> => {
  const digest = mediaByDigest(text);
  if (digest !== null) {
    const media = await readTiles(trx, null, tiles(limit), { only: digest });
    const files = await readOccurrences(trx, { media: null, scope: null, step: 'seized', among: digest }, { limit });
    return {
      media: media.items,
      occurrences: files.items,
      cases: [],
      exhibits: [],
      truncated: media.next !== null || files.next !== null,
    };
  }
  const cases = await findCases(trx, text, limit);
  const exhibits = await findExhibits(trx, text, limit);
  const files = await readOccurrences(trx, { media: null, scope: null, step: 'seized', path: text }, { limit });
  const ids = [...new Set(files.items.flatMap(({ mediaId }) => mediaId ?? []))];
  const media =
    ids.length === 0
      ? []
      : (await readTiles(trx, null, tiles(limit), { only: sql`select unnest(${ids}::uuid[])` })).items;
  const truncated = files.next !== null || cases.length === limit || exhibits.length === limit;
  return { media, occurrences: files.items, cases, exhibits, truncated };
};
