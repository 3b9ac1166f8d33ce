// A refusal or failure in full: what, exactly, the next step, the code and the request id.
import { isRedthreadError, type Said } from '@redthread/core/errors';
import type { ReactNode } from 'react';
import { isProblem } from '../api/problem.js';
import { Copyable } from '../form/copyable.js';
import { detailIn } from '../text/detail.js';
import { sentences, t } from '../text/index.js';
import { errorWords } from './error-words.js';
import styles from './problem-notice.module.css';

interface Words {
  readonly title: string;
  readonly detail: string;
  /** What the program says in one language alone, whatever that of the page; null: as the page. */
  readonly detailLang: 'en' | null;
  readonly next: string;
  readonly code: string;
  readonly requestId: string;
}

const ownDetail = (detail: string, said: Said | undefined): Pick<Words, 'detail' | 'detailLang'> => {
  const { text, lang } = detailIn(sentences, detail, said);
  return { detail: text, detailLang: lang };
};

/** Of what the server refused, of what was refused here already, and of what went wrong while the page was drawn. */
const wordsOf = (error: unknown): Words => {
  // Without a status it was said here already.
  if (isProblem(error))
    return error.problem.status === 0
      ? { ...error.problem, detailLang: null }
      : { ...error.problem, ...ownDetail(error.problem.detail, error.problem.said), ...errorWords(error.code) };
  if (isRedthreadError(error)) {
    const { detail, said, code } = error;
    return { ...t.errors[code], ...ownDetail(detail, said), code, requestId: '' };
  }
  const detail = error instanceof Error ? error.message : String(error);
  return { ...t.problem.page, code: 'PAGE_FAILED', detail, detailLang: 'en', requestId: '' };
};

export const ProblemNotice = ({ error, retry }: { error: unknown; retry?: () => void }): ReactNode => {
  const words = wordsOf(error);
  return (
    <div className={styles['notice']} role="alert">
      <strong>{words.title}</strong>
      <p lang={words.detailLang ?? undefined}>{words.detail}</p>
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
