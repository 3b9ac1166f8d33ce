// The line that is always true: where the view stands, what works, what waits, how long; or that the server is silent, and since when.
import type { Status } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Kbd } from './own-keys.js';
import { statusQuery } from '../api/queries.js';
import { BreakLine } from '../care/break-line.js';
import { useUpload } from '../parts/use-upload.js';
import { useOutboxState } from '../sending/use-outbox.js';
import { clock, duration, rate } from '../text/format.js';
import { t } from '../text/index.js';
import { usePlaceWords } from './place.js';
import styles from './status-line.module.css';

/** "2 workers · matcher ready · to decode 120 · 14/s · 11 min left" */
export const statusWords = (status: Status): readonly string[] => {
  const { queued } = status;
  const waiting = [
    [t.status.decode, queued.decode] as const,
    [t.status.match, queued.match] as const,
    [t.status.features, queued.features] as const,
    [t.status.parts, queued.parts] as const,
    [t.status.metadata, queued.metadata] as const,
  ].filter(([, n]) => n > 0);
  return [
    t.status.workers(status.workers),
    ...(status.matcher === 'ready' ? [] : [t.status.matcher[status.matcher]]),
    ...(status.record.sealing === 'broken' ? [t.status.recordBroken] : []),
    ...status.record.places.flatMap(({ code }) => (code === null ? [] : [t.status.anchorFails(code)])),
    ...(waiting.length === 0 ? [t.status.idle] : waiting.map(([words, n]) => t.status.queued(words, n))),
    ...(waiting.length > 0 && status.ratePerSecond > 0 ? [t.status.rate(rate(status.ratePerSecond))] : []),
    ...(waiting.length > 0 && status.etaSeconds !== null ? [t.status.left(duration(status.etaSeconds))] : []),
  ];
};

/** What is being sent from this window, whatever page is open. */
const Sending = (): ReactNode => {
  const upload = useUpload();
  if (upload === null || upload.end !== null || upload.progress === null) return null;
  const { done, total } = upload.progress.files;
  return (
    <Link to="/cases/$caseId/add" params={{ caseId: upload.caseId }} className="link">
      {t.upload.note(upload.job.exhibit, done, total)}
    </Link>
  );
};

/** Decisions that the server has not taken yet, and those that it refused when nobody was there to be told. */
const Unsent = (): ReactNode => {
  const { waiting, isStuck, refused } = useOutboxState();
  return (
    <>
      {isStuck && waiting > 0 && <span className={styles['flag']}>{t.status.unsent(waiting)}</span>}
      {refused.length > 0 && (
        <span className={styles['flag']} title={refused.map(String).join('\n')}>
          {t.status.refused(refused.length)}
        </span>
      )}
    </>
  );
};

export const StatusLine = ({ onKeys }: { onKeys: () => void }): ReactNode => {
  const { data, error, dataUpdatedAt } = useQuery(statusQuery);
  const say = usePlaceWords();
  const lost = error !== null && data !== undefined;
  const readOnly = data?.readOnly ?? null;
  return (
    <footer className={styles['line']}>
      <span className={styles['say']}>{say}</span>
      <Sending />
      <BreakLine />
      <Unsent />
      {data?.demo === true && <span className={styles['flag']}>{t.status.demo}</span>}
      {readOnly !== null && <span className={styles['flag']}>{t.status.readOnly(readOnly.keyId)}</span>}
      <span className={styles['work']} data-lost={lost} role="status">
        {lost
          ? t.status.lost(clock(new Date(dataUpdatedAt)))
          : data !== undefined
            ? statusWords(data).join('  ·  ')
            : error !== null
              ? error.message
              : t.status.unknown}
      </span>
      <button type="button" className={styles['keys']} onClick={onKeys}>
        <Kbd action="help" /> {t.status.keys}
      </button>
    </footer>
  );
};
