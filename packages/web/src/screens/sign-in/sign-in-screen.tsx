// Sign in: name, password, and what will be recorded.
import { Me, SecondStep } from '@redthread/core/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { z } from 'zod';
import { callJson } from '../../api/client.js';
import { meQuery, setupQuery } from '../../api/queries.js';
import { Mark } from '../../form/icons.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { t } from '../../text/index.js';
import { NextStep } from './next-step.js';
import { ProviderButtons } from './provider-buttons.js';
import styles from './sign-in.module.css';

const route = getRouteApi('/sign-in');

export const SignInScreen = (): ReactNode => {
  const { next } = route.useSearch();
  const router = useRouter();
  const client = useQueryClient();
  const isEmpty = useQuery(setupQuery).data?.open === true;
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: () =>
      callJson('/session', z.union([SecondStep, Me]), { method: 'POST', body: { login: login.trim(), password } }),
    onSuccess: (answer) => {
      if (!('stage' in answer)) enter(answer);
    },
  });
  const enter = (me: Me): void => {
    client.setQueryData(meQuery.queryKey, me);
    router.history.replace(next ?? '/operations');
  };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    signIn.mutate();
  };
  if (signIn.data !== undefined && 'stage' in signIn.data)
    return <NextStep step={signIn.data} onIn={enter} onElse={() => signIn.reset()} />;
  return (
    <main className={styles['page']}>
      <form className={styles['form']} onSubmit={submit}>
        <h1>
          <Mark size={32} />
          {t.product}
        </h1>
        {isEmpty && (
          <p>
            <Link to="/setup" className="link">
              {t.setup.open}
            </Link>
          </p>
        )}
        <label>
          {t.signIn.login}
          <input
            className="field"
            name="login"
            autoComplete="username"
            autoFocus
            spellCheck={false}
            value={login}
            onChange={(event) => setLogin(event.currentTarget.value)}
          />
        </label>
        <label>
          {t.signIn.password}
          <input
            className="field"
            name="password"
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        </label>
        <button type="submit" className="button" disabled={signIn.isPending || login.trim() === '' || password === ''}>
          {t.signIn.submit}
        </button>
        {signIn.error !== null && <ProblemNotice error={signIn.error} />}
        <ProviderButtons next={next} />
        <p className="muted">{t.signIn.note}</p>
        <p className="muted">{t.signIn.forgotten}</p>
      </form>
    </main>
  );
};
