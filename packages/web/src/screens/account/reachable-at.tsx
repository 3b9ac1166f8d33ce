// How another agency reaches the viewer: one line, saved by Enter.
import type { ReactNode, SyntheticEvent } from 'react';
import { callVoid } from '../../api/client.js';
import { useChange } from '../../api/use-change.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { t } from '../../text/index.js';
import styles from './account.module.css';

export const ReachableAt = ({ now }: { now: string | null }): ReactNode => {
  const save = useChange(
    (reachableAt: string | null) => callVoid('/me/reachable-at', { method: 'PUT', body: { reachableAt } }),
    ['/me'],
  );
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get('reachableAt')).trim();
    save.mutate(text === '' ? null : text);
  };
  return (
    <form className={styles['look']} onSubmit={submit} key={now}>
      <input
        className={`field ${styles['reach']}`}
        name="reachableAt"
        maxLength={200}
        defaultValue={now ?? ''}
        placeholder={t.account.reachableHint}
        aria-label={t.account.reachableAt}
      />
      <button type="submit" className="button" disabled={save.isPending}>
        {t.account.save}
      </button>
      {save.error !== null && <ProblemNotice error={save.error} />}
    </form>
  );
};
