// The planner, on which exactness rests: among 200,000 hashes of which a third crowd the same buckets, so that searches are planned
// by what each bucket holds, and go through with it.
import { beforeAll, describe, expect, it } from 'vitest';
import { flipBits, randomSource } from '../../../test-support/hashes.js';
import { distanceWords256 } from '../../kernels/index.js';
import { nearKernels } from './kernels.js';
import { planSegment, SEGMENT } from './layout.js';
import { NEAR_REACH_BITS, readWords } from './near-index.js';
import { NearSegment } from './segment.js';

const COUNT = 200_000;
const HASH_BYTES = 32;
const WORDS = 8;
/** Alike in the first half of their bits, which as they are stored is the first half of the chunks. */
const CROWD = 60_000;
/** Within reach of one another, nearly all. */
const COPIES = 4_000;
/** Where a thread's scratch has the thresholds: packages/core/assembly/near/layout.ts. */
const THRESHOLDS = 64;

const random = randomSource(8);
const hashes = new Uint8Array(COUNT * HASH_BYTES);
const hashAt = (place: number): Uint8Array => hashes.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES);
let segment: NearSegment;
let words: Int32Array;
let thresholds: Int32Array;
let scratchAt: number;

beforeAll(() => {
  new Uint32Array(hashes.buffer).forEach((_, i, all) => (all[i] = random()));
  const original = hashAt(0).slice();
  for (let place = 0; place < CROWD; place++) hashAt(place).set(original.subarray(0, HASH_BYTES / 2));
  for (let place = CROWD; place < CROWD + COPIES; place++)
    hashAt(place).set(flipBits(hashAt(COUNT - 1), place % 24, random));
  const postings = function* () {
    for (let id = 0; id < COUNT; id++) yield { id, scope: 0, hash: hashAt(id) };
  };
  // As they are stored: what is alike stays in the chunks that this test means.
  segment = NearSegment.build(postings(), COUNT, { variant: 'plain', isSpread: true });
  words = new Int32Array(COUNT * WORDS);
  for (let id = 0; id < COUNT; id++) readWords(hashAt(id), words, id * WORDS);
  scratchAt = Math.ceil(segment.bytes / 64) * 64;
  const { chunks } = planSegment(COUNT);
  thresholds = new Int32Array(segment.memory.buffer, scratchAt + THRESHOLDS, chunks.length);
});

/** Ids and distances, by the definition. */
const within = (query: Uint8Array, radiusBits: number): Map<number, number> => {
  const own = new Int32Array(WORDS);
  readWords(query, own, 0);
  const found = new Map<number, number>();
  for (let id = 0; id < COUNT; id++) {
    const bits = distanceWords256(own, 0, words, id * WORDS, radiusBits);
    if (bits <= radiusBits) found.set(id, bits);
  }
  return found;
};
const searched = (query: Uint8Array, radiusBits: number): Map<number, number> => {
  const found = new Map<number, number>();
  segment.searchStored(query, radiusBits, (slot, bits) => {
    for (const id of segment.idsOf(slot)) found.set(id, bits);
  });
  return found;
};
const sorted = (found: ReadonlyMap<number, number>): [number, number][] => [...found].sort(([a], [b]) => a - b);

/** Bits flipped in turn in every chunk, so that no chunk is left with fewer than it must have. */
const flipEvenly = (hash: Uint8Array, count: number): Uint8Array => {
  const { chunks } = planSegment(COUNT);
  const flipped = hash.slice();
  const start = random();
  for (let i = 0; i < count; i++) {
    const { bit, width } = chunks[(start + i) % chunks.length] ?? { bit: 0, width: 1 };
    const at = bit + ((start + Math.floor(i / chunks.length)) % width);
    flipped[at >> 3] = (flipped[at >> 3] ?? 0) ^ (1 << (at & 7));
  }
  return flipped;
};

/** In the second half only: the query stays in the buckets of the crowd. */
const flipLater = (hash: Uint8Array, count: number): Uint8Array => {
  const flipped = hash.slice();
  const start = random();
  for (let i = 0; i < count; i++) {
    const at = 128 + ((start + 37 * i) % 128);
    flipped[at >> 3] = (flipped[at >> 3] ?? 0) ^ (1 << (at & 7));
  }
  return flipped;
};

describe.each([0, 7, 17, 31, NEAR_REACH_BITS])('a search within %i bits', (radius) => {
  const planned: { name: string; plan: number[] }[] = [];

  it.each([
    ['the crowd', () => random() % CROWD],
    ['the copies', () => CROWD + (random() % COPIES)],
    ['the rest', () => CROWD + COPIES + (random() % (COUNT - CROWD - COPIES))],
  ])('near %s finds what is there', (name, pick) => {
    for (let query = 0; query < 9; query++) {
      const id = pick();
      const hash = [flipBits, flipEvenly, flipLater][query % 3]!(hashAt(id), radius, random);
      const found = searched(hash, radius);
      planned.push({ name, plan: [...thresholds] });
      expect(found.get(id), `${id}`).toBe(radius);
      expect(sorted(found)).toEqual(sorted(within(hash, radius)));
    }
  });

  it('is planned so that nothing can be missed: one more than the radius, over all chunks', () => {
    for (const { plan } of planned) expect(plan.reduce((sum, bits) => sum + bits + 1, 0)).toBe(radius + 1);
  });
});

it('goes around the crowded chunks, and looks into buckets all the same', () => {
  segment.searchStored(flipLater(hashAt(5), 31), 31, () => undefined);
  const plan = [...thresholds];
  const crowded = plan.slice(0, plan.length / 2);
  expect(crowded).toEqual(crowded.map(() => -1));
  // The query is in the scratch still; -1 would be to look at every hash.
  expect(nearKernels(segment.memory).search(SEGMENT, scratchAt, 31)).toBeGreaterThan(0);
  expect([...thresholds]).toEqual(plan);
});
