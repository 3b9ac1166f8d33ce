// Which contents are the same as which: proposals of the indexes, each compared by the one function that decides.
import { setImmediate as turnOfOthers } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { compareMedia, hasLength, type MediaComparison } from '@redthread/core/graph';
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

/** Signals of so many are in memory at once: 60 kB of a picture, a megabyte of a film of some minutes. */
const PAIRS_AT_ONCE = { match: 512, parts: 128 } as const;

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
  // Before they are read: what is kept of a content that somebody else was compared with may be from before its features were found.
  await index.follow();
  const own = await signals.read(db, contentIds);
  const contents = [...own];
  const asked = contents.map(([, content]) => content.signals);
  const found = await (stage === 'match' ? index.propose(asked) : index.proposeParts(asked));
  const wanted = pairsOf(new Map(contents.map(([id], place) => [id, found[place] ?? new Set<number>()])));

  const pairs: ContentPair[] = [];
  for (let at = 0; at < wanted.length; at += PAIRS_AT_ONCE[stage]) {
    const some = wanted.slice(at, at + PAIRS_AT_ONCE[stage]);
    const others = await signals.read(db, [...new Set(some.map(([, otherId]) => otherId))]);
    const read = some.flatMap(([id, otherId]) => {
      const [content, other] = [own.get(id), others.get(otherId)];
      if (content === undefined || other === undefined) return [];
      return [content.sha256 < other.sha256 ? ([content, other] as const) : ([other, content] as const)];
    });
    const compared = await (stage === 'match' && !read.some(areLong) ? inTurns(read) : index.comparing.compare(read));
    read.forEach(([a, b], place) => {
      const comparison = compared[place] ?? null;
      if (comparison !== null && GRADES[stage].has(comparison.grade)) pairs.push({ a, b, comparison });
    });
  }
  return pairs;
};

/** Films are aligned along their lengths, which takes as long as comparing parts. */
const areLong = ([a, b]: readonly [ContentSignals, ContentSignals]): boolean =>
  hasLength(a.signals) && hasLength(b.signals);

/** Hashes are compared here, faster than they could be sent elsewhere. */
const inTurns = async (pairs: readonly (readonly [ContentSignals, ContentSignals])[]): Promise<MediaComparison[]> => {
  const compared: MediaComparison[] = [];
  let turnBeganAt = performance.now();
  for (const [a, b] of pairs) {
    if (performance.now() - turnBeganAt > LONGEST_TURN_MS) {
      await turnOfOthers();
      turnBeganAt = performance.now();
    }
    compared.push(compareMedia(a, b));
  }
  return compared;
};

/**
 * Each pair once: one of two new contents is proposed from both sides (or from one). Pairs of one other content follow one another, so that
 * its features are unpacked once.
 */
const pairsOf = (proposed: ReadonlyMap<number, ReadonlySet<number>>): (readonly [id: number, otherId: number])[] =>
  [...proposed]
    .flatMap(([id, others]) =>
      [...others]
        .filter((otherId) => otherId !== id && !(otherId < id && proposed.get(otherId)?.has(id) === true))
        .map((otherId) => [id, otherId] as const),
    )
    .sort(([a, x], [b, y]) => x - y || a - b);
