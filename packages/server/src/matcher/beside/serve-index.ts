// What every thread of an index beside does with what it is told.
import type { Signal } from '@redthread/core/signals';
import { serveThread } from '../index/serve-thread.js';
import type { BesideRequest } from './beside-messages.js';

interface Candidates {
  add(id: number, signals: readonly Signal[]): unknown;
  remove(id: number): unknown;
  find(signals: readonly Signal[]): readonly number[];
}

export const serveIndex = (candidates: Candidates): void =>
  serveThread<BesideRequest>((request) => {
    if (request.op === 'find') return { value: request.queries.map((signals) => candidates.find(signals)) };
    for (const { contentId, signals } of request.contents) {
      if (signals.length === 0) candidates.remove(contentId);
      else candidates.add(contentId, signals);
    }
    return { value: null };
  });
