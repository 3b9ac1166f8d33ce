// The thread of one merge: makes one segment of several, beside the owner that goes on changing them. What the owner removes meanwhile
// may or may not be in the result: the owner remembers it, and removes it there too.
import { NearSegment } from '@redthread/core/index';
import { livePostings } from './live-postings.js';
import type { MergeReply, MergeRequest } from './messages.js';
import { serveThread } from './serve-thread.js';

serveThread<MergeRequest>(({ segments }) => {
  // Views only: this thread searches nothing, so that it needs no place of its own in the memories.
  const { count, postings } = livePostings(segments.map(({ memory }) => NearSegment.attach(memory, 0)));
  const merged = count === 0 ? null : NearSegment.build(postings(), count, { variant: 'shared', isSpread: true });
  return { value: { memory: merged?.memory ?? null } satisfies MergeReply };
});
