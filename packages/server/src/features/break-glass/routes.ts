// Break-glass access over the API.
import { BreakGlass, BreakGlassRequest, Id } from '@redthread/core/contract';
import { z } from 'zod';
import { answers, byService, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { breakGlass, endGlass, listBreakGlass } from './service.js';

export const breakGlassRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/break-glass',
    {
      config: viewed('break-glass access'),
      schema: {
        tags: ['work'],
        summary: 'Your break-glass access, and that of others to cases of your agency',
        response: answers(z.object({ items: z.array(BreakGlass) })),
      },
    },
    async (request) => ({ items: await listBreakGlass(store, ctxOf(request)) }),
  );

  api.post(
    '/break-glass',
    {
      config: { ...byService, proof: true },
      schema: {
        tags: ['work'],
        summary: 'Open a case that you are not on, in an emergency, for a time',
        body: BreakGlassRequest,
        response: answers(BreakGlass),
      },
    },
    (request) => breakGlass(store, ctxOf(request), request.body),
  );

  api.post(
    '/break-glass/:id/end',
    {
      config: byService,
      schema: {
        tags: ['work'],
        summary: 'End it before its time',
        params: z.object({ id: Id }),
        response: answers(BreakGlass),
      },
    },
    (request) => endGlass(store, ctxOf(request), request.params.id),
  );
};
