// Keyset pages: an opaque cursor holds the sort values of the last row, so that no page is lost or doubled by new rows.
import { fail } from '@redthread/core/errors';

export interface Page<Row> {
  readonly items: Row[];
  readonly next: string | null;
  readonly total: number;
}

type Key = readonly (string | number)[];

const encode = (key: Key): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** The sort values of a cursor, or null for the first page. Errors: REQUEST_INVALID for one that we did not make. */
export const readCursor = <K extends Key>(
  cursor: string | undefined,
  shape: { readonly [I in keyof K]: 'string' | 'number' },
): K | null => {
  if (cursor === undefined) return null;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(key) && key.length === shape.length && key.every((value, i) => typeof value === shape[i]))
      return key as unknown as K;
  } catch {
    // Not one of ours: said below.
  }
  throw fail('REQUEST_INVALID', 'this cursor was not made by this query', { pointer: '/cursor' });
};

/** A page of the `limit + 1` rows that were read: the one too many says whether there is a next page. */
export const toPage = <Row, Item>(
  rows: readonly Row[],
  limit: number,
  total: number,
  keyOf: (row: Row) => Key,
  itemOf: (row: Row) => Item,
): Page<Item> => {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  return {
    items: kept.map(itemOf),
    next: rows.length > limit && last !== undefined ? encode(keyOf(last)) : null,
    total,
  };
};

/** The items of all pages, one page in memory. */
export async function* itemsOf<T>(
  read: (cursor: string | undefined) => Promise<{ readonly items: readonly T[]; readonly next: string | null }>,
): AsyncGenerator<T> {
  for (let cursor: string | undefined; ;) {
    const { items, next } = await read(cursor);
    yield* items;
    if (next === null) return;
    cursor = next;
  }
}
