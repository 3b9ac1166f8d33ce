// Assertions that cannot all be true. Every one of them is kept and flagged: which of them is wrong is for people to say.
import { overlapOf, type Overlap, type TimeAsWritten } from './source-interval.js';
import type { AssertionTypeName } from './assertion-types.js';

export interface Asserted {
  readonly id: string;
  readonly type: AssertionTypeName;
  readonly from: string;
  readonly to: string;
  readonly valid: { readonly from: TimeAsWritten | null; readonly to: TimeAsWritten | null };
}

export interface Contradiction {
  readonly rule: 'two-persons' | 'two-places-at-once' | 'same-and-different';
  /** The assertions that are against each other. */
  readonly assertions: readonly string[];
  /** `possible`: their times do not say whether they hold at once. */
  readonly certainty: 'certain' | 'possible';
}

type GroupOf = (id: string) => string;

/** Pairs of what is said of one group, each once. */
const pairs = (
  assertions: readonly Asserted[],
  type: AssertionTypeName,
  groupOf: GroupOf,
): (readonly [Asserted, Asserted])[] => {
  const of = assertions.filter((one) => one.type === type).sort((x, y) => (x.id < y.id ? -1 : 1));
  return of.flatMap((first, at) =>
    of
      .slice(at + 1)
      .filter((second) => groupOf(first.from) === groupOf(second.from) && groupOf(first.to) !== groupOf(second.to))
      .map((second) => [first, second] as const),
  );
};

/** Something that is said to be at a place from then to then; of what has no times nothing follows. */
const atOnce = (a: Asserted, b: Asserted): Overlap => {
  const [validA, validB] = [a.valid, b.valid];
  if (validA.from === null || validA.to === null || validB.from === null || validB.to === null) return 'none';
  return overlapOf({ from: validA.from, to: validA.to }, { from: validB.from, to: validB.to });
};

/** `groupOf`: which record is one with which, from `mergedGroups`. */
export const contradictionsIn = (assertions: readonly Asserted[], groupOf: GroupOf): Contradiction[] => [
  ...pairs(assertions, 'identified-as', groupOf).map(([a, b]): Contradiction => ({
    rule: 'two-persons',
    assertions: [a.id, b.id],
    certainty: 'certain',
  })),
  ...pairs(assertions, 'located-at', groupOf).flatMap(([a, b]): Contradiction[] => {
    const overlap = atOnce(a, b);
    return overlap === 'none' ? [] : [{ rule: 'two-places-at-once', assertions: [a.id, b.id], certainty: overlap }];
  }),
  ...assertions
    .filter(({ type, from, to }) => type === 'different-from' && groupOf(from) === groupOf(to))
    .map(({ id }): Contradiction => ({ rule: 'same-and-different', assertions: [id], certainty: 'certain' })),
];
