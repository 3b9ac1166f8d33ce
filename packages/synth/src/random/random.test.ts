import { describe, expect, it } from 'vitest';
import { createRandom } from './random.js';

const take = (seed: string, count: number): number[] => {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => random.next());
};

describe('createRandom', () => {
  it('repeats for the same seed and differs for another', () => {
    expect(take('a', 20)).toEqual(take('a', 20));
    expect(take('a', 20)).not.toEqual(take('b', 20));
  });

  it('forks streams that do not move their parent', () => {
    const plain = createRandom('x');
    const forked = createRandom('x');
    forked.fork('child').next();
    expect(forked.next()).toBe(plain.next());
  });

  it('keeps whole numbers within both ends and reaches them', () => {
    const random = createRandom('ints');
    const seen = new Set(Array.from({ length: 500 }, () => random.int(2, 5)));
    expect([...seen].sort()).toEqual([2, 3, 4, 5]);
  });

  it('shuffles a copy without losing anything', () => {
    const items = [1, 2, 3, 4, 5, 6, 7, 8];
    const shuffled = createRandom('s').shuffle(items);
    expect(items).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect([...shuffled].sort()).toEqual(items);
  });

  it('draws normal numbers with mean 0 and deviation 1', () => {
    const random = createRandom('gauss');
    const values = Array.from({ length: 20_000 }, () => random.gauss());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });
});
