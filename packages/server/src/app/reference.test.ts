import { describe, expect, it } from 'vitest';
import { checkedReference } from './reference.js';

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
