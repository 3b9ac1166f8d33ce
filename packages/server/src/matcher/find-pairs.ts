// Which contents are the same as which: proposals of the near index, each compared by the one function that decides.
import { setImmediate as turnOfOthers } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { compareMedia, type MediaComparison } from '@redthread/core/graph';
import type { Database } from '../store/index.js';
import type { ContentSignals } from './content-signals.js';
import type { MatchStage } from './match-batch.js';
import type { MatchIndex } from './match-index.js';

/** Two contents that match; `a` has the smaller digest, so that a pair is the same whichever came first. */
export interface ContentPair {
  readonly a: ContentSignals;
  readonly b: ContentSignals;
  readonly comparison: MediaComparison;
}

/** How long comparing may keep the process from its leases and heartbeats. */
const LONGEST_TURN_MS = 25;

/** Whole pictures are compared without what only parts are compared by: reading that costs more than all the rest. */
const GRADES = {
  match: new Set<string>(['identical', 'same content']),
  parts: new Set<string>(['partial', 'same scene']),
} as const;

/** Finds every pair of a stage that one of the contents is part of. Their signals are committed, so that the index holds them. */
export const findPairs = async (
  db: Kysely<Database>,
  index: MatchIndex,
  stage: MatchStage,
  contentIds: readonly number[],
): Promise<ContentPair[]> => {
  const signals = index.signals[stage];
  const own = await signals.read(db, contentIds);
  const contents = [...own];
  const found = await index.propose(contents.map(([, content]) => content.signals));
  const proposed = new Map(contents.map(([id], place) => [id, found[place] ?? new Set<number>()]));
  const others = await signals.read(db, [...new Set([...proposed.values()].flatMap((ids) => [...ids]))]);

  const pairs: ContentPair[] = [];
  let turnBeganAt = performance.now();
  for (const [id, near] of proposed) {
    const content = own.get(id);
    for (const nearId of [...near].sort((a, b) => a - b)) {
      const other = others.get(nearId);
      // A pair of two new contents is proposed from both sides (or from one): it is compared when the first comes up.
      const isDone = nearId === id || (nearId < id && (proposed.get(nearId)?.has(id) ?? false));
      if (content === undefined || other === undefined || isDone) continue;
      if (performance.now() - turnBeganAt > LONGEST_TURN_MS) {
        await turnOfOthers();
        turnBeganAt = performance.now();
      }
      const [a, b] = content.sha256 < other.sha256 ? [content, other] : [other, content];
      const comparison = compareMedia(a, b);
      if (GRADES[stage].has(comparison.grade)) pairs.push({ a, b, comparison });
    }
  }
  return pairs;
};
