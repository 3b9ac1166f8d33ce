// What could not be used, and why: by code, with its meaning, each file; work that failed is tried again from here, or set aside.
import { WorkChanged, type FailureRow } from '@redthread/core/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { callJson, callVoid } from '../../api/client.js';
import { failuresQuery, PROGRESS_POLL_MS } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { INGEST_ROLES, useRoles } from '../../app/use-roles.js';
import { MiddleCut } from '../../form/copyable.js';
import { Async } from '../../parts/async.js';
import { errorWords } from '../../parts/error-words.js';
import { MoreRows } from '../../parts/more-rows.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { WithReason } from '../../parts/with-reason.js';
import { t } from '../../text/index.js';
import styles from './exhibit.module.css';

const POLL_WHILE_RUNNING_MS = 5 * PROGRESS_POLL_MS;
const words = t.exhibit;
const TOUCHES = ['/exhibits', '/funnel', '/status', '/stacks', '/reviews', '/media'] as const;

const useRetry = (exhibitId: string) =>
  useChange(
    (media: readonly string[] | undefined) =>
      callJson(`/exhibits/${exhibitId}/failures/retry`, WorkChanged, { method: 'POST', body: { media } }),
    TOUCHES,
  );

/** Nothing where nothing can be done, or not by the viewer. */
const Doing = ({ row, exhibitId }: { row: FailureRow; exhibitId: string }): ReactNode => {
  const retry = useRetry(exhibitId);
  const { mediaId, work } = row;
  if (mediaId === null) return <span className="muted">{words.again}</span>;
  if (work === null) return null;
  return (
    <span className={styles['doing']}>
      <button
        type="button"
        className="button plain"
        disabled={retry.isPending}
        aria-label={`${words.retry}: ${row.path}`}
        onClick={() => retry.mutate([mediaId])}
      >
        {words.retry}
      </button>
      {work === 'failed' && (
        <WithReason
          words={words.setAside}
          reason={words.setAsideReason}
          send={(reason) =>
            callVoid(`/exhibits/${exhibitId}/failures/quarantine`, {
              method: 'POST',
              body: { media: [mediaId], reason },
            })
          }
          touches={TOUCHES}
        />
      )}
      {retry.error !== null && <ProblemNotice error={retry.error} />}
    </span>
  );
};

const Row = ({ row, exhibitId, mayAct }: { row: FailureRow; exhibitId: string; mayAct: boolean }): ReactNode => (
  <tr data-failure={row.code}>
    <td className="wrap" title={errorWords(row.code)?.next}>
      {errorWords(row.code)?.title ?? row.detail}
      <span className={`${styles['code']} mono`}>{row.code}</span>
    </td>
    <td className="wrap">
      {words.outcomes[row.mediaId === null ? 'unread' : row.stage]}
      {row.code === 'FILE_SET_ASIDE' && `, ${words.aside}`}
    </td>
    <td className="grow">
      {row.mediaId === null ? (
        <MiddleCut text={row.path} />
      ) : (
        <Link to="/media/$mediaId" params={{ mediaId: row.mediaId }}>
          <MiddleCut text={row.path} />
        </Link>
      )}
    </td>
    <td className={`${styles['detail']} muted wrap`} lang="en">
      {row.detail}
    </td>
    {mayAct && (
      <td className="wrap">
        <Doing row={row} exhibitId={exhibitId} />
      </td>
    )}
  </tr>
);

/** What came of it is said also when nothing is left to try. */
const RetryAll = ({ exhibitId, some }: { exhibitId: string; some: boolean }): ReactNode => {
  const retry = useRetry(exhibitId);
  if (!some && retry.isIdle) return null;
  return (
    <div className="head">
      {some && (
        <>
          <button type="button" className="button" disabled={retry.isPending} onClick={() => retry.mutate(undefined)}>
            {words.retryAll}
          </button>
          <span className="muted">{words.retryAllHint}</span>
        </>
      )}
      {retry.isSuccess && <span role="status">{words.retried(retry.data.media)}</span>}
      {retry.error !== null && <ProblemNotice error={retry.error} />}
    </div>
  );
};

interface FailuresProps {
  readonly exhibitId: string;
  readonly running: boolean;
  readonly isOwn: boolean;
}

export const Failures = ({ exhibitId, running, isOwn }: FailuresProps): ReactNode => {
  const mayAct = useRoles(INGEST_ROLES) && isOwn;
  const query = useInfiniteQuery({
    ...failuresQuery(exhibitId),
    refetchInterval: running ? POLL_WHILE_RUNNING_MS : false,
  });
  const total = query.data?.pages[0]?.total ?? 0;
  return (
    <Section title={total === 0 && !running ? words.noFailures : words.failures(total)} id="failures">
      <Async query={query}>
        {(data) => {
          const rows = data.pages.flatMap((page) => page.items);
          return (
            <>
              {mayAct && <RetryAll exhibitId={exhibitId} some={rows.some(({ work }) => work === 'failed')} />}
              {rows.length > 0 && (
                <table className="table">
                  <thead>
                    <tr>
                      <th>{words.what}</th>
                      <th>{words.outcome}</th>
                      <th className="grow">{t.common.path}</th>
                      <th>{words.detail}</th>
                      {mayAct && <th>{words.doing}</th>}
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((row, index) => (
                      <Row
                        key={`${row.occurrenceId ?? row.mediaId ?? ''}-${index}`}
                        row={row}
                        exhibitId={exhibitId}
                        mayAct={mayAct}
                      />
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
