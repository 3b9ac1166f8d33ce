// The funnel over the API.
import { Funnel, Scope } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import { answers, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { scopeOf } from './scope.js';
import { readFunnel } from './service.js';

export const funnelRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/funnel',
    {
      config: viewed('funnel', undefined, true),
      schema: {
        tags: ['work'],
        summary: 'From seized to new, for an operation, a case or an exhibit',
        querystring: Scope,
        response: answers(Funnel),
      },
    },
    (request) => {
      const scope = scopeOf(request.query);
      if (scope === null) throw fail('REQUEST_INVALID', 'give one of operation, case and exhibit');
      return readFunnel(store, ctxOf(request), scope);
    },
  );
};
