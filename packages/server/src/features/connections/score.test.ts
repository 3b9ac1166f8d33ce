import { expect, it } from 'vitest';
import { evidenceBits, IDENTICAL_BITS } from './score.js';

it('gives full weight to what only these two exhibits hold', () => {
  expect(evidenceBits('identical', 0, 2)).toBe(IDENTICAL_BITS);
  expect(evidenceBits('same content', 18, 2)).toBe(18);
});

it('takes one bit for each doubling of the exhibits that hold it', () => {
  expect(evidenceBits('identical', 0, 4)).toBe(IDENTICAL_BITS - 1);
  expect(evidenceBits('same content', 18, 64)).toBe(13);
});
