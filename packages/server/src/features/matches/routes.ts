// Matches and comparisons over the API.
import { Comparison, Id, MatchPage, PageQuery } from '@redthread/core/contract';
import { z } from 'zod';
import { answers, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { compareMedia, listMatches } from './service.js';

export const matchRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/media/:id/matches',
    {
      config: viewed('matches', 'media'),
      schema: {
        tags: ['media'],
        summary: 'What it matches, strongest first, with every measurement',
        params: z.object({ id: Id }),
        querystring: PageQuery,
        response: answers(MatchPage),
      },
    },
    (request) => listMatches(store, ctxOf(request), { ...request.query, mediaId: request.params.id }),
  );

  api.get(
    '/compare',
    {
      config: viewed('comparison', 'media'),
      schema: {
        tags: ['media'],
        summary: 'Two media side by side',
        querystring: z.object({ a: Id, b: Id }),
        response: answers(Comparison),
      },
    },
    (request) => compareMedia(store, ctxOf(request), request.query),
  );
};
