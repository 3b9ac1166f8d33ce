// Takes back something that was said, with a reason; it stays on record.
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { callVoid } from '../api/client.js';
import { useChange } from '../api/use-change.js';
import { t } from '../text/index.js';
import { ReasonField, textIn } from './field.js';
import { ProblemNotice } from './problem-notice.js';

interface TakeBackProps {
  /** Where the reason is sent. */
  readonly path: string;
  readonly touches: readonly string[];
  readonly words?: string;
}

export const TakeBack = ({ path, touches, words = t.common.takeBack }: TakeBackProps): ReactNode => {
  const [open, setOpen] = useState(false);
  const change = useChange((reason: string) => callVoid(path, { method: 'POST', body: { reason } }), touches);
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    change.mutate(textIn(new FormData(event.currentTarget))('reason'));
  };
  if (!open)
    return (
      <button type="button" className="button plain" onClick={() => setOpen(true)}>
        {words}
      </button>
    );
  return (
    <form onSubmit={submit} onKeyDown={({ key }) => key === 'Escape' && setOpen(false)}>
      <ReasonField autoFocus words={t.common.whyTakenBack} />
      <button type="submit" className="button" disabled={change.isPending}>
        {words}
      </button>
      {change.error !== null && <ProblemNotice error={change.error} />}
    </form>
  );
};
