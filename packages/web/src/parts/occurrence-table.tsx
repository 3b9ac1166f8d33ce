// Files at paths: which exhibit, where in it, in which state, with the times as their source wrote them.
import type { Occurrence, ReportWord } from '@redthread/core/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { MiddleCut } from '../form/copyable.js';
import { bytes, exhibitName, sourceTime } from '../text/format.js';
import { t } from '../text/index.js';
import { CodeWords } from './code-words.js';
import styles from './occurrence-table.module.css';

/** The first time that the source wrote, such as that of its last change; the others when asked. */
const Times = ({ occurrence }: { occurrence: Occurrence }): ReactNode => {
  const lines = occurrence.sourceTimes.map((time) => ({ time, words: sourceTime(time, t.common.noZone) }));
  const all = lines.map(({ time, words }) => `${time.kind} (${time.basis}): ${words}`).join('\n');
  return <span title={all}>{lines[0]?.words ?? ''}</span>;
};

/** What became of it on the device, and where its bytes are, as a report says. */
const Reported = ({ report }: { report: ReportWord }): ReactNode => {
  const words = [
    report.state === 'deleted' || report.state === 'trash' ? t.phones.states[report.state] : '',
    report.bytes === 'own' ? '' : t.phones.bytes[report.bytes],
    report.agrees === false ? t.phones.disagrees : '',
  ];
  return <span className={styles['note']}>{words.filter((part) => part !== '').join(', ')}</span>;
};

export const OccurrenceTable = ({
  rows,
  linkMedia,
}: {
  rows: readonly Occurrence[];
  linkMedia: boolean;
}): ReactNode => (
  <table className="table">
    <thead>
      <tr>
        <th>{t.common.exhibit}</th>
        <th className="grow">{t.common.path}</th>
        <th className="num">{t.common.size}</th>
        <th>{t.common.time}</th>
        <th>{t.common.state}</th>
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <tr key={row.id}>
          <td className={styles['exhibit']}>
            <span className="muted">{row.agency.country}</span>{' '}
            <Link to="/exhibits/$exhibitId" params={{ exhibitId: row.exhibitId }} className="link">
              {exhibitName(row.caseReference, row.exhibit)}
            </Link>
          </td>
          <td className="grow">
            {linkMedia && row.mediaId !== null ? (
              <Link to="/media/$mediaId" params={{ mediaId: row.mediaId }}>
                <MiddleCut text={row.path} />
              </Link>
            ) : (
              <MiddleCut text={row.path} />
            )}
            {row.deletion !== null && (
              <span className={styles['mark']} data-deletion={row.deletion}>
                {t.kinds.deletion[row.deletion]}
              </span>
            )}
            {row.isThumbnail && (
              <span className={styles['mark']} data-thumbnail={row.onlyThumbnail ? 'only' : 'of-larger'}>
                {row.onlyThumbnail ? t.kinds.onlyThumbnail : t.kinds.thumbnail}
              </span>
            )}
            {row.report !== null && (
              <span className={styles['note']}>
                {t.phones.onDevice}: {row.report.path}
              </span>
            )}
            {row.rawName !== null && (
              <span className={styles['note']}>
                {t.media.archiveName}: {row.rawName}
              </span>
            )}
          </td>
          <td className="num">{row.sizeBytes === null ? '' : bytes(row.sizeBytes)}</td>
          <td className={styles['times']}>
            <Times occurrence={row} />
          </td>
          <td className={styles['state']} title={row.errorDetail ?? undefined}>
            {t.occurrenceState[row.state]}
            {row.report !== null && <Reported report={row.report} />}
            {row.errorCode !== null && (
              <span className={styles['code']}>
                <CodeWords code={row.errorCode} />
              </span>
            )}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
