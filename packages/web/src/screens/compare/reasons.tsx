// The strip between: the verdict, the reason in words, and every measurement with its threshold.
import type { Comparison, Reason } from '@redthread/core/contract';
import type { ReactNode } from 'react';
import { GradeBadge } from '../../form/grade.js';
import { Strength } from '../../parts/strength.js';
import { measure } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from './compare.module.css';

const Measure = ({ reason }: { reason: Reason }): ReactNode => (
  <tr>
    <td>
      {reason.method} <span className="muted">v{reason.version}</span>
    </td>
    <td className="num">{measure(reason.value)}</td>
    <td className="num muted">{measure(reason.threshold)}</td>
    <td className="num">{measure(reason.bits)}</td>
  </tr>
);

export const Reasons = ({ comparison }: { comparison: Comparison }): ReactNode => {
  const { match, grade } = comparison;
  return (
    <div className={styles['strip']} data-grade={grade}>
      <p className={styles['verdict']}>
        <GradeBadge grade={grade} />
      </p>
      <p>{t.gradeWords[grade]}</p>
      {match === null ? (
        <p className="muted">{comparison.a.id === comparison.b.id ? t.compare.itself : t.compare.tried}</p>
      ) : (
        <>
          <p className={styles['why']}>{match.words}</p>
          <p className={styles['strength']}>
            <Strength bits={match.bits} /> {t.compare.bits}
          </p>
          <table className={styles['measures']}>
            <thead>
              <tr>
                <th>{t.compare.method}</th>
                <th className="num">{t.compare.value}</th>
                <th className="num">{t.compare.threshold}</th>
                <th className="num">{t.compare.bits}</th>
              </tr>
            </thead>
            <tbody>
              {match.reasons.map((reason) => (
                <Measure key={`${reason.method}-${reason.version}-${reason.grade}`} reason={reason} />
              ))}
            </tbody>
          </table>
          <p className="muted">
            {match.unit} · {match.decoder}
          </p>
        </>
      )}
    </div>
  );
};
