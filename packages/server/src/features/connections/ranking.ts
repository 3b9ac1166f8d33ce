// Connections of one sight in order, scored by the core from what its index says of each pair of ends; scored again where that changes.
import { gradeRank, type GradeCount } from '@redthread/core/domain';
import {
  ConnectionIndex,
  inSteps,
  scoreConnection,
  type ConnectionScore,
  type EvidenceOfPair,
  type IndexChange,
} from '@redthread/core/graph';
import { IDENTICAL_BITS } from './score.js';

/** What its place in the order follows from. */
export interface RankedKey {
  readonly strengthBits: number;
  /** Of files, of all grades. */
  readonly pairs: number;
  readonly a: string;
  readonly b: string;
}

export interface Ranked extends ConnectionScore<EvidenceOfPair>, RankedKey {
  /** By grade, the strongest grade first. */
  readonly counts: readonly GradeCount[];
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Strongest first; where they are equal, more pairs come first. */
export const compareRanked = (x: RankedKey, y: RankedKey): number =>
  y.strengthBits - x.strengthBits || y.pairs - x.pairs || compareText(x.a, y.a) || compareText(x.b, y.b);

/** Of the same source both matches and devices count. */
export const countsOf = (rows: readonly EvidenceOfPair[]): GradeCount[] => {
  const byGrade = new Map<GradeCount['grade'], number>();
  for (const { grade, pairs } of rows) byGrade.set(grade, (byGrade.get(grade) ?? 0) + pairs);
  return [...byGrade]
    .map(([grade, pairs]) => ({ grade, pairs }))
    .sort((x, y) => gradeRank(x.grade) - gradeRank(y.grade));
};

const rank = (rows: readonly EvidenceOfPair[]): Ranked[] => {
  const [score, first] = [scoreConnection(rows), rows[0]];
  if (score === null || first === undefined) return [];
  const counts = countsOf(rows);
  return [{ ...score, a: first.a, b: first.b, counts, pairs: counts.reduce((sum, { pairs }) => sum + pairs, 0) }];
};

export class Ranking {
  readonly #index = new ConnectionIndex(IDENTICAL_BITS);
  #inOrder: readonly Ranked[] = [];

  /** Everything that connects, and everything that is a lead; never changed, but replaced. */
  get inOrder(): readonly Ranked[] {
    return this.#inOrder;
  }

  /** Media that it holds. */
  get size(): number {
    return this.#index.size;
  }

  /** In steps, as the index does it. */
  *updating(change: IndexChange): Generator<undefined, void> {
    const evidence = yield* this.#index.updating(change);
    if (evidence.size === 0) return;
    const kept = this.#inOrder.filter(({ a, b }) => !evidence.has(`${a}_${b}`));
    const added: Ranked[] = [];
    yield* inSteps(evidence.values(), (rows) => added.push(...rank(rows)));
    // Two runs that are in order each: sorted in one pass.
    added.sort(compareRanked);
    yield;
    this.#inOrder = [...kept, ...added].sort(compareRanked);
  }
}
