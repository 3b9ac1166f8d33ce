// A thread that compares by local features.
import { compareMedia } from '@redthread/core/graph';
import { serveThread } from '../index/serve-thread.js';
import type { Compared, CompareRequest } from './compare-messages.js';

serveThread<CompareRequest>(({ media, pairs }) => {
  const value: Compared = pairs.map(([a, b]) => {
    const [first, second] = [media[a], media[b]];
    if (first === undefined || second === undefined) return null;
    const comparison = compareMedia(first, second);
    return comparison.grade === 'none' ? null : comparison;
  });
  return { value };
});
