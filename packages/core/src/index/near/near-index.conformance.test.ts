// One suite for every near index: its answers equal those of brute force, on random, clustered and degenerate hashes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flipBits, population, randomHash, randomSource } from '../../../test-support/hashes.js';
import { distanceBits256 } from '../../kernels/index.js';
import {
  BruteForceNearIndex,
  NEAR_REACH_BITS,
  ScopeSet,
  SegmentedNearIndex,
  type NearHit,
  type NearIndex,
} from '../index.js';

const INDEXES: Readonly<Record<string, () => NearIndex>> = {
  BruteForceNearIndex: () => new BruteForceNearIndex(),
  SegmentedNearIndex: () => new SegmentedNearIndex(),
  'SegmentedNearIndex of tiny segments in shared memory': () =>
    new SegmentedNearIndex({ headLimit: 8, variant: 'shared' }),
};

/** What the answer must be, from the definition alone. */
const expected = (stored: ReadonlyMap<number, Uint8Array>, hash: Uint8Array, radiusBits: number): NearHit[] =>
  [...stored]
    .map(([id, other]) => ({ id, distanceBits: distanceBits256(hash, other) }))
    .filter((hit) => hit.distanceBits <= radiusBits)
    .sort((a, b) => a.distanceBits - b.distanceBits || a.id - b.id);

describe.each(Object.entries(INDEXES))('%s', (_name, create) => {
  it.each([40, 4000])('finds exactly what brute force finds among %i hashes', (count) => {
    const stored = population(count, count);
    const index = create();
    for (const [id, hash] of stored) index.add(id, hash);
    expect(index.size).toBe(count);
    const random = randomSource(count + 1);
    const hashes = [...stored.values()];
    let found = 0;
    for (let query = 0; query < 60; query++) {
      const hash = query % 4 === 0 ? randomHash(random) : flipBits(hashes[random() % count]!, random() % 41, random);
      for (const radius of [0, 1, 15, 16, 17, 31, 32, NEAR_REACH_BITS]) {
        const hits = index.search(hash, radius);
        expect(hits).toEqual(expected(stored, hash, radius));
        found += hits.length;
      }
    }
    expect(found).toBeGreaterThan(60);
  });

  it('stays exact through any order of adding, replacing and removing', () => {
    // Hashes of few distinct bytes, so that ids share buckets and radii are met exactly.
    const hash = fc.uint8Array({ minLength: 32, maxLength: 32, max: 1 });
    const step = fc.record({ id: fc.integer({ min: 0, max: 12 }), hash: fc.option(hash, { nil: null }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), hash, fc.integer({ min: 0, max: 40 }), (steps, query, radius) => {
        const index = create();
        const stored = new Map<number, Uint8Array>();
        for (const { id, hash } of steps) {
          if (hash === null) expect(index.remove(id)).toBe(stored.delete(id));
          else {
            index.add(id, hash);
            stored.set(id, hash);
          }
          expect(index.has(id)).toBe(stored.has(id));
        }
        expect(index.size).toBe(stored.size);
        expect(index.search(query, radius)).toEqual(expected(stored, query, radius));
      }),
      { numRuns: 150 },
    );
  });

  it('stays exact when half of a large population is removed and others take its place', () => {
    const stored = population(3000, 5);
    const index = create();
    for (const [id, hash] of stored) index.add(id, hash);
    const random = randomSource(9);
    for (const id of [...stored.keys()]) {
      if (random() % 2 === 0) continue;
      stored.delete(id);
      expect(index.remove(id)).toBe(true);
    }
    for (const [id, hash] of population(900, 11)) {
      stored.set(-id, hash);
      index.add(-id, hash);
    }
    for (const hash of [...stored.values()].slice(0, 50)) {
      expect(index.search(hash, NEAR_REACH_BITS)).toEqual(expected(stored, hash, NEAR_REACH_BITS));
    }
  });

  it('finds every pair at each distance up to its reach', () => {
    const random = randomSource(77);
    const index = create();
    for (const [id, hash] of population(2000, 3)) index.add(id + 1e6, hash);
    for (let distance = 0; distance <= NEAR_REACH_BITS; distance++) {
      const hash = randomHash(random);
      index.add(distance, flipBits(hash, distance, random));
      expect(index.search(hash, distance)).toContainEqual({ id: distance, distanceBits: distance });
    }
  });

  it('shows an asker what he may see, and counts and limits nothing else', () => {
    const index = create();
    const stored = population(500, 21);
    const scopesOf = (id: number): number[] => (id % 3 === 0 ? [2, 70] : [id % 5]);
    for (const [id, hash] of stored) index.add(id, hash, scopesOf(id));
    for (const [asked, hash] of [...stored].slice(0, 40)) {
      for (const scopes of [[2], [70, 4], [9], [0, 1, 2, 3, 4]]) {
        const seen = [...stored].filter(([id]) => scopesOf(id).some((scope) => scopes.includes(scope)));
        const hits = index.search(hash, 31, { visible: new ScopeSet(scopes) });
        expect(hits, `id ${asked}`).toEqual(expected(new Map(seen), hash, 31));
        expect(index.search(hash, 31, { visible: new ScopeSet(scopes), limit: 2 })).toEqual(hits.slice(0, 2));
      }
    }
    expect(() => index.add(1, new Uint8Array(32), [-1])).toThrow(/HASH_INVALID.*scope -1/);
    expect(() => index.add(1, new Uint8Array(32), [])).toThrow(/HASH_INVALID.*one scope at least/);
  });

  it('answers an empty index with nothing', () => {
    expect(create().search(new Uint8Array(32), 40)).toEqual([]);
    expect(create().remove(1)).toBe(false);
  });

  it('refuses wrong hashes, ids and radii by code', () => {
    const index = create();
    expect(() => index.add(1, new Uint8Array(31))).toThrow(/HASH_INVALID.*31 bytes/);
    expect(() => index.add(0.5, new Uint8Array(32))).toThrow(/HASH_INVALID/);
    expect(() => index.search(new Uint8Array(33), 1)).toThrow(/HASH_INVALID/);
    for (const radius of [-1, 41, 1.5, Number.NaN]) {
      expect(() => index.search(new Uint8Array(32), radius)).toThrow(/RADIUS_INVALID/);
    }
    expect(index.size).toBe(0);
  });
});
