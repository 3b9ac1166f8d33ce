// Grades of sameness: different answers, never one similarity number (design, section 3).

/** Strongest first. */
export const GRADES = ['identical', 'same content', 'partial', 'same scene', 'same source'] as const;
export type MatchGrade = (typeof GRADES)[number];
export type Grade = MatchGrade | 'none';

/** 0 = strongest; `none` comes last. */
export const gradeRank = (grade: Grade): number => (grade === 'none' ? GRADES.length : GRADES.indexOf(grade));
