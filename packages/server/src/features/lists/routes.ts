// Lists over the API. One is brought in by its bytes (uploads/): the API takes no server path.
import { Id, List, ListExpire, ListWithdraw } from '@redthread/core/contract';
import { z } from 'zod';
import { answers, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { expireList } from './expire.js';
import { listLists } from './service.js';
import { withdrawList } from './withdraw.js';
import { negativeRoutes } from './negative-routes.js';
import { listUploadRoutes } from './uploads/routes.js';

export const listRoutes = (api: Api, deps: RouteDeps): void => {
  const { store } = deps;
  listUploadRoutes(api, deps);
  negativeRoutes(api, deps);
  api.get(
    '/lists',
    {
      config: viewed('lists'),
      schema: {
        tags: ['media'],
        summary: 'Lists of hashes with their polarity, version and hits',
        response: answers(z.object({ items: z.array(List) })),
      },
    },
    async (request) => ({ items: await listLists(store, ctxOf(request)) }),
  );

  api.post(
    '/lists/:id/withdraw',
    {
      config: { access: 'write', audit: { byService: true } },
      schema: {
        tags: ['media'],
        summary: 'Withdraws a list of the own agency: it counts no longer, and stays for what was decided by it',
        params: z.object({ id: Id }),
        body: ListWithdraw,
        response: answers(List),
      },
    },
    (request) => withdrawList(store, ctxOf(request), request.params.id, request.body),
  );

  api.post(
    '/lists/:id/expire',
    {
      config: { access: 'write', audit: { byService: true } },
      schema: {
        tags: ['media'],
        summary: 'Says until when a list of the own agency counts',
        params: z.object({ id: Id }),
        body: ListExpire,
        response: answers(List),
      },
    },
    (request) => expireList(store, ctxOf(request), request.params.id, new Date(request.body.on)),
  );
};
