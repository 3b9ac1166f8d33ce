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

it('says when, of what has a length', () => {
  const where = { a: { timeRange: { startMs: 5_000, endMs: 14_000 } }, b: { timeRange: { startMs: 0, endMs: 9_000 } } };
  const film = {
    ...reason('upright'),
    method: 'film-frames',
    grade: 'partial',
    unit: 'frames',
    threshold: 3,
    where,
  } as const;
  expect(matchInWords({ ...film, reasons: [film] })).toBe(
    'A stretch of the same film, 0:05–0:14 here, 0:00–0:09 there: film-frames v1 measured 8 of at least 3 frames.',
  );
  const still = {
    ...film,
    method: 'film-still',
    unit: 'bits',
    where: { ...where, b: { timeRange: { startMs: 0, endMs: 0 } } },
  };
  expect(matchInWords({ ...still, reasons: [still] })).toMatch(
    /^A picture that the film shows, 0:05–0:14 here: film-still /,
  );
});
