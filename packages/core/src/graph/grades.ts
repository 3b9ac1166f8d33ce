// Choosing among grades.
import { gradeRank, type Grade } from '../domain/grade.js';

/** The strongest of the grades; `none` if there are none. */
export const strongestGrade = (grades: Iterable<Grade>): Grade => {
  let strongest: Grade = 'none';
  for (const grade of grades) if (gradeRank(grade) < gradeRank(strongest)) strongest = grade;
  return strongest;
};

/** True where `grade` is `floor` or stronger. */
export const isAtLeast = (grade: Grade, floor: Grade): boolean => gradeRank(grade) <= gradeRank(floor);
