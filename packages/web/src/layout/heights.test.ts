import { describe, expect, it } from 'vitest';
import { heightsOf } from './heights.js';

describe('heights of a long list', () => {
  it('takes the estimate for what was not drawn', () => {
    const heights = heightsOf(5, 40);
    expect(heights.whole()).toBe(200);
    expect([0, 1, 5].map(heights.top)).toEqual([0, 40, 200]);
    expect([-3, 0, 39, 40, 199, 200, 9_000].map(heights.at)).toEqual([0, 0, 0, 1, 4, 4, 4]);
  });

  it('keeps what was measured, and says what is news', () => {
    const heights = heightsOf(5, 40);
    expect(heights.measured(1, 100)).toBe(true);
    expect(heights.measured(1, 100.2)).toBe(false);
    expect([0, 1, 2, 5].map(heights.top)).toEqual([0, 40, 140, 260]);
    expect([39, 40, 139, 140].map(heights.at)).toEqual([0, 1, 1, 2]);
    expect(heights.measured(1, 20)).toBe(true);
    expect(heights.whole()).toBe(180);
  });

  it('has no row where there is none', () => {
    const heights = heightsOf(0, 40);
    expect([heights.whole(), heights.at(10)]).toEqual([0, 0]);
  });

  it('says of two million rows what plain sums say', () => {
    const rows = 2_000_000;
    const heights = heightsOf(rows, 44);
    const known = new Map<number, number>();
    for (let i = 0; i < 3_000; i += 1) {
      const row = (i * 7919 + i * i * 31) % rows;
      const px = 20 + ((i * 37) % 400);
      known.set(row, px);
      heights.measured(row, px);
    }
    const topOf = (row: number): number => {
      let px = row * 44;
      for (const [other, own] of known) if (other < row) px += own - 44;
      return px;
    };
    for (const row of [0, 1, 7919, 1_000_000, 1_999_999, rows]) expect(heights.top(row)).toBeCloseTo(topOf(row), 3);
    for (const row of [0, 500_000, 1_234_567, 1_999_999]) {
      expect(heights.at(heights.top(row))).toBe(row);
      expect(heights.at(heights.top(row + 1) - 1)).toBe(row);
    }
  });
});
