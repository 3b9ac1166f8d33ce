import { describe, expect, it } from 'vitest';
import { mergeGroup, wastefulSegments } from './merge-plan.js';

const sized = (live: number, removed = 0) => ({ live, postings: live + removed });

describe('a merge', () => {
  it('is due when there are four of a size, the smallest first', () => {
    expect(mergeGroup([])).toBeNull();
    expect(mergeGroup([sized(2_048), sized(2_048), sized(2_048), sized(60_000)])).toBeNull();
    const small = [sized(2_048), sized(3_000), sized(5_000), sized(8_000)];
    const large = [sized(500_000), sized(500_000), sized(500_000), sized(500_000)];
    expect(mergeGroup([...large, ...small])).toEqual(small);
    expect(mergeGroup(large)).toEqual(large);
  });

  it('makes no segment that is larger than a memory may be', () => {
    expect(mergeGroup([sized(7e6), sized(7e6), sized(7e6), sized(7e6)])).toBeNull();
  });

  it('takes as many as fit, so that it never stops for good', () => {
    const many = Array.from({ length: 40 }, () => sized(3.4e6));
    expect(mergeGroup(many)).toEqual(many.slice(0, 3));
    expect(mergeGroup([sized(8e6), sized(6e6), sized(7e6), sized(6e6)])).toEqual([sized(6e6), sized(6e6)]);
    // To the end: no four of a size are left of which two would fit.
    let left: { live: number; postings: number }[] = many;
    for (let group = mergeGroup(left); group !== null; group = mergeGroup(left)) {
      const taken = new Set(group);
      left = [...left.filter((segment) => !taken.has(segment)), sized(group.reduce((sum, { live }) => sum + live, 0))];
    }
    expect(left.length).toBeLessThan(17);
    expect(Math.max(...left.map(({ live }) => live))).toBeLessThanOrEqual(13e6);
  });

  it('is due for a segment of which a third was removed, and to purge for any', () => {
    const [little, much] = [sized(1_000, 100), sized(1_000, 1_000)];
    expect(wastefulSegments([sized(1_000), little, much], false)).toEqual([much]);
    expect(wastefulSegments([sized(1_000), little, much], true)).toEqual([little, much]);
  });
});
