// What the owner finds among the youngest, together with what others find in the segments, is what brute force finds.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  BruteForceNearIndex,
  NEAR_REACH_BITS,
  NearSegment,
  type NearHit,
  type NearPosting,
} from '@redthread/core/index';
import { LayeredIndex } from './layered-index.js';

const hashOf = (name: number, flipped = 0): Uint8Array => {
  const hash = new Uint8Array(createHash('sha256').update(String(name)).digest());
  for (let bit = 0; bit < flipped; bit += 1) hash[bit % 32] = (hash[bit % 32] ?? 0) ^ (1 << (bit >> 5));
  return hash;
};

const find = (index: LayeredIndex, hash: Uint8Array): number[] => {
  const found = new Set<number>();
  index.searchYoung(hash, NEAR_REACH_BITS, found);
  const hits: NearHit[] = [];
  for (const segment of index.segments) segment.search(hash, NEAR_REACH_BITS, hits);
  for (const { id } of hits) found.add(id);
  return [...found].sort((a, b) => a - b);
};

const copied = (group: readonly NearSegment[]): NearPosting[] =>
  group.flatMap((segment) =>
    Array.from(segment.livePostings(), ({ id, scope, hash }) => ({ id, scope, hash: hash.slice() })),
  );

describe('an index in layers', () => {
  it('finds what brute force finds, while it is filled, changed and merged', () => {
    const index = new LayeredIndex();
    const reference = new BruteForceNearIndex();
    const set = (id: number, hash: Uint8Array | null): void => {
      index.set(id, hash);
      if (hash === null) reference.remove(id);
      else reference.add(id, hash);
    };
    for (let part = 0; part < 4; part += 1) {
      const ids = Array.from({ length: 1_000 }, (_, place) => part * 1_000 + place);
      index.append(
        ids.map((id) => ({ id, scope: 0, hash: hashOf(id) })),
        ids.length,
      );
      for (const id of ids) reference.add(id, hashOf(id));
    }
    const check = (): void => {
      expect(index.size).toBe(reference.size);
      for (let name = 0; name < 4_000; name += 61) {
        const expected = reference.search(hashOf(name, 5), NEAR_REACH_BITS).map(({ id }) => id);
        expect(find(index, hashOf(name, 5))).toEqual(expected.sort((a, b) => a - b));
      }
    };
    check();
    const group = index.beginMerge(false) ?? [];
    expect(group).toHaveLength(4);
    const postings = copied(group);
    // Meanwhile near ones come, others take the place of some, and some go; enough to seal segments on the way.
    for (let id = 4_000; id < 8_000; id += 1) set(id, hashOf(id % 4_000, id % 50));
    for (let id = 0; id < 8_000; id += 7) set(id, id % 2 === 0 ? null : hashOf(id + 1_000_000));
    check();
    index.endMerge(NearSegment.build(postings, postings.length, { variant: 'shared', isSpread: true }));
    check();
    expect(index.segments.some(({ live, postings }) => live < postings)).toBe(true);
    for (let group = index.beginMerge(true); group !== null; group = index.beginMerge(true)) {
      const kept = copied(group);
      index.endMerge(NearSegment.build(kept, kept.length, { variant: 'shared', isSpread: true }));
    }
    check();
    expect(index.segments.every(({ live, postings }) => live === postings)).toBe(true);
  });

  it('gives up a merge that failed, and the next one does it', () => {
    const index = new LayeredIndex();
    for (let id = 0; id < 3_000; id += 1) index.set(id, hashOf(id));
    index.fold();
    index.set(5, null);
    const group = index.beginMerge(true);
    expect(group).not.toBeNull();
    expect(index.beginMerge(true)).toBeNull();
    index.cancelMerge();
    expect(index.beginMerge(true)).toEqual(group);
  });

  it('stays as it is when it is told the same again', () => {
    const index = new LayeredIndex();
    for (let id = 0; id < 3_000; id += 1) index.set(id, hashOf(id));
    index.fold();
    const before = index.segments;
    for (let id = 0; id < 3_000; id += 1) index.set(id, hashOf(id));
    index.set(9_999, null);
    index.fold();
    expect(index.segments).toEqual(before);
    expect(index.segments.every(({ live, postings }) => live === postings)).toBe(true);
  });
});
