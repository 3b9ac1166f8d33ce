// What an agency's last decision on a connection comes to now: a snooze ends, and evidence that came after a rejection opens it again.
import { gradeRank, type MatchGrade } from './grade.js';

export const DECISION_STATES = ['confirmed', 'rejected', 'snoozed', 'reopened'] as const;
export type DecisionState = (typeof DECISION_STATES)[number];
export const CONNECTION_STATES = ['new', 'confirmed', 'rejected', 'snoozed'] as const;
export type ConnectionState = (typeof CONNECTION_STATES)[number];

export interface GradeCount {
  readonly grade: MatchGrade;
  readonly pairs: number;
}

/** What the state follows from. */
export interface DecidedOn {
  readonly state: DecisionState;
  readonly reason: string;
  readonly snoozedUntil: Date | null;
  /** As whoever decided saw them. */
  readonly counts: readonly GradeCount[];
}

export interface StateNow {
  readonly state: ConnectionState;
  /** Why something that was decided is new again; null where it is not. */
  readonly reopened: string | null;
}

/** What is there now and was not, or not as often, when it was decided. */
const added = (before: readonly GradeCount[], now: readonly GradeCount[]): GradeCount[] =>
  now
    .map(({ grade, pairs }) => ({ grade, pairs: pairs - (before.find((one) => one.grade === grade)?.pairs ?? 0) }))
    .filter(({ pairs }) => pairs > 0)
    .sort((a, b) => gradeRank(a.grade) - gradeRank(b.grade));

const inWords = (counts: readonly GradeCount[]): string =>
  counts.map(({ grade, pairs }) => `${pairs} ${pairs === 1 ? 'pair' : 'pairs'} ${grade}`).join(', ');

/** `counts`: pairs by grade as the viewer sees them now. Less than before opens nothing. */
export const connectionState = (decision: DecidedOn | null, counts: readonly GradeCount[], now: Date): StateNow => {
  if (decision === null) return { state: 'new', reopened: null };
  if (decision.state === 'reopened') return { state: 'new', reopened: decision.reason };
  if (decision.state === 'snoozed' && decision.snoozedUntil !== null && decision.snoozedUntil <= now)
    return { state: 'new', reopened: 'the snooze has ended' };
  if (decision.state === 'rejected') {
    const more = added(decision.counts, counts);
    if (more.length > 0) return { state: 'new', reopened: `new since your rejection: ${inWords(more)}` };
  }
  return { state: decision.state, reopened: null };
};
