import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canvasHeight, listTop, scrollTop, windowsOf } from './windows.js';

describe('windows', () => {
  it('hold every place of a stretch, and none that is not there', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(300), fc.nat(5000), (from, length, total) => {
        const numbers = windowsOf({ from, to: from + length }, total, 100);
        for (let place = from; place <= Math.min(total - 1, from + length); place += 1)
          expect(numbers).toContain(Math.floor(place / 100));
        for (const number of numbers) expect(number * 100).toBeLessThan(total);
      }),
    );
    expect(windowsOf({ from: -40, to: 40 }, 500, 100)).toEqual([0]);
    expect(windowsOf({ from: 0, to: 10 }, 0, 100)).toEqual([]);
  });
});

describe('a list that is taller than any box', () => {
  it('is scrolled from end to end, and back to where it was', () => {
    for (const height of [3_000, 53_000_000]) {
      expect(listTop(0, height, 800)).toBe(0);
      expect(listTop(canvasHeight(height) - 800, height, 800)).toBeCloseTo(height - 800, 0);
      expect(listTop(scrollTop(2_000, height, 800), height, 800)).toBeCloseTo(2_000, 3);
    }
    expect(canvasHeight(3_000)).toBe(3_000);
  });
});
