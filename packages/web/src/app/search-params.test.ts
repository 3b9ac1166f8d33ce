import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Flag, parseSearch, searchReader, stringifySearch } from './search-params.js';

describe('search parameters', () => {
  const read = searchReader({ size: z.coerce.number().int().min(96), at: z.uuid(), loupe: Flag, q: z.string() });

  it('reads what fits and leaves out what does not', () => {
    expect(read({ size: '200', at: 'no', loupe: 'true', q: '1e9', other: 'x' })).toEqual({
      size: 200,
      loupe: true,
      q: '1e9',
    });
    expect(read({ size: '20' })).toEqual({});
  });

  it('goes round: text, object, text', () => {
    const text = stringifySearch({ q: '0012 a&b', size: 160, loupe: false, at: undefined });
    expect(text).toBe('?q=0012+a%26b&size=160');
    expect(parseSearch(text)).toEqual({ q: '0012 a&b', size: '160' });
    expect(stringifySearch({})).toBe('');
  });
});
