import { describe, expect, it } from 'vitest';
import { parseNumbers } from './numbers.js';

describe('numbers of events', () => {
  it('are single ones and ranges', () => {
    expect(parseNumbers('7')).toEqual([7]);
    expect(parseNumbers('12, 15-17')).toEqual([12, 15, 16, 17]);
  });

  it('are refused in any other form, and beyond what is erased at once', () => {
    for (const text of ['', '0', '-1', '5-3', '1-', 'all', '1;2', '1-200000', '1-60000,70000-130000'])
      expect(() => parseNumbers(text), text).toThrow('ARGUMENT_INVALID');
  });
});
