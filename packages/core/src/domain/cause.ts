// What a match rests on. Evidence of one cause speaks once: a hundred copies of one film are one reason.
import type { MatchGrade } from './grade.js';

export const CAUSES = ['content', 'place', 'device', 'account'] as const;
export type Cause = (typeof CAUSES)[number];

const CAUSE_OF: Readonly<Record<MatchGrade, Cause>> = {
  identical: 'content',
  'same content': 'content',
  partial: 'content',
  'same scene': 'place',
  'same source': 'device',
};
export const causeOf = (grade: MatchGrade): Cause => CAUSE_OF[grade];
