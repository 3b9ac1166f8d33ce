import { describe, expect, it } from 'vitest';
import { createRandom } from '../../test-support/random.js';
import { expand, tiesByEnd, type Tie } from './expansion.js';

const tie = (a: string, b: string, strengthBits: number): Tie => ({ a, b, strengthBits });

describe('expand', () => {
  it('goes two hops, nearer first, and a way is as strong as its weakest connection', () => {
    const ties = [tie('a', 'b', 20), tie('a', 'c', 5), tie('b', 'd', 9), tie('c', 'd', 30), tie('d', 'e', 40)];
    expect(expand(tiesByEnd(ties), 'a')).toEqual([
      { end: 'b', hops: 1, strengthBits: 20, ways: 1, path: [ties[0]] },
      { end: 'c', hops: 1, strengthBits: 5, ways: 1, path: [ties[1]] },
      { end: 'd', hops: 2, strengthBits: 9, ways: 2, path: [ties[0], ties[2]] },
    ]);
    expect(expand(tiesByEnd(ties), 'z')).toEqual([]);
  });

  it('says what is near once, however it is reached as well', () => {
    const ties = [tie('a', 'b', 20), tie('a', 'c', 5), tie('b', 'c', 30)];
    expect(expand(tiesByEnd(ties), 'a').map(({ end, hops }) => [end, hops])).toEqual([
      ['b', 1],
      ['c', 1],
    ]);
  });

  it('does not depend on the order of connections', () => {
    const random = createRandom(3);
    const ends = 'abcdefghij'.split('');
    const ties = ends.flatMap((a, i) =>
      ends.slice(i + 1).flatMap((b) => (random.whole(0, 3) === 0 ? [tie(a, b, random.whole(0, 3))] : [])),
    );
    const shuffled = [...ties].sort(() => random.next() - 0.5);
    for (const start of ends) expect(expand(tiesByEnd(shuffled), start)).toEqual(expand(tiesByEnd(ties), start));
  });

  it('goes over no tie that does not lead on, and finds as much from where most ends are near', () => {
    const ends = 'abcdefgh'.split('');
    // All are near to a but the last, which all of them reach.
    const ties = ends.flatMap((one, i) =>
      ends.slice(i + 1).flatMap((other) => (one === 'a' && other === 'h' ? [] : [tie(one, other, i + 2)])),
    );
    const [last] = expand(tiesByEnd(ties), 'a').slice(-1);
    expect(last).toMatchObject({ end: 'h', hops: 2, strengthBits: 2, ways: 6 });
    const without = (end: string) => expand(tiesByEnd(ties), 'a', ({ a, b }) => a !== end && b !== end);
    expect(without('b').map(({ end }) => end)).toEqual(['c', 'd', 'e', 'f', 'g', 'h']);
    expect(without('b').at(-1)).toMatchObject({ ways: 5 });
  });
});
