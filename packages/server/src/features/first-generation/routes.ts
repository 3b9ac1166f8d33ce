// The queue of what may be first generation over the API.
import { FirstGenerationQuery, FirstGenerationQueue } from '@redthread/core/contract';
import { answers, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { firstGeneration } from './service.js';

export const firstGenerationRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/first-generation',
    {
      config: viewed('first generation'),
      schema: {
        tags: ['work'],
        summary:
          'New media in the order of the traces that speak for their coming straight from a camera, each with them',
        querystring: FirstGenerationQuery,
        response: answers(FirstGenerationQueue),
      },
    },
    (request) => firstGeneration(store, ctxOf(request), request.query),
  );
};
