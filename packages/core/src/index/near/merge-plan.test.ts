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
    expect(mergeGroup([sized(4e6), sized(4e6), sized(4e6), sized(4e6)])).toBeNull();
  });

  it('is due for a segment of which a third was removed, and to purge for any', () => {
    const [little, much] = [sized(1_000, 100), sized(1_000, 1_000)];
    expect(wastefulSegments([sized(1_000), little, much], false)).toEqual([much]);
    expect(wastefulSegments([sized(1_000), little, much], true)).toEqual([little, much]);
  });
});
