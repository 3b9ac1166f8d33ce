// Stacks depend on media and matches alone: any order of arrival, incremental or at once, gives the same; sameness does not chain.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareRank, computeStacks, restack, type StackMember } from './index.js';

const member = (id: string, pixelCount: number): StackMember => ({ id, pixelCount, byteCount: 1, sha256: id });

interface World {
  readonly members: readonly StackMember[];
  readonly edges: readonly (readonly [number, number])[];
}

/** Few sizes, so that ties are common. */
const worlds: fc.Arbitrary<World> = fc
  .array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 14 })
  .chain((sizes) =>
    fc.record({
      members: fc.constant(sizes.map((size, i) => member(`m${i}`, size))),
      edges: fc.array(fc.tuple(fc.nat(sizes.length - 1), fc.nat(sizes.length - 1)), { maxLength: 30 }),
    }),
  );

const neighboursIn = ({ members, edges }: World): Map<string, Set<string>> => {
  const neighbours = new Map(members.map(({ id }) => [id, new Set<string>()]));
  for (const [i, j] of edges) {
    if (i === j) continue;
    neighbours.get(members[i]!.id)!.add(members[j]!.id);
    neighbours.get(members[j]!.id)!.add(members[i]!.id);
  }
  return neighbours;
};

describe('computeStacks', () => {
  it('does not chain: a neighbour of a neighbour stands apart', () => {
    const members = [member('a', 9), member('b', 5), member('c', 4)];
    const neighbours = neighboursIn({
      members,
      edges: [
        [0, 1],
        [1, 2],
      ],
    });
    const stacks = computeStacks(members, (id) => neighbours.get(id)!);
    expect(Object.fromEntries(stacks)).toEqual({ a: 'a', b: 'a', c: 'c' });
  });

  it('gives every member a representative that it matches, and every other medium its own stack', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const neighbours = neighboursIn(world);
        const stacks = computeStacks(world.members, (id) => neighbours.get(id)!);
        for (const { id } of world.members) {
          const representative = stacks.get(id)!;
          expect(stacks.get(representative)).toBe(representative);
          if (representative !== id) expect(neighbours.get(id)!.has(representative)).toBe(true);
          else for (const other of neighbours.get(id)!) expect(stacks.get(other)).not.toBe(other);
        }
      }),
    );
  });

  it('ranks by pixels, bytes, digest', () => {
    const [large, small] = [member('z', 9), member('a', 3)];
    expect([small, large].sort(compareRank)).toEqual([large, small]);
    expect(compareRank({ ...small, byteCount: 5 }, small)).toBeLessThan(0);
    expect(compareRank(member('a', 3), member('b', 3))).toBeLessThan(0);
  });
});

describe('restack', () => {
  it('equals computing all anew, whatever the order of arrival', () => {
    fc.assert(
      fc.property(worlds, fc.infiniteStream(fc.nat()), (world, random) => {
        const all = neighboursIn(world);
        const stream = random[Symbol.iterator]();
        const order = world.members
          .map((one) => ({ one, at: stream.next().value as number }))
          .sort((x, y) => x.at - y.at)
          .map(({ one }) => one);
        const present = new Map<string, StackMember>();
        const stacks = new Map<string, string>();
        for (const one of order) {
          present.set(one.id, one);
          for (const [id, next] of restack([one.id], present, (id) => all.get(id)!, stacks)) stacks.set(id, next);
          expect(stacks).toEqual(new Map(computeStacks(present.values(), (id) => all.get(id)!)));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('takes back a match', () => {
    const members = new Map([member('a', 9), member('b', 5), member('c', 4)].map((one) => [one.id, one]));
    const neighbours: Record<string, string[]> = { a: [], b: ['c'], c: ['b'] };
    const before = new Map([
      ['a', 'a'],
      ['b', 'a'],
      ['c', 'c'],
    ]);
    const changes = restack(['a', 'b'], members, (id) => neighbours[id]!, before);
    expect(Object.fromEntries(changes)).toEqual({ b: 'b', c: 'b' });
  });
});
