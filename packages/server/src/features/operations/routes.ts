// Operations over the API.
import { Id, Operation } from '@redthread/core/contract';
import { z } from 'zod';
import { answers, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { listOperations, readOperation } from './service.js';

export const operationRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/operations',
    {
      config: viewed('operations'),
      schema: {
        tags: ['work'],
        summary: "Operations of the viewer's agency",
        response: answers(z.object({ items: z.array(Operation) })),
      },
    },
    async (request) => ({ items: await listOperations(store, ctxOf(request)) }),
  );

  api.get(
    '/operations/:id',
    {
      config: viewed('operation', 'operation'),
      schema: { tags: ['work'], summary: 'One operation', params: z.object({ id: Id }), response: answers(Operation) },
    },
    (request) => readOperation(store, ctxOf(request), request.params.id),
  );
};
