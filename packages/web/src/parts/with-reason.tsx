// A step that stands in the record with its reason: a button that asks why before it does anything.
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { t } from '../text/index.js';
import { ReasonField, textIn } from './field.js';
import { ProblemNotice } from './problem-notice.js';
import styles from './with-reason.module.css';

interface WithReasonProps {
  /** On the button, before and after. */
  readonly words: string;
  readonly reason: string;
  readonly run: (reason: string, form: FormData) => Promise<unknown>;
  /** Further fields. */
  readonly children?: ReactNode;
}

export const WithReason = ({ words, reason, run, children }: WithReasonProps): ReactNode => {
  const [asking, setAsking] = useState(false);
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setRunning(true);
    setError(null);
    run(textIn(form)('reason'), form)
      .then(() => setAsking(false), setError)
      .finally(() => setRunning(false));
  };
  if (!asking)
    return (
      <button type="button" className="button plain" onClick={() => setAsking(true)}>
        {words}
      </button>
    );
  return (
    <form className={styles['form']} onSubmit={submit}>
      {children}
      <ReasonField words={reason} autoFocus />
      <button type="submit" className="button" disabled={running}>
        {words}
      </button>
      <button type="button" className="button plain" onClick={() => setAsking(false)}>
        {t.common.cancel}
      </button>
      {error !== null && <ProblemNotice error={error} />}
    </form>
  );
};
