// Schemes over the API. They are loaded on the command line, by an operator.
import { ListedScheme, Mapped } from '@redthread/core/contract';
import { z } from 'zod';
import { answers, ctxOf, type Api, type RouteDeps } from '../../app/http/contract.js';
import { listSchemes, mapHere } from './service.js';

const ofInstance = {
  access: 'read',
  audit: { exempt: 'what codes mean: the same for everybody, and of no case' },
} as const;

export const schemeRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/schemes',
    {
      config: ofInstance,
      schema: {
        tags: ['verdicts'],
        summary: 'Schemes of categories with their codes, retired ones too',
        response: answers(z.object({ items: z.array(ListedScheme) })),
      },
    },
    async (request) => ({ items: await listSchemes(store, ctxOf(request)) }),
  );

  api.get(
    '/schemes/map',
    {
      config: ofInstance,
      schema: {
        tags: ['verdicts'],
        summary: 'What a code (scheme@version:code) becomes in another scheme: a code, or why none',
        querystring: z.object({ from: z.string().max(80), to: z.string().max(80) }),
        response: answers(Mapped),
      },
    },
    (request) => mapHere(store, ctxOf(request), request.query.from, request.query.to),
  );
};
