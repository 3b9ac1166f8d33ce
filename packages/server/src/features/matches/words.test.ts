import { expect, it } from 'vitest';
import type { Reason } from '@redthread/core/contract';
import { matchInWords } from './words.js';

const reason = (orientation: 'upright' | 'mirror'): Reason => ({
  method: 'pdq',
  version: 1,
  grade: 'same content',
  value: 8,
  threshold: 31,
  unit: 'bits',
  bits: 18,
  where: { a: { orientation: 'upright' }, b: { orientation } },
});
const match = (orientation: 'upright' | 'mirror') =>
  ({ ...reason(orientation), grade: 'same content', reasons: [reason(orientation)] }) as const;

it('says what was measured against which threshold', () => {
  expect(matchInWords(match('upright'))).toBe('The same picture: pdq v1 measured 8 of at most 31 bits.');
});

it('says how the copy is turned', () => {
  expect(matchInWords(match('mirror'))).toMatch(/^The same picture, mirrored: /);
});

it('needs no measurement for the same bytes', () => {
  expect(matchInWords({ ...match('upright'), grade: 'identical' })).toBe('The same file, byte for byte.');
});
