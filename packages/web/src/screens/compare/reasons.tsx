// The strip between: the verdict, the reason in words, and every measurement with its threshold.
import type { Comparison, Reason } from '@redthread/core/contract';
import { countedInWords, turnInWords } from '@redthread/core/domain';
import type { ReactNode } from 'react';
import { GradeBadge } from '../../form/grade.js';
import { CodeWords } from '../../parts/code-words.js';
import { Strength } from '../../parts/strength.js';
import { measure } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from './compare.module.css';

const Measure = ({ reason, withEvidence }: { reason: Reason; withEvidence: boolean }): ReactNode => (
  <tr data-grade={reason.grade}>
    <td>
      {reason.method} <span className="muted">v{reason.version}</span>
    </td>
    <td className="num">
      {measure(reason.value)} <span className="muted">{reason.unit}</span>
    </td>
    <td className="num muted">{measure(reason.threshold)}</td>
    {withEvidence && <td className="num">{measure(reason.bits)}</td>}
  </tr>
);

/** What fell short is no evidence: it has no such column. */
const Measures = ({ reasons, withEvidence }: { reasons: readonly Reason[]; withEvidence: boolean }): ReactNode => (
  <table className={styles['measures']}>
    <thead>
      <tr>
        <th>{t.compare.method}</th>
        <th className="num">{t.compare.value}</th>
        <th className="num">{t.compare.threshold}</th>
        {withEvidence && (
          <th className="num" title={t.connections.evidenceHint}>
            {t.compare.evidence}
          </th>
        )}
      </tr>
    </thead>
    <tbody>
      {reasons.map((reason) => (
        <Measure
          key={`${reason.method}-${reason.version}-${reason.grade}`}
          reason={reason}
          withEvidence={withEvidence}
        />
      ))}
    </tbody>
  </table>
);

/** What makes B of A; nothing where B lies as A does. */
const Turn = ({ reasons }: { reasons: readonly Reason[] }): ReactNode => {
  const turned = reasons.find(({ where }) => where.b.orientation !== undefined);
  const words = turned === undefined ? '' : turnInWords(turned.where);
  return words === '' ? null : <p>{t.compare.turned(words)}</p>;
};

/** What the strongest evidence rests on: how often that was wrong. */
const Basis = ({ reasons: [strongest] }: { reasons: readonly Reason[] }): ReactNode =>
  strongest?.counted === undefined ? null : <p className="muted">{countedInWords(strongest.counted)}</p>;

export const Reasons = ({ comparison }: { comparison: Comparison }): ReactNode => {
  const { a, b, match, grade, reasons, tried, devices, notes } = comparison;
  const decoders = [...new Set(match === null ? [comparison.decoders.a, comparison.decoders.b] : [match.decoder])];
  const isItself = a.id === b.id;
  return (
    <section className={styles['strip']} data-grade={grade} aria-label={t.connections.reasons} tabIndex={0}>
      <p className={styles['verdict']}>
        <GradeBadge grade={grade} />
      </p>
      <p>{t.gradeWords[grade]}</p>
      {isItself ? (
        <p className="muted">{t.compare.itself}</p>
      ) : (
        <>
          {match === null ? (
            <p className="muted">{t.compare.measuredNow}</p>
          ) : (
            <>
              <p className={styles['why']} lang="en">
                {match.words}
              </p>
              <p className={styles['strength']}>
                {t.compare.evidence} <Strength bits={match.bits} />
              </p>
            </>
          )}
          <Turn reasons={reasons} />
          {reasons.length > 0 && <Measures reasons={reasons} withEvidence />}
          <Basis reasons={reasons} />
          {devices.map((device) => (
            <p key={device} data-device>
              {t.compare.sameDevice(device, grade === 'identical' || grade === 'same content')}
            </p>
          ))}
          {tried.length > 0 && (
            <>
              <p className="muted">{t.compare.tried}</p>
              <Measures reasons={tried} withEvidence={false} />
            </>
          )}
          {notes.map(({ code, detail }) => (
            <p key={code} className="muted">
              <CodeWords code={code} /> {detail}
            </p>
          ))}
          <p className="muted">{decoders.filter((decoder) => decoder !== null && decoder !== '').join(' | ')}</p>
        </>
      )}
    </section>
  );
};
