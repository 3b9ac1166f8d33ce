// One connection in one line: strength, both ends, the strongest reason in words, what was decided, pairs by grade.
import type { Connection, ConnectionEnd } from '@redthread/core/contract';
import { Link } from '@tanstack/react-router';
import { Fragment, useMemo, useState, type ReactNode } from 'react';
import { GradeCounts, GradeShape } from '../form/grade.js';
import { exhibitName } from '../text/format.js';
import { t } from '../text/index.js';
import styles from './connection-line.module.css';
import { AtRiskSign } from './at-risk.js';
import { groupAlike, type ConnectionGroup } from './group-alike.js';
import { Strength } from './strength.js';

const words = t.connections;

/** An exhibit by its case, or a case. */
export const endName = ({ caseReference, exhibit }: ConnectionEnd): string =>
  exhibit === null ? caseReference : exhibitName(caseReference, exhibit);

const End = ({ end }: { end: ConnectionEnd }): ReactNode => (
  <span className={styles['end']} title={end.agency.name}>
    <AtRiskSign id={end.caseId} />
    <span className={styles['country']}>{end.agency.country}</span>
    {endName(end)}
  </span>
);

interface ConnectionLinesProps {
  readonly groups: readonly ConnectionGroup[];
  /** Ids of the first lines of the groups that are shown whole. */
  readonly opened: ReadonlySet<string>;
  readonly onToggle: (id: string) => void;
  readonly at?: string | undefined;
  /** Without it a click anywhere on a line opens its evidence. */
  readonly onSelect?: (id: string) => void;
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
export const ConnectionLines = ({ groups, opened, onToggle, at, onSelect }: ConnectionLinesProps): ReactNode => {
  const between = groups[0]?.first.between ?? 'exhibits';
  const line = (connection: Connection): ReactNode => (
    <ConnectionLine connection={connection} selected={connection.id === at} {...(onSelect && { onSelect })} />
  );
  return (
    <>
      <div className={styles['names']}>
        <span>{words.strength}</span>
        <span>{words.between[between]}</span>
        <span>{words.strongest}</span>
        <span>{words.stateHeading}</span>
        <span className="num">{words.pairs}</span>
      </div>
      {groups.map(({ first, alike }) => (
        <Fragment key={first.id}>
          {line(first)}
          {alike.length > 0 && (
            <button
              type="button"
              className={styles['more']}
              aria-expanded={opened.has(first.id)}
              onClick={() => onToggle(first.id)}
            >
              {opened.has(first.id) ? words.hideAlike(alike.length) : words.showAlike(alike.length, between)}
            </button>
          )}
          {opened.has(first.id) &&
            alike.map((connection) => <Fragment key={connection.id}>{line(connection)}</Fragment>)}
        </Fragment>
      ))}
    </>
  );
};

/** The strongest connections of a scope, where they are not the page. */
export const ConnectionList = ({ connections }: { connections: readonly Connection[] }): ReactNode => {
  const groups = useMemo(() => groupAlike(connections), [connections]);
  const { opened, toggle } = useOpened(groups);
  return <ConnectionLines groups={groups} opened={opened} onToggle={toggle} />;
};

interface ConnectionLineProps {
  readonly connection: Connection;
  readonly selected: boolean;
  readonly onSelect?: (id: string) => void;
}

const ConnectionLine = ({ connection, selected, onSelect }: ConnectionLineProps): ReactNode => {
  const { id, a, b, strongest, state, reopened, decision } = connection;
  return (
    <div
      id={`connection-${id}`}
      className={styles['line']}
      data-selected={selected}
      data-state={state}
      data-whole={onSelect === undefined}
      aria-current={selected ? 'true' : undefined}
      onClick={() => onSelect?.(id)}
    >
      <Strength bits={connection.strengthBits} causes={connection.causes} />
      <span className={styles['ends']}>
        <End end={a} />
        <span className={styles['thread']} role="img" aria-label={t.graph.relations.connection} />
        <End end={b} />
      </span>
      <Link to="/compare" search={{ a: strongest.mediaA, b: strongest.mediaB }} className={styles['words']}>
        <GradeShape grade={strongest.grade} />
        <span className="clip" lang="en" title={strongest.words}>
          {strongest.words}
        </span>
      </Link>
      <span className={`clip ${styles['state']}`} title={reopened ?? decision?.reason}>
        {reopened === null ? words.states[state] : words.again}
      </span>
      <GradeCounts counts={connection.counts} />
    </div>
  );
};
