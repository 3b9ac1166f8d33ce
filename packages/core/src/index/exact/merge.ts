// Makes one run of several, oldest first: for each digest and list the youngest entry decides, and what was taken away goes.
import { fail } from '../../errors/index.js';
import { DIGEST_BYTES } from './digest-kind.js';
import { MOST_ENTRIES } from './layout.js';
import type { ExactList } from './list-table.js';
import { RunCursor } from './run-cursor.js';
import { isTombstone, listOfTag, tagOf, type RunWriter } from './run-writer.js';
import type { ExactRun } from './run.js';

/** A run, and which of its lists count no longer in it. */
export interface MergeInput {
  readonly run: ExactRun;
  readonly isDropped: (list: ExactList) => boolean;
}

/** The lists of all runs that count in any. Errors: INDEX_FILE_INVALID where two runs differ on whose a list is or what it means. */
export const unionOfLists = (inputs: readonly MergeInput[]): ExactList[] => {
  const lists = new Map<string, ExactList>();
  for (const { run, isDropped } of inputs) {
    for (const list of run.lists) {
      const known = lists.get(list.id) ?? list;
      checkSameList(known, list, run.name);
      if (!isDropped(list)) lists.set(list.id, list);
    }
  }
  return [...lists.values()];
};

export const checkSameList = (known: ExactList, list: ExactList, name: string): void => {
  if (known.agencyId !== list.agencyId || known.polarity !== list.polarity)
    throw fail(
      'INDEX_FILE_INVALID',
      `${name}: list ${list.id} is ${list.polarity} of agency ${list.agencyId}, elsewhere ${known.polarity} of ${known.agencyId}`,
    );
};

/**
 * Writes the merged entries. `isOldest`: no older run is left outside, so that a tombstone has nothing to take away and goes too.
 * `writer` is for at least as many entries and for the lists of `unionOfLists`.
 */
export const mergeRuns = (inputs: readonly MergeInput[], writer: RunWriter, isOldest: boolean): void => {
  const numbers = new Map(writer.plan.lists.map((list, number) => [list.id, number]));
  const sources = inputs.map(({ run, isDropped }) => ({
    cursor: new RunCursor(run),
    isDone: false,
    /** The number in the merged run of each of its lists; -1 for one that goes. */
    numbers: run.lists.map((list) => (isDropped(list) ? -1 : (numbers.get(list.id) ?? -1))),
  }));
  let open = sources.filter(({ cursor }) => cursor.next());
  const digest = new Uint8Array(DIGEST_BYTES[writer.plan.kind]);
  const entries = new Map<number, { readonly isGone: boolean; readonly payload: number }>();
  while (open.length > 0) {
    let least = open[0]!.cursor;
    for (const { cursor } of open) if (compareDigests(cursor.digest, least.digest) < 0) least = cursor;
    digest.set(least.digest);
    entries.clear();
    let isAnyDone = false;
    // Oldest first: a younger entry takes the place of an older.
    for (const source of open) {
      const { cursor } = source;
      while (compareDigests(cursor.digest, digest) === 0) {
        const list = source.numbers[listOfTag(cursor.tag)]!;
        if (list >= 0) entries.set(list, { isGone: isTombstone(cursor.tag), payload: cursor.payload });
        if (cursor.next()) continue;
        source.isDone = true;
        isAnyDone = true;
        break;
      }
    }
    for (const list of entries.size > 1 ? [...entries.keys()].sort((a, b) => a - b) : entries.keys()) {
      const { isGone, payload } = entries.get(list)!;
      if (!(isGone && isOldest)) writer.push(digest, 0, tagOf(list, isGone), payload);
    }
    if (isAnyDone) open = open.filter(({ isDone }) => !isDone);
  }
};

const compareDigests = (a: Uint8Array, b: Uint8Array): number => {
  for (let i = 0; i < a.length; i++) {
    const difference = a[i]! - b[i]!;
    if (difference !== 0) return difference;
  }
  return 0;
};

/**
 * How many of the youngest runs to merge (0: none), so that their number stays logarithmic and each entry is rewritten that often only: a run
 * is merged into the next older as long as that is less than twice its size.
 */
export const runsToMerge = (entriesOldestFirst: readonly number[]): number => {
  let count = 1;
  let entries = entriesOldestFirst.at(-1) ?? 0;
  for (let index = entriesOldestFirst.length - 2; index >= 0; index--) {
    const older = entriesOldestFirst[index]!;
    if (older >= 2 * entries || older + entries > MOST_ENTRIES) break;
    entries += older;
    count += 1;
  }
  return count > 1 ? count : 0;
};
