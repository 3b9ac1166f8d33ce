// Where else people sign in: a button for each provider.
import { ProviderAddress } from '@redthread/core/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { callJson } from '../../api/client.js';
import { providersQuery } from '../../api/queries.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { t } from '../../text/index.js';
import { keepNext } from './next-page.js';

const words = t.account.provider;

/** `next`: the page that somebody wanted to see before they were asked to sign in. */
export const ProviderButtons = ({ next }: { next: string | undefined }): ReactNode => {
  const providers = useQuery(providersQuery).data ?? [];
  const begin = useMutation({
    mutationFn: (provider: string) =>
      callJson('/session/provider', ProviderAddress, { method: 'POST', body: { provider } }),
    onSuccess: ({ address }) => {
      keepNext(next);
      window.location.assign(address);
    },
  });
  return (
    <>
      {providers.map(({ id, name }) => (
        <button key={id} type="button" className="button" disabled={begin.isPending} onClick={() => begin.mutate(id)}>
          {words.signIn(name)}
        </button>
      ))}
      {begin.error !== null && <ProblemNotice error={begin.error} />}
    </>
  );
};
