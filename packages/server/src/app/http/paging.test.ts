import { describe, expect, it } from 'vitest';
import { readCursor, toPage } from './paging.js';

const page = (rows: readonly number[], limit: number) => toPage(rows, limit, 9, (row) => [row, 'x'], String);

describe('keyset pages', () => {
  it('end where there is no row beyond the limit', () => {
    expect(page([1, 2], 2)).toEqual({ items: ['1', '2'], next: null, total: 9 });
    expect(page([], 2)).toEqual({ items: [], next: null, total: 9 });
  });

  it('go on after the last row that was shown', () => {
    const { items, next } = page([1, 2, 3], 2);
    expect(items).toEqual(['1', '2']);
    expect(readCursor(next ?? undefined, ['number', 'string'])).toEqual([2, 'x']);
  });

  it('refuse a cursor of another query, and one that is none', () => {
    const { next } = page([1, 2, 3], 2);
    expect(() => readCursor(next ?? undefined, ['string'])).toThrow(/REQUEST_INVALID/);
    expect(() => readCursor('not a cursor', ['number'])).toThrow(/REQUEST_INVALID/);
    expect(readCursor(undefined, ['number'])).toBeNull();
  });
});
