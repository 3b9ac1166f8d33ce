// Exhibits over the API. What a page asks for while an ingest runs counts as one view a minute.
import { Exhibit, FailureRow, Id, page, PageQuery } from '@redthread/core/contract';
import { z } from 'zod';
import { answers, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { listExhibits, listFailures, readExhibit } from './viewing.js';

export const exhibitRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/exhibits',
    {
      config: viewed('exhibits', undefined, true),
      schema: {
        tags: ['work'],
        summary: 'Exhibits: of a case, of an operation, or all',
        querystring: z.object({ case: Id.optional(), operation: Id.optional() }),
        response: answers(z.object({ items: z.array(Exhibit) })),
      },
    },
    async (request) => ({ items: await listExhibits(store, ctxOf(request), request.query) }),
  );

  api.get(
    '/exhibits/:id',
    {
      config: viewed('exhibit', 'exhibit', true),
      schema: { tags: ['work'], summary: 'One exhibit', params: z.object({ id: Id }), response: answers(Exhibit) },
    },
    (request) => readExhibit(store, ctxOf(request), request.params.id),
  );

  api.get(
    '/exhibits/:id/failures',
    {
      config: viewed('failures', 'exhibit', true),
      schema: {
        tags: ['work'],
        summary: 'What could not be read, decoded or compared, with its code',
        params: z.object({ id: Id }),
        querystring: PageQuery,
        response: answers(page(FailureRow)),
      },
    },
    (request) => listFailures(store, ctxOf(request), request.params.id, request.query),
  );
};
