import { describe, expect, it } from 'vitest';
import { checkedName, checkedReference, checkedTitle } from './reference.js';

describe('a reference', () => {
  it('is what people write on a bag', () => {
    for (const name of ['ES-2026-014', '7', 'Fall 12/б', '案件']) expect(checkedReference('case', name)).toBe(name);
  });
  it('is never blank, endless, or something that a terminal obeys', () => {
    for (const name of [
      '',
      '  ',
      'a\nb',
      '\u001b[31m',
      'a\u0000',
      'a\u202eb',
      'x'.repeat(81),
      '\u200b\u2060',
      '\u3164',
    ])
      expect(() => checkedReference('case', name)).toThrow(/ARGUMENT_INVALID/);
  });
});

describe('a name and a title', () => {
  it('follow the same rule, longer', () => {
    expect(checkedName('name', 'a'.repeat(120))).toHaveLength(120);
    expect(checkedTitle('title', '')).toBe('');
    for (const name of ['', ' ', 'a\u001b[2Jb', 'a\u2028b', 'a'.repeat(121)])
      expect(() => checkedName('name', name)).toThrow(/ARGUMENT_INVALID/);
    for (const title of [' ', 'a\tb', 'a'.repeat(201)])
      expect(() => checkedTitle('title', title)).toThrow(/ARGUMENT_INVALID/);
  });
});
