// The merge thread: makes one segment of several, beside the owner that goes on changing them. What the owner removes meanwhile
// may or may not be in the result: the owner remembers it, and removes it there too.
import { NearSegment, type NearPosting } from '@redthread/core/index';
import type { MergeReply, MergeRequest } from './messages.js';
import { serveThread } from './serve-thread.js';

const HASH_BYTES = 32;

serveThread<MergeRequest>(({ segments }) => {
  // Views only: this thread searches nothing, so that it needs no place of its own in the memories.
  const group = segments.map(({ memory }) => NearSegment.attach(memory, 0));
  const most = group.reduce((sum, { live }) => sum + live, 0);
  const ids = new Float64Array(most);
  const scopes = new Uint32Array(most);
  const hashes = new Uint8Array(most * HASH_BYTES);
  let count = 0;
  // Copied first, since a segment is built of a number of postings that is known before.
  for (const segment of group)
    for (const { id, scope, hash } of segment.livePostings()) {
      if (count === most) break;
      ids[count] = id;
      scopes[count] = scope;
      hashes.set(hash, count * HASH_BYTES);
      count += 1;
    }
  const postings = function* (): Iterable<NearPosting> {
    for (let at = 0; at < count; at += 1)
      yield {
        id: ids[at] ?? 0,
        scope: scopes[at] ?? 0,
        hash: hashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
      };
  };
  const merged = count === 0 ? null : NearSegment.build(postings(), count, { variant: 'shared', isSpread: true });
  return { value: { memory: merged?.memory ?? null } satisfies MergeReply };
});
