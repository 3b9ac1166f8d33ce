// What counts as evidence between two media, and how much it weighs among others.
import { gradeRank } from '../domain/grade.js';
import { rarityCostBits } from './connections.js';

const SAME_SCENE = gradeRank('same scene');

interface Copy {
  readonly sha256: string;
  readonly stack: string;
}

/** Two copies of one picture show one place and come from one camera: that says nothing. `rank`: of the grade of their match. */
export const isEvidence = (rank: number, a: Copy, b: Copy): boolean =>
  rank < SAME_SCENE || (a.stack !== b.stack && a.sha256 !== b.sha256);

/** Equal in any order of computation, so that ties are ties. */
export const weightOf = (bits: number, holders: number): number => Math.round((bits - rarityCostBits(holders)) * 1e6);
