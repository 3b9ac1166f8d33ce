// The end of a paged table: asks for the next page when it comes into sight, and says how many there are.
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useEffect, useRef, type ReactNode } from 'react';
import { count } from '../text/format.js';
import { t } from '../text/index.js';
import styles from './more-rows.module.css';

interface MoreRowsProps {
  readonly query: UseInfiniteQueryResult<InfiniteData<{ readonly total: number }>>;
  /** Rows that are there. */
  readonly shown: number;
}

export const MoreRows = ({ query, shown }: MoreRowsProps): ReactNode => {
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const total = query.data?.pages[0]?.total ?? 0;
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = end.current;
    if (element === null || !hasNextPage || isFetchingNextPage) return undefined;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) void fetchNextPage();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  if (!hasNextPage) return null;
  return (
    <div ref={end} className={styles['more']}>
      {t.common.of(count(shown), count(total))}
      <button type="button" className="button plain" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
        {t.common.more(Math.min(100, total - shown))}
      </button>
    </div>
  );
};
