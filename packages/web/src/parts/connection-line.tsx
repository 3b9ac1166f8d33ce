// One connection in one line: strength, both ends, the strongest reason in words, pairs by grade.
import type { Connection } from '@redthread/core/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { GradeBadge, GradeCounts, GRADES, GradeShape } from '../form/grade.js';
import { exhibitName } from '../text/format.js';
import { t } from '../text/index.js';
import styles from './connection-line.module.css';
import { Strength } from './strength.js';

const End = ({ end }: { end: Connection['a'] }): ReactNode => (
  <span className={styles['end']} title={end.agency.name}>
    <span className={styles['country']}>{end.agency.country}</span>
    {exhibitName(end.caseReference, end.exhibit)}
  </span>
);

/** What the order is, and what the signs mean that stand in these rows. */
export const ConnectionLegend = ({ connections }: { connections: readonly Connection[] }): ReactNode => {
  const present = new Set(connections.flatMap(({ counts }) => counts.map(({ grade }) => grade)));
  return (
    <p className={styles['legend']}>
      {t.connections.legend}
      {GRADES.filter((grade) => present.has(grade)).map((grade) => (
        <GradeBadge key={grade} grade={grade} />
      ))}
    </p>
  );
};

/** The same columns under their names. */
export const ConnectionLines = ({
  connections,
  at,
}: {
  connections: readonly Connection[];
  at?: string | undefined;
}): ReactNode => (
  <>
    <div className={styles['names']}>
      <span>{t.connections.strength}</span>
      <span>{t.connections.ends}</span>
      <span>{t.connections.strongest}</span>
      <span className="num">{t.connections.pairs}</span>
    </div>
    {connections.map((connection) => (
      <ConnectionLine key={connection.id} connection={connection} selected={connection.id === at} />
    ))}
  </>
);

const ConnectionLine = ({ connection, selected }: { connection: Connection; selected: boolean }): ReactNode => {
  const { strongest } = connection;
  return (
    <Link
      id={`connection-${connection.id}`}
      to="/compare"
      search={{ a: strongest.mediaA, b: strongest.mediaB }}
      className={styles['line']}
      data-selected={selected}
    >
      <Strength bits={connection.bits} />
      <span className={styles['ends']}>
        <End end={connection.a} />
        <span className={styles['thread']} aria-label={t.nav.connections} />
        <End end={connection.b} />
      </span>
      <span className={styles['words']}>
        <GradeShape grade={strongest.grade} />
        <span className="clip" title={strongest.words}>
          {strongest.words}
        </span>
      </span>
      <GradeCounts counts={connection.counts} />
    </Link>
  );
};
