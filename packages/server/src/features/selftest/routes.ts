// The last self-test over the API. Running one is a matter of the command line: it takes every core for a while.
import { LastSelfTest } from '@redthread/core/contract';
import { answers, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { lastSelfTest } from './service.js';

export const selfTestRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/self-test',
    {
      config: viewed('self-test'),
      schema: {
        tags: ['session'],
        summary:
          'The last self-test that your agency kept: recall and false matches by method and edit, with seed and versions',
        response: answers(LastSelfTest),
      },
    },
    async (request) => ({ last: await lastSelfTest(store, ctxOf(request)) }),
  );
};
