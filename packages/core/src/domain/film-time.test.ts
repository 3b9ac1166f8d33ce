import { expect, it } from 'vitest';
import { filmRange, filmTime } from './film-time.js';

it('counts as players do', () => {
  expect([0, 4_999, 750_000, 3_723_000].map(filmTime)).toEqual(['0:00', '0:04', '12:30', '1:02:03']);
});

it('writes a stretch with both ends, and a moment once', () => {
  expect(filmRange({ startMs: 4_000, endMs: 12_500 })).toBe('0:04–0:12');
  expect(filmRange({ startMs: 4_100, endMs: 4_600 })).toBe('0:04');
});
