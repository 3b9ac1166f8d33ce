// Set up: the token of the console, the first agency and its administrator, once; then the sign-in.
import { SetupDone } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode, SyntheticEvent } from 'react';
import { callJson, callVoid } from '../../api/client.js';
import { setupQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { Mark } from '../../form/icons.js';
import { Async } from '../../parts/async.js';
import { textIn } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { t } from '../../text/index.js';
import styles from '../sign-in/sign-in.module.css';

const FIELDS = [
  { name: 'token', words: t.setup.token, autoComplete: 'off' },
  { name: 'agency', words: t.setup.agency, autoComplete: 'organization' },
  { name: 'country', words: t.setup.country, autoComplete: 'country', maxLength: 2 },
  { name: 'login', words: t.setup.login, autoComplete: 'username' },
  { name: 'displayName', words: t.setup.displayName, autoComplete: 'name' },
  { name: 'password', words: t.setup.password, autoComplete: 'new-password', type: 'password', minLength: 12 },
] as const;

const SetupForm = (): ReactNode => {
  const navigate = useNavigate();
  const setUp = useChange(
    async (form: FormData) => {
      const text = textIn(form);
      const [login, password] = [text('login'), String(form.get('password'))];
      const agency = { name: text('agency'), country: text('country').toUpperCase() };
      const body = { token: text('token'), agency, login, displayName: text('displayName'), password };
      await callJson('/setup', SetupDone, { method: 'POST', body });
      await callVoid('/session', { method: 'POST', body: { login, password } });
      await navigate({ to: '/operations' });
    },
    ['/setup', '/me'],
  );
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setUp.mutate(new FormData(event.currentTarget));
  };
  return (
    <form className={styles['form']} onSubmit={submit}>
      <h1>
        <Mark size={32} />
        {t.setup.title}
      </h1>
      <p className="muted">{t.setup.text}</p>
      {FIELDS.map(({ words, ...field }, i) => (
        <label key={field.name}>
          {words}
          <input className="field" required spellCheck={false} autoFocus={i === 0} {...field} />
        </label>
      ))}
      <button type="submit" className="button" disabled={setUp.isPending}>
        {t.setup.submit}
      </button>
      {setUp.error !== null && <ProblemNotice error={setUp.error} />}
      <p className="muted">{t.setup.note}</p>
    </form>
  );
};

export const SetupScreen = (): ReactNode => {
  const query = useQuery(setupQuery);
  return (
    <main className={styles['page']}>
      <Async query={query}>
        {({ open }) =>
          open ? (
            <SetupForm />
          ) : (
            <p>
              <Link to="/sign-in" className="link">
                {t.setup.closed}
              </Link>
            </p>
          )
        }
      </Async>
    </main>
  );
};
