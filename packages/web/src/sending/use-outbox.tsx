// The outbox of whoever is signed in: one for all pages, so that a decision goes on its way wherever its person goes.
import { useQuery } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { z } from 'zod';
import { callJson } from '../api/client.js';
import { isProblem } from '../api/problem.js';
import { meQuery } from '../api/queries.js';
import { createOutbox, type Outbox, type OutboxState } from './outbox.js';

const SERVER_FAILED = 500;

/** Nobody was there, or nobody is signed in, or the server is at a loss: about the decision nothing was said. */
const isPassing = (error: unknown): boolean =>
  isProblem(error, 'SERVER_UNREACHABLE') ||
  isProblem(error, 'NOT_SIGNED_IN') ||
  isProblem(error, 'READ_ONLY') ||
  (isProblem(error) && error.problem.status >= SERVER_FAILED);

const OutboxContext = createContext<Outbox | null>(null);

const Of = ({ owner, children }: { owner: string; children: ReactNode }): ReactNode => {
  const [outbox, setOutbox] = useState<Outbox | null>(null);
  useEffect(() => {
    const made = createOutbox({
      storage: window.localStorage,
      owner,
      isPassing,
      send: ({ path, body }) => callJson(path, z.unknown(), { method: 'POST', body }),
    });
    // It belongs to the person: made when they come, closed when they go.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    setOutbox(made);
    return made.close;
  }, [owner]);
  return outbox === null ? null : <OutboxContext value={outbox}>{children}</OutboxContext>;
};

export const OutboxProvider = ({ children }: { children: ReactNode }): ReactNode => {
  const me = useQuery(meQuery).data;
  return me === undefined ? null : (
    <Of key={me.id} owner={me.id}>
      {children}
    </Of>
  );
};

export const useOutbox = (): Outbox => {
  const outbox = useContext(OutboxContext);
  if (outbox === null) throw new Error('OutboxProvider is missing');
  return outbox;
};

export const useOutboxState = (): OutboxState => {
  const outbox = useOutbox();
  return useSyncExternalStore(outbox.subscribe, outbox.state);
};
