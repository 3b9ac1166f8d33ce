// The queue of what may be first generation over the API.
import { FirstGenerationQuery, FirstGenerationQueue } from '@redthread/core/contract';
import { answers, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { createTurns, inTurnOf } from '../../app/http/turns.js';
import { firstGeneration } from './service.js';

/** Each looks at thousands of files. */
const AT_ONCE = { each: 2, all: 4, waiting: 4 };

export const firstGenerationRoutes = (api: Api, { store }: RouteDeps): void => {
  const turns = createTurns(AT_ONCE);
  api.get(
    '/first-generation',
    {
      config: viewed('first generation'),
      preParsing: inTurnOf(turns),
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
