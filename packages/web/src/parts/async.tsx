// Shows what a query gave, or exactly why not; says that it reads only after a moment, so that nothing flickers.
import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { BEING_READ, isProblem } from '../api/problem.js';
import { detailIn } from '../text/detail.js';
import { sentences, t } from '../text/index.js';
import { errorWords } from './error-words.js';
import { ProblemNotice } from './problem-notice.js';
import styles from './async.module.css';

const QUIET_MS = 300;

export const Reading = ({ words = t.common.reading }: { words?: string }): ReactNode => {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), QUIET_MS);
    return () => clearTimeout(timer);
  }, []);
  return <p className={styles['reading']}>{shown ? words : ''}</p>;
};

/** What the server reads first itself: how far it is, until it is there. */
export const BeingRead = ({ error }: { error: unknown }): ReactNode =>
  isProblem(error, BEING_READ) ? (
    <p className={styles['reading']} role="status">
      {errorWords(BEING_READ)?.title}: {detailIn(sentences, error.problem.detail, error.problem.said).text}.
    </p>
  ) : null;

type Readable<T> = Pick<UseQueryResult<T>, 'data' | 'error' | 'failureReason' | 'refetch'>;

export const Async = <T,>({ query, children }: { query: Readable<T>; children: (data: T) => ReactNode }): ReactNode => {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) return <ProblemNotice error={query.error} retry={() => void query.refetch()} />;
  if (isProblem(query.failureReason, BEING_READ)) return <BeingRead error={query.failureReason} />;
  return <Reading />;
};
