// A new password of the viewer's own: it ends every session, this one too, so that they sign in with it.
import type { ReactNode, SyntheticEvent } from 'react';
import { callVoid } from '../../api/client.js';
import { useChange } from '../../api/use-change.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { t } from '../../text/index.js';
import styles from './account.module.css';

export const OwnPassword = ({ login }: { login: string }): ReactNode => {
  const save = useChange(
    (body: { password: string; keepApiKeys: boolean }) =>
      callVoid(`/users/${encodeURIComponent(login)}/password`, { method: 'PUT', body }),
    ['/me'],
  );
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    save.mutate({ password: String(form.get('password')), keepApiKeys: form.has('keepApiKeys') });
  };
  return (
    <>
      <form className={styles['look']} onSubmit={submit}>
        <input
          className={`field ${styles['reach']}`}
          name="password"
          type="password"
          required
          minLength={12}
          maxLength={1000}
          autoComplete="new-password"
          placeholder={t.account.passwordHint}
          aria-label={t.administration.newPassword}
        />
        <label>
          <input type="checkbox" name="keepApiKeys" /> {t.account.keepApiKeys}
        </label>
        <button type="submit" className="button" disabled={save.isPending}>
          {t.administration.setPassword}
        </button>
      </form>
      {save.error !== null && <ProblemNotice error={save.error} />}
    </>
  );
};
