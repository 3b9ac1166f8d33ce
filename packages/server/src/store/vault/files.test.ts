import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { eachOf } from './files.js';

describe('eachOf', () => {
  it('visits each, as many at a time as it may', async () => {
    const visited: number[] = [];
    let [now, most] = [0, 0];
    await eachOf([1, 2, 3, 4, 5], 2, async (item) => {
      most = Math.max(most, ++now);
      await sleep(1);
      now -= 1;
      visited.push(item);
    });
    expect(visited.sort()).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });

  it('begins nothing after an error, and throws it once nothing is under way', async () => {
    const [begun, ended]: number[][] = [[], []];
    const all = eachOf([1, 2, 3, 4], 2, async (item) => {
      begun?.push(item);
      if (item === 1) throw new Error('full');
      await sleep(20);
      ended?.push(item);
    });
    await expect(all).rejects.toThrow('full');
    expect([begun, ended]).toEqual([[1, 2], [2]]);
  });
});
