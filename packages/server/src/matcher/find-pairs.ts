// Which contents are the same as which: proposals of the near index, each compared by the one function that decides.
import type { Kysely } from 'kysely';
import { compareMedia, type MediaComparison } from '@redthread/core/graph';
import type { Database } from '../store/index.js';
import type { ContentSignals } from './content-signals.js';
import type { MatchIndex } from './load-index.js';

/** Two contents that match; `a` has the smaller digest, so that a pair is the same whichever came first. */
export interface ContentPair {
  readonly a: ContentSignals;
  readonly b: ContentSignals;
  readonly comparison: MediaComparison;
}

/** Adds the contents to the index and finds every pair that one of them is part of. */
export const findPairs = async (
  db: Kysely<Database>,
  { candidates, signals }: MatchIndex,
  contentIds: readonly number[],
): Promise<ContentPair[]> => {
  const own = await signals.read(db, contentIds);
  for (const [id, content] of own) candidates.add(id, content.signals);
  const proposed = new Map<number, readonly number[]>();
  for (const [id, content] of own) proposed.set(id, candidates.find(content.signals));
  const others = await signals.read(db, [...new Set([...proposed.values()].flat())]);

  const pairs: ContentPair[] = [];
  for (const [id, near] of proposed) {
    const content = own.get(id);
    for (const nearId of near) {
      const other = others.get(nearId);
      // A pair of two new contents is proposed from both sides (or from one): it is compared when the first comes up.
      const isDone = nearId === id || (nearId < id && (proposed.get(nearId)?.includes(id) ?? false));
      if (content === undefined || other === undefined || isDone) continue;
      const [a, b] = content.sha256 < other.sha256 ? [content, other] : [other, content];
      const comparison = compareMedia(a, b);
      if (comparison.grade !== 'none') pairs.push({ a, b, comparison });
    }
  }
  return pairs;
};
