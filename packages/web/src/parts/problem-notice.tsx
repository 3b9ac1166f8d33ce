// A refusal or failure in full: what, exactly, the next step, the code and the request id.
import type { ReactNode } from 'react';
import { isProblem } from '../api/problem.js';
import { Copyable } from '../form/copyable.js';
import { t } from '../text/index.js';
import styles from './problem-notice.module.css';

export const ProblemNotice = ({ error, retry }: { error: unknown; retry?: () => void }): ReactNode => {
  const words = isProblem(error)
    ? error.problem
    : {
        ...t.problem.page,
        code: 'PAGE_FAILED',
        detail: error instanceof Error ? error.message : String(error),
        requestId: '',
      };
  return (
    <div className={styles['notice']} role="alert">
      <strong>{words.title}</strong>
      <p>{words.detail}</p>
      <p>
        <span className="muted">{t.problem.next}: </span>
        {words.next}
      </p>
      <p className={styles['facts']}>
        <span className="mono">{words.code}</span>
        {words.requestId !== '' && (
          <>
            <span className="muted">{t.problem.request}</span>
            <Copyable text={words.requestId} />
          </>
        )}
        {retry !== undefined && (
          <button type="button" className="button" onClick={retry}>
            {t.problem.retry}
          </button>
        )}
      </p>
    </div>
  );
};
