// The five grades of sameness: one colour and one shape each, defined here and nowhere else, in every view and chart.
import { GRADES, type Grade, type MatchGrade } from '@redthread/core/domain';
import type { ReactNode } from 'react';
import { t } from '../text/index.js';
import styles from './grade.module.css';

export { GRADES };

const COLOUR: Readonly<Record<Grade, string>> = {
  identical: 'var(--identical)',
  'same content': 'var(--same-content)',
  partial: 'var(--partial)',
  'same scene': 'var(--same-scene)',
  'same source': 'var(--same-source)',
  none: 'var(--muted)',
};

export const gradeColour = (grade: Grade): string => COLOUR[grade];

/** Within a box of 12: filled square, filled disc, half disc, triangle, hollow diamond; a dash for none. */
const Shape = ({ grade }: { grade: Grade }): ReactNode => {
  switch (grade) {
    case 'identical':
      return <rect x="2" y="2" width="8" height="8" fill="currentColor" />;
    case 'same content':
      return <circle cx="6" cy="6" r="4.6" fill="currentColor" />;
    case 'partial':
      return (
        <>
          <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.4" />
          <path d="M6 1.8a4.2 4.2 0 0 1 0 8.4Z" fill="currentColor" />
        </>
      );
    case 'same scene':
      return <path d="M6 1.2 11.2 10.4H.8Z" fill="currentColor" />;
    case 'same source':
      return <path d="M6 1.4 10.6 6 6 10.6 1.4 6Z" fill="none" stroke="currentColor" strokeWidth="1.6" />;
    case 'none':
      return <path d="M2.5 6h7" stroke="currentColor" strokeWidth="1.6" />;
  }
};

export const GradeShape = ({ grade, size = 12 }: { grade: Grade; size?: number }): ReactNode => (
  <svg
    width={size}
    height={size}
    viewBox="0 0 12 12"
    style={{ color: COLOUR[grade] }}
    role="img"
    aria-label={t.grades[grade]}
  >
    <title>{t.grades[grade]}</title>
    <Shape grade={grade} />
  </svg>
);

/** Shape and name: the form in running text and tables. */
export const GradeBadge = ({ grade }: { grade: Grade }): ReactNode => (
  <span className={styles['badge']}>
    <GradeShape grade={grade} />
    {t.grades[grade]}
  </span>
);

/** "■ 12 ● 4": pairs by grade, strongest first. */
export const GradeCounts = ({
  counts,
}: {
  counts: readonly { readonly grade: MatchGrade; readonly pairs: number }[];
}): ReactNode => (
  <span className={styles['counts']}>
    {GRADES.flatMap((grade) => {
      const pairs = counts.find((row) => row.grade === grade)?.pairs ?? 0;
      return pairs === 0
        ? []
        : [
            <span key={grade} className={styles['badge']}>
              <GradeShape grade={grade} size={10} />
              {pairs}
            </span>,
          ];
    })}
  </span>
);
