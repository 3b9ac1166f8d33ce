// Why two ends are connected: the best pair of each grade, strongest first, with what its channel counts and the two media.
import type { ConnectionReason } from '@redthread/core/contract';
import { countedInWords } from '@redthread/core/domain';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { GradeBadge } from '../../form/grade.js';
import { count, measure } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from './connections.module.css';

const words = t.connections;

const Row = ({ reason, isBest }: { reason: ConnectionReason; isBest: boolean }): ReactNode => (
  <tr data-reason={reason.grade}>
    <td>
      <GradeBadge grade={reason.grade} />
    </td>
    <td>{words.causes[reason.cause]}</td>
    <td className="grow wrap">
      <span lang="en">{reason.words}</span>{' '}
      <Link to="/compare" search={{ a: reason.mediaA, b: reason.mediaB }} className="link">
        {words.openPair}
      </Link>
      {reason.counted !== null && <p className="muted">{countedInWords(reason.counted)}</p>}
    </td>
    <td className="num muted">{measure(reason.bits)}</td>
    <td className="num muted">{count(reason.comparisons)}</td>
    <td className="num muted">{count(reason.holders)}</td>
    <td className={isBest ? 'num' : 'num muted'} title={isBest ? words.countedHint : words.notCounted}>
      {isBest ? measure(Math.max(0, reason.strengthBits)) : '–'}
    </td>
  </tr>
);

interface ReasonsProps {
  /** Strongest first. */
  readonly reasons: readonly ConnectionReason[];
  /** The two ends, in words. */
  readonly between: string;
}

export const Reasons = ({ reasons, between }: ReasonsProps): ReactNode => {
  // Of each channel the best one counts; they come in that order.
  const best = (reason: ConnectionReason): boolean =>
    reasons
      .filter(({ cause }) => cause === reason.cause)
      .every(({ strengthBits }) => strengthBits <= reason.strengthBits);
  return (
    <section>
      <h2 className={styles['part']}>
        {words.reasons} <span className="muted">{between}</span>
      </h2>
      <table className="table">
        <thead>
          <tr>
            <th>{words.grade}</th>
            <th>{words.cause}</th>
            <th className="grow">{words.reason}</th>
            <th className="num">{words.bits}</th>
            <th className="num">{words.comparisons}</th>
            <th className="num">{words.holders}</th>
            <th className="num" title={words.countedHint}>
              {words.counted}
            </th>
          </tr>
        </thead>
        <tbody>
          {reasons.map((reason) => (
            <Row key={`${reason.grade} ${reason.mediaA} ${reason.mediaB}`} reason={reason} isBest={best(reason)} />
          ))}
        </tbody>
      </table>
    </section>
  );
};
