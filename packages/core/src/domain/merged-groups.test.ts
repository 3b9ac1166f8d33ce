import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreedPairs, isAgreed, mergedGroups, type MergeClaim } from './merged-groups.js';

const AGENCIES = ['alpha', 'beta', 'gamma'];
const RECORDS = Array.from({ length: 12 }, (_, i) => `r${String(i).padStart(2, '0')}`);
const holder = (id: string): string => AGENCIES[Number(id.slice(1)) % AGENCIES.length] ?? '';
const record = fc.constantFrom(...RECORDS);
const claim: fc.Arbitrary<MergeClaim> = fc
  .tuple(record, record, fc.constantFrom(...AGENCIES))
  .map(([a, b, by]) => ({ a, b, by, agencyA: holder(a), agencyB: holder(b) }));
const claims = fc.array(claim, { maxLength: 40 });

/** Groups as sets, whatever their names. */
const partition = (of: readonly MergeClaim[]): string => {
  const groups = new Map<string, string[]>();
  for (const [id, group] of mergedGroups(RECORDS, of)) groups.set(group, [...(groups.get(group) ?? []), id].sort());
  return JSON.stringify([...groups].sort());
};

/** By the definition: the closure of the pairs that count. */
const byClosure = (of: readonly MergeClaim[]): string => {
  const agreed = [...agreedPairs(of).values()];
  const groups = RECORDS.map((id) => {
    const seen = new Set([id]);
    for (let before = 0; before !== seen.size;) {
      before = seen.size;
      for (const [a, b] of agreed) if (seen.has(a) || seen.has(b)) seen.add(a).add(b);
    }
    return [...seen].sort();
  });
  return JSON.stringify([...new Map(groups.map((ids) => [ids[0] ?? '', ids]))].sort());
};

describe('merged groups', () => {
  it('are the closure of what counts', () => {
    fc.assert(
      fc.property(claims, (of) => {
        expect(partition(of)).toBe(byClosure(of));
      }),
    );
  });

  it('do not depend on the order in which anything was said, nor on its direction', () => {
    fc.assert(
      fc.property(claims, fc.infiniteStream(fc.nat()), (of, keys) => {
        const shuffled = of.map((one) => [keys.next().value ?? 0, one] as const).sort((x, y) => x[0] - y[0]);
        const turned = shuffled.map(([, { a, b, agencyA, agencyB, by }]) => ({
          a: b,
          b: a,
          agencyA: agencyB,
          agencyB: agencyA,
          by,
        }));
        expect(partition(turned)).toBe(partition(of));
      }),
    );
  });

  it('are after a merge that was taken back what they were before, for whatever part a viewer sees', () => {
    fc.assert(
      fc.property(claims, claims, fc.func(fc.boolean()), (before, merged, isSeen) => {
        const seen = before.filter((one) => isSeen(one));
        const inForce = [...before, ...merged].filter((one) => !merged.includes(one));
        expect(partition(inForce)).toBe(partition(before));
        expect(partition(inForce.filter((one) => isSeen(one)))).toBe(partition(seen));
      }),
    );
  });

  it('forget what is shared no longer: only what is seen decides', () => {
    fc.assert(
      fc.property(claims, fc.constantFrom(...AGENCIES), (of, hidden) => {
        const seen = of.filter(({ by }) => by !== hidden);
        expect(partition(seen)).toBe(byClosure(seen));
        // Without the word of the agency that holds a record nobody can make it one with anything.
        for (const [id, group] of mergedGroups(RECORDS, seen)) if (holder(id) === hidden) expect(group).toBe(id);
      }),
    );
  });
});

describe('a merge', () => {
  const own: MergeClaim = { a: 'r00', b: 'r03', agencyA: 'alpha', agencyB: 'alpha', by: 'alpha' };
  const proposed: MergeClaim = { a: 'r00', b: 'r01', agencyA: 'alpha', agencyB: 'beta', by: 'alpha' };

  it('of own records counts at once; of another agency’s it is proposed until that says so too', () => {
    expect(isAgreed(agreedPairs([own]), 'r03', 'r00')).toBe(true);
    expect(agreedPairs([proposed]).size).toBe(0);
    expect(agreedPairs([proposed, { ...proposed, by: 'gamma' }]).size).toBe(0);
    expect(isAgreed(agreedPairs([proposed, { ...proposed, by: 'beta' }]), 'r00', 'r01')).toBe(true);
  });

  it('of others’ records by somebody who holds neither never counts', () => {
    expect(agreedPairs([{ ...own, by: 'beta' }]).size).toBe(0);
  });

  it('in a circle or with itself is nothing to stumble over', () => {
    const circle = [
      own,
      { ...own, a: 'r03', b: 'r06' },
      { ...own, a: 'r06', b: 'r00' },
      { ...own, a: 'r00', b: 'r00' },
    ];
    expect(new Set(['r00', 'r03', 'r06'].map((id) => mergedGroups([], circle).get(id)))).toEqual(new Set(['r00']));
  });
});
