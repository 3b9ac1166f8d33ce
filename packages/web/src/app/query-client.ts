// Server state: kept for half an hour so that Back returns at once; a lost session leads to the sign-in.
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { BEING_READ, isProblem, isSignedOut } from '../api/problem.js';

const KEEP_MS = 30 * 60_000;
const FRESH_MS = 10_000;
const TRIES = 2;
const ASK_AGAIN_MS = 1_000;

export const createQueryClient = (onSignedOut: () => void): QueryClient => {
  const onError = (error: unknown): void => {
    if (isSignedOut(error)) onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        gcTime: KEEP_MS,
        staleTime: FRESH_MS,
        refetchOnWindowFocus: false,
        // What is being read is asked for until it is there; the server waits a while with each answer.
        retry: (failures, error) =>
          isProblem(error, BEING_READ) || (failures < TRIES && isProblem(error, 'SERVER_UNREACHABLE')),
        retryDelay: (failures, error) => (isProblem(error, BEING_READ) ? ASK_AGAIN_MS : 1000 * 2 ** failures),
      },
    },
  });
};
