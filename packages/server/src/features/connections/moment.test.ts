import { describe, expect, it } from 'vitest';
import { isBefore } from './moment.js';

describe('isBefore', () => {
  it.each([
    ['a transaction began and ended', '10:12:', '10:13:', true],
    ['the same, told the other way round', '10:13:', '10:12:', false],
    ['numbers are no text', '9:9:', '10:10:', true],
    [
      'numbers are greater than 2 to the 53rd',
      '9007199254740992:9007199254740992:',
      '9007199254740992:9007199254740993:',
      true,
    ],
    ['one that ran has ended', '10:20:10,15', '15:20:15', true],
    ['the last that ran has ended', '10:20:10', '20:20:', true],
    ['nothing happened', '10:20:10,15', '10:20:10,15', false],
  ])('%s', (_what, one, other, is) => {
    expect(isBefore(one, other)).toBe(is);
  });
});
