// The negative list over the API.
import { Id, NegativeAdd, NegativeDigest, NegativeEnd, NegativeKeep } from '@redthread/core/contract';
import { z } from 'zod';
import { answers, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { addNegative, endNegative, keepNegative, listNegative } from './negative.js';

const config = { access: 'write', audit: { byService: true } } as const;
const params = z.object({ id: Id });

export const negativeRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/negative-list',
    {
      config: viewed('negative-list'),
      schema: {
        tags: ['media'],
        summary: 'What is never a hit in your agency, and what was set aside because it is in too many files',
        querystring: z.object({ ended: z.enum(['true', 'false']).optional() }),
        response: answers(z.object({ items: z.array(NegativeDigest) })),
      },
    },
    async (request) => ({ items: await listNegative(store, ctxOf(request), request.query.ended === 'true') }),
  );

  api.post(
    '/negative-list',
    {
      config,
      schema: {
        tags: ['media'],
        summary: 'Says that a digest is never a hit in your agency',
        body: NegativeAdd,
        response: answers(NegativeDigest),
      },
    },
    (request) => addNegative(store, ctxOf(request), request.body),
  );

  api.post(
    '/negative-list/:id/keep',
    {
      config,
      schema: {
        tags: ['media'],
        summary: 'Says that what was set aside is never a hit',
        params,
        body: NegativeKeep,
        response: answers(NegativeDigest),
      },
    },
    (request) => keepNegative(store, ctxOf(request), request.params.id, request.body),
  );

  api.post(
    '/negative-list/:id/end',
    {
      config,
      schema: {
        tags: ['media'],
        summary: 'Puts back what was set aside, or takes a digest off the negative list: it counts again',
        params,
        body: NegativeEnd,
        response: answers(NegativeDigest),
      },
    },
    (request) => endNegative(store, ctxOf(request), request.params.id, request.body.reason),
  );
};
