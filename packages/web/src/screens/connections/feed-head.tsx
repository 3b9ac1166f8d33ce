// Which connections: between exhibits or cases, connections or leads, in which state; below, what the order and the signs mean.
import type { Connection } from '@redthread/core/contract';
import { CONNECTION_STATES } from '@redthread/core/domain';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ConnectionsSearch } from '../../app/search-schemas.js';
import { GradeBadge, GRADES } from '../../form/grade.js';
import { count } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from './connections.module.css';

const words = t.connections;

interface FeedHeadProps {
  readonly search: ConnectionsSearch;
  /** The other ends, in the same scope as far as it has them. */
  readonly others: ConnectionsSearch;
  readonly leads: number;
}

/** Another part of the feed begins at its top. */
const to = (search: ConnectionsSearch, part: ConnectionsSearch): ConnectionsSearch => ({
  ...search,
  ...part,
  at: undefined,
});

export const FeedHead = ({ search, others, leads }: FeedHeadProps): ReactNode => {
  const ofCases = search.between === 'cases';
  return (
    <div className="head">
      <span className={styles['choice']}>
        <Link to="/connections" search={ofCases ? others : search} className="button" data-on={!ofCases}>
          {words.between.exhibits}
        </Link>
        <Link to="/connections" search={ofCases ? search : others} className="button" data-on={ofCases}>
          {words.between.cases}
        </Link>
      </span>
      <span className={styles['choice']}>
        <Link to="/connections" search={to(search, { leads: undefined })} className="button" data-on={!search.leads}>
          {words.connected}
        </Link>
        <Link to="/connections" search={to(search, { leads: true })} className="button" data-on={search.leads === true}>
          {words.asLeads(count(leads))}
        </Link>
      </span>
      <span className={styles['choice']}>
        {([undefined, ...CONNECTION_STATES] as const).map((state) => (
          <Link
            key={state ?? ''}
            to="/connections"
            search={to(search, { state })}
            className="button"
            data-on={search.state === state}
          >
            {state === undefined ? words.anyState : words.states[state]}
          </Link>
        ))}
      </span>
    </div>
  );
};

export const FeedLegend = ({
  connections,
  leads,
}: {
  connections: readonly Connection[];
  leads: boolean;
}): ReactNode => {
  const present = new Set(connections.flatMap(({ counts }) => counts.map(({ grade }) => grade)));
  return (
    <p className={styles['legend']}>
      {leads ? words.legendLeads : words.legend}
      <span className={styles['signs']}>
        {GRADES.filter((grade) => present.has(grade)).map((grade) => (
          <GradeBadge key={grade} grade={grade} />
        ))}
      </span>
    </p>
  );
};
