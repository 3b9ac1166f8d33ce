// Stacks over the API.
import { StackPage, StackQuery } from '@redthread/core/contract';
import { answers, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { listStacks } from './service.js';

export const stackRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/stacks',
    {
      config: viewed('stacks'),
      schema: {
        tags: ['media'],
        summary: 'Stacks of near copies, or single media, of a scope and a step of its funnel',
        querystring: StackQuery,
        response: answers(StackPage),
      },
    },
    (request) => listStacks(store, ctxOf(request), request.query),
  );
};
