import { describe, expect, it } from 'vitest';
import { fail } from './redthread-error.js';
import { inFull, saying } from './said.js';

describe('saying', () => {
  it('keeps the values apart from the sentence', () => {
    expect(saying`case ${'ES-1'} has ${2} holds`).toEqual({
      sentence: 'case {0} has {1} holds',
      values: ['ES-1', '2'],
    });
  });

  it('puts each value where it stands, and reads none as a sentence', () => {
    expect(inFull(saying`${'{1}'} and ${'$&'}`)).toBe('{1} and $&');
    expect(inFull({ sentence: '{1} before {0}', values: ['b', 'a'] })).toBe('a before b');
    expect(inFull({ sentence: 'nothing for {3}', values: [] })).toBe('nothing for {3}');
  });

  it('is told in full by an error, and kept beside it where there are values', () => {
    const error = fail('NOT_FOUND', saying`no exhibit ${'ES-1/7'}`);
    expect(error.detail).toBe('no exhibit ES-1/7');
    expect(error.said).toEqual({ sentence: 'no exhibit {0}', values: ['ES-1/7'] });
    expect(fail('NOT_FOUND', 'no such case').said).toBeUndefined();
  });
});
