// One connection in one line: strength, both ends, the strongest reason in words, pairs by grade.
import type { Connection } from '@redthread/core/contract';
import { Link } from '@tanstack/react-router';
import { Fragment, useMemo, useState, type ReactNode } from 'react';
import { GradeBadge, GradeCounts, GRADES, GradeShape } from '../form/grade.js';
import { exhibitName } from '../text/format.js';
import { t } from '../text/index.js';
import styles from './connection-line.module.css';
import { groupAlike, type ConnectionGroup } from './group-alike.js';
import { Strength } from './strength.js';

const End = ({ end }: { end: Connection['a'] }): ReactNode => (
  <span className={styles['end']} title={end.agency.name}>
    <span className={styles['country']}>{end.agency.country}</span>
    {end.exhibit === null ? end.caseReference : exhibitName(end.caseReference, end.exhibit)}
  </span>
);

/** What the order is, and what the signs mean that stand in these rows. */
export const ConnectionLegend = ({
  connections,
  leads,
}: {
  connections: readonly Connection[];
  leads: number;
}): ReactNode => {
  const present = new Set(connections.flatMap(({ counts }) => counts.map(({ grade }) => grade)));
  return (
    <p className={styles['legend']}>
      {leads > 0 && `${t.connections.leads(leads)}. `}
      {t.connections.legend}
      <span className={styles['signs']}>
        {GRADES.filter((grade) => present.has(grade)).map((grade) => (
          <GradeBadge key={grade} grade={grade} />
        ))}
      </span>
    </p>
  );
};

interface ConnectionLinesProps {
  readonly groups: readonly ConnectionGroup[];
  /** Ids of the first lines of the groups that are shown whole. */
  readonly opened: ReadonlySet<string>;
  readonly onToggle: (id: string) => void;
  readonly at?: string | undefined;
}

/** Which groups are shown whole; one that holds the selected line is. */
export const useOpened = (groups: readonly ConnectionGroup[], at?: string) => {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const opened = useMemo(() => {
    const holding = groups.filter(({ alike }) => alike.some(({ id }) => id === at)).map(({ first }) => first.id);
    return new Set([...chosen, ...holding]);
  }, [chosen, groups, at]);
  const toggle = (id: string): void =>
    setChosen((before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]));
  return { opened, toggle };
};

/** The same columns under their names; lines alike stand behind the first of them. */
export const ConnectionLines = ({ groups, opened, onToggle, at }: ConnectionLinesProps): ReactNode => (
  <>
    <div className={styles['names']}>
      <span>{t.connections.strength}</span>
      <span>{t.connections.ends}</span>
      <span>{t.connections.strongest}</span>
      <span className="num">{t.connections.pairs}</span>
    </div>
    {groups.map(({ first, alike }) => (
      <Fragment key={first.id}>
        <ConnectionLine connection={first} selected={first.id === at} />
        {alike.length > 0 && (
          <button
            type="button"
            className={styles['more']}
            aria-expanded={opened.has(first.id)}
            onClick={() => onToggle(first.id)}
          >
            {(opened.has(first.id) ? t.connections.hideAlike : t.connections.showAlike)(alike.length)}
          </button>
        )}
        {opened.has(first.id) &&
          alike.map((connection) => (
            <ConnectionLine key={connection.id} connection={connection} selected={connection.id === at} />
          ))}
      </Fragment>
    ))}
  </>
);

/** The strongest connections of a scope, where they are not the page. */
export const ConnectionList = ({ connections }: { connections: readonly Connection[] }): ReactNode => {
  const groups = useMemo(() => groupAlike(connections), [connections]);
  const { opened, toggle } = useOpened(groups);
  return <ConnectionLines groups={groups} opened={opened} onToggle={toggle} />;
};

/** What your agency decided, or why that is open again; nothing where nobody has decided. */
const stateWords = ({ state, reopened, decision }: Connection): string => {
  if (reopened !== null) return `${reopened}. `;
  return state === 'new' || decision === null ? '' : `${t.connections.states[state]}: ${decision.reason}. `;
};

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
      <Strength bits={connection.strengthBits} causes={connection.causes} />
      <span className={styles['ends']}>
        <End end={connection.a} />
        <span className={styles['thread']} aria-label={t.nav.connections} />
        <End end={connection.b} />
      </span>
      <span className={styles['words']}>
        <GradeShape grade={strongest.grade} />
        <span className="clip" title={strongest.words}>
          {stateWords(connection)}
          {strongest.words}
        </span>
      </span>
      <GradeCounts counts={connection.counts} />
    </Link>
  );
};
