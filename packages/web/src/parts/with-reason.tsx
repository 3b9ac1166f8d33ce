// A step that stands in the record with its reason: a button that asks why before it does anything.
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { useChange } from '../api/use-change.js';
import { t } from '../text/index.js';
import { ReasonField, textIn } from './field.js';
import { ProblemNotice } from './problem-notice.js';
import styles from './with-reason.module.css';

interface WithReasonProps {
  /** On the button, before and after. */
  readonly words: string;
  readonly reason: string;
  readonly send: (reason: string, form: FormData) => Promise<unknown>;
  readonly touches: readonly string[];
  /** Further fields. */
  readonly children?: ReactNode;
}

export const WithReason = ({ words, reason, send, touches, children }: WithReasonProps): ReactNode => {
  const [asking, setAsking] = useState(false);
  const change = useChange((form: FormData) => send(textIn(form)('reason'), form), touches);
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    change.mutate(new FormData(event.currentTarget), { onSuccess: () => setAsking(false) });
  };
  if (!asking)
    return (
      <button type="button" className="button plain" onClick={() => setAsking(true)}>
        {words}
      </button>
    );
  return (
    <form className={styles['form']} onSubmit={submit} onKeyDown={({ key }) => key === 'Escape' && setAsking(false)}>
      {children}
      <ReasonField words={reason} autoFocus />
      <button type="submit" className="button" disabled={change.isPending}>
        {words}
      </button>
      <button type="button" className="button plain" onClick={() => setAsking(false)}>
        {t.common.cancel}
      </button>
      {change.error !== null && <ProblemNotice error={change.error} />}
    </form>
  );
};
