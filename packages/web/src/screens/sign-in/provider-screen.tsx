// Where a provider sends the browser back to: takes what it came with, and goes on as after a password; or sends it there to prove something.
import { Me, SecondStep } from '@redthread/core/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import { z } from 'zod';
import { callJson } from '../../api/client.js';
import { meQuery } from '../../api/queries.js';
import { Mark } from '../../form/icons.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { goToProve, isProof, isToProve, providerAnswer, tellProven } from '../../provider/answer.js';
import { t } from '../../text/index.js';
import { takeNext } from './next-page.js';
import { NextStep } from './next-step.js';
import styles from './sign-in.module.css';

const words = t.account.provider;

export const ProviderScreen = (): ReactNode => {
  const router = useRouter();
  const client = useQueryClient();
  const enter = (me: Me): void => {
    client.setQueryData(meQuery.queryKey, me);
    router.history.replace(takeNext());
  };
  const answer = useMutation({
    mutationFn: async () => {
      if (isToProve()) return goToProve().then(() => null);
      const body = { answer: providerAnswer() ?? '' };
      return callJson('/session/provider/answer', z.union([SecondStep, Me]), { method: 'POST', body });
    },
    onSuccess: (said) => {
      if (said === null || 'stage' in said) return;
      if (isProof()) tellProven();
      else enter(said);
    },
  });
  const asked = useRef(false);
  useEffect(() => {
    // An answer is taken once.
    if (asked.current) return;
    asked.current = true;
    answer.mutate();
  });
  const { data } = answer;
  if (data !== undefined && data !== null && 'stage' in data)
    return <NextStep step={data} onIn={enter} onElse={() => router.history.replace('/sign-in')} />;
  return (
    <main className={styles['page']}>
      <div className={styles['form']}>
        <h1>
          <Mark size={32} />
          {t.product}
        </h1>
        {answer.error === null ? (
          <p className="muted">{data !== undefined && data !== null ? words.proven : words.returning}</p>
        ) : (
          <>
            <ProblemNotice error={answer.error} />
            <p>
              <Link to="/sign-in" className="link">
                {words.back}
              </Link>
            </p>
          </>
        )}
      </div>
    </main>
  );
};
