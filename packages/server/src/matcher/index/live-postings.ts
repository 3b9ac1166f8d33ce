// What is left of segments, copied before a segment is built of it: a build needs to know how many there are.
import { NEAR_HASH_BYTES, type NearPosting, type NearSegment } from '@redthread/core/index';

export interface LivePostings {
  readonly count: number;
  /** Each is valid until the next is asked for. */
  readonly postings: () => Iterable<NearPosting>;
}

/**
 * Sized by all postings: how many of them live is written by another thread, and may be read here before or after the marks that it counts.
 * A posting that is marked meanwhile may be in the copy or not.
 */
export const livePostings = (group: readonly Pick<NearSegment, 'postings' | 'livePostings'>[]): LivePostings => {
  const most = group.reduce((sum, { postings }) => sum + postings, 0);
  const ids = new Float64Array(most);
  const scopes = new Uint32Array(most);
  const hashes = new Uint8Array(most * NEAR_HASH_BYTES);
  let count = 0;
  for (const segment of group)
    for (const { id, scope, hash } of segment.livePostings()) {
      ids[count] = id;
      scopes[count] = scope;
      hashes.set(hash, count * NEAR_HASH_BYTES);
      count += 1;
    }
  const postings = function* (): Iterable<NearPosting> {
    for (let at = 0; at < count; at += 1)
      yield {
        id: ids[at] ?? 0,
        scope: scopes[at] ?? 0,
        hash: hashes.subarray(at * NEAR_HASH_BYTES, (at + 1) * NEAR_HASH_BYTES),
      };
  };
  return { count, postings };
};
