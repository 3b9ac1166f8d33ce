// How strongly pairs of media connect two ends (exhibits, cases), and why: bits of each, less what chance and rarity take away,
// and of every cause only the best (design, "How a connection is scored"; docs/adr/0019).
import { CAUSES, causeOf, type Cause } from '../domain/cause.js';
import { gradeRank, type MatchGrade } from '../domain/grade.js';
import { isLead, shownStrengthBits } from './bits.js';

/** The best pair of media of one grade between two ends. */
export interface Evidence {
  readonly grade: MatchGrade;
  /** Of the match: bounded by the counted errors of its method. */
  readonly bits: number;
  /** Ends of the same kind that hold the picture, as far as the viewer sees: two at least. */
  readonly holders: number;
  /** What was compared between the two ends to find it, as far as the viewer sees. */
  readonly comparisons: number;
  readonly mediaA: string;
  readonly mediaB: string;
  /** That of the grade unless it is said. */
  readonly cause?: Cause;
}

export interface ScoredEvidence extends Evidence {
  readonly cause: Cause;
  /** What is left of the bits; below 0 chance alone would bring as much. */
  readonly strengthBits: number;
}

export interface CauseStrength {
  readonly cause: Cause;
  /** Of its best reason; 0 where that adds nothing to another cause. */
  readonly strengthBits: number;
}

export interface ConnectionScore<E extends Evidence = Evidence> {
  /** The sum over causes that are above chance; where none is, the best of them, below 0. */
  readonly strengthBits: number;
  /** No cause carries it by itself: listed apart. */
  readonly isLead: boolean;
  /** What each cause adds, strongest first. */
  readonly causes: readonly CauseStrength[];
  /** Strongest first. */
  readonly reasons: readonly (E & ScoredEvidence)[];
}

/** One bit for each doubling of the ends that hold a picture: what forty hold links two of them less than what only these two hold. */
export const rarityCostBits = (holders: number): number => Math.log2(Math.max(2, holders) / 2);

/** Sums in any order give the same last digit. */
const rounded = (bits: number): number => Math.round(bits * 100) / 100 || 0;

const scored = <E extends Evidence>(evidence: E): E & ScoredEvidence => ({
  ...evidence,
  cause: evidence.cause ?? causeOf(evidence.grade),
  strengthBits: rounded(shownStrengthBits(evidence.bits, evidence.comparisons) - rarityCostBits(evidence.holders)),
});

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Stronger first; then the stronger grade; then ids, so that no order of arrival shows. */
const compareScored = (a: ScoredEvidence, b: ScoredEvidence): number =>
  b.strengthBits - a.strengthBits ||
  gradeRank(a.grade) - gradeRank(b.grade) ||
  compareText(a.mediaA, b.mediaA) ||
  compareText(a.mediaB, b.mediaB);

/**
 * The best of each cause. A part and a place are found in the same features of the same pictures, and nobody has measured that they err apart: of a part, and of a place with what
 * whole pictures say beside it, only what weighs more counts.
 */
const causesOf = (reasons: readonly ScoredEvidence[]): CauseStrength[] => {
  const best = (isMeant: (reason: ScoredEvidence) => boolean): number | undefined =>
    reasons.find(isMeant)?.strengthBits;
  const part = best(({ grade }) => grade === 'partial') ?? 0;
  const whole = Math.max(0, best(({ cause, grade }) => cause === 'content' && grade !== 'partial') ?? 0);
  const place = best(({ cause }) => cause === 'place') ?? 0;
  const isOfOneSignal = part > whole && place > 0;
  const isPart = part > whole + place;
  return CAUSES.flatMap((cause): CauseStrength[] => {
    const strengthBits = best((reason) => reason.cause === cause);
    if (strengthBits === undefined) return [];
    if (isOfOneSignal && cause === 'content') return [{ cause, strengthBits: isPart ? part : whole }];
    if (isOfOneSignal && cause === 'place') return [{ cause, strengthBits: isPart ? 0 : place }];
    return [{ cause, strengthBits }];
  }).sort((a, b) => b.strengthBits - a.strengthBits || CAUSES.indexOf(a.cause) - CAUSES.indexOf(b.cause));
};

/**
 * Scores what connects two ends; null where there is nothing. A cause that chance explains (below 0) adds nothing to the strength and
 * stays among the reasons, so that a lead is read together with what carries the connection.
 */
export const scoreConnection = <E extends Evidence>(evidence: Iterable<E>): ConnectionScore<E> | null => {
  const reasons = [...evidence].map(scored).sort(compareScored);
  const best = reasons[0];
  if (best === undefined) return null;
  const causes = causesOf(reasons);
  const onlyALead = isLead(best.strengthBits);
  const sum = causes.reduce((bits, { strengthBits }) => bits + Math.max(0, strengthBits), 0);
  return { strengthBits: onlyALead ? best.strengthBits : rounded(sum), isLead: onlyALead, causes, reasons };
};
