import { expect, it } from 'vitest';
import { NEAR_HASH_BYTES, NearSegment } from '@redthread/core/index';
import { livePostings } from './live-postings.js';

const hashOf = (id: number): Uint8Array => new Uint8Array(NEAR_HASH_BYTES).fill(id);

it('copies every live posting, though the count of those that live is behind or ahead of the marks', () => {
  const segment = NearSegment.build(
    [1, 2, 3, 4].map((id) => ({ id, scope: 0, hash: hashOf(id) })),
    4,
    { variant: 'shared' },
  );
  segment.remove(2);
  // What another thread may see, on a processor that reorders: three marks counted, one of them there.
  const early = { postings: 4, live: 1, livePostings: () => segment.livePostings() };
  const { count, postings } = livePostings([early]);
  expect(count).toBe(3);
  expect(Array.from(postings(), ({ id }) => id).sort()).toEqual([1, 3, 4]);
});
