// Grades of sameness: different answers, never one similarity number (design, section 3).

/** Strongest first. */
export const GRADES = ['identical', 'same content', 'partial', 'same scene', 'same source'] as const;
export type MatchGrade = (typeof GRADES)[number];
export type Grade = MatchGrade | 'none';

/** Those that a method of today can find; the others are asked for nowhere, and a test holds this to the methods. */
export const GRADES_FOUND: readonly MatchGrade[] = ['identical', 'same content', 'partial', 'same scene'];

/** 0 = strongest; `none` comes last. */
export const gradeRank = (grade: Grade): number => (grade === 'none' ? GRADES.length : GRADES.indexOf(grade));
