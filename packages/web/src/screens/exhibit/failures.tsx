// What could not be used, and why: by code, with its meaning and next step; then each file.
import type { FailureRow } from '@redthread/core/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { failuresQuery, PROGRESS_POLL_MS } from '../../api/queries.js';
import { MiddleCut } from '../../form/copyable.js';
import { Async } from '../../parts/async.js';
import { errorWords } from '../../parts/error-words.js';
import { MoreRows } from '../../parts/more-rows.js';
import { Section } from '../../parts/section.js';
import { t } from '../../text/index.js';
import styles from './exhibit.module.css';

const POLL_WHILE_RUNNING_MS = 5 * PROGRESS_POLL_MS;

const Row = ({ row }: { row: FailureRow }): ReactNode => (
  <tr>
    <td className={`${styles['what']} mono`}>{row.code}</td>
    <td className={styles['what']} title={errorWords(row.code)?.next}>
      {errorWords(row.code)?.title ?? row.detail}
    </td>
    <td className={styles['what']}>{t.exhibit.outcomes[row.mediaId === null ? 'unread' : row.stage]}</td>
    <td className="grow">
      {row.mediaId === null ? (
        <MiddleCut text={row.path} />
      ) : (
        <Link to="/media/$mediaId" params={{ mediaId: row.mediaId }}>
          <MiddleCut text={row.path} />
        </Link>
      )}
    </td>
    <td className="muted wrap" style={{ minWidth: 240 }}>
      {row.detail}
    </td>
  </tr>
);

export const Failures = ({ exhibitId, running }: { exhibitId: string; running: boolean }): ReactNode => {
  const query = useInfiniteQuery({
    ...failuresQuery(exhibitId),
    refetchInterval: running ? POLL_WHILE_RUNNING_MS : false,
  });
  const total = query.data?.pages[0]?.total ?? 0;
  return (
    <Section title={total === 0 && !running ? t.exhibit.noFailures : t.exhibit.failures(total)} id="failures">
      <Async query={query}>
        {(data) => {
          const rows = data.pages.flatMap((page) => page.items);
          return (
            <>
              {rows.length > 0 && (
                <table className="table">
                  <thead>
                    <tr>
                      <th>{t.exhibit.code}</th>
                      <th>{t.exhibit.what}</th>
                      <th>{t.exhibit.outcome}</th>
                      <th className="grow">{t.common.path}</th>
                      <th>{t.exhibit.detail}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((row, index) => (
                      <Row key={`${row.occurrenceId ?? row.mediaId ?? ''}-${index}`} row={row} />
                    ))}
                  </tbody>
                </table>
              )}
              <MoreRows query={query} shown={rows.length} />
            </>
          );
        }}
      </Async>
    </Section>
  );
};
