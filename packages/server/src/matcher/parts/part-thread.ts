// The thread that holds the index of visual words.
import { PartCandidates } from '@redthread/core/graph';
import { serveThread } from '../index/serve-thread.js';
import type { PartRequest } from './part-messages.js';

const parts = new PartCandidates();

serveThread<PartRequest>((request) => {
  if (request.op === 'find') return { value: request.queries.map((signals) => parts.find(signals)) };
  for (const { contentId, signal } of request.contents) {
    if (signal === null) parts.remove(contentId);
    else parts.add(contentId, [signal]);
  }
  return { value: null };
});
