// Exhibits over the API. What a page asks for while an ingest runs counts as one view a minute.
import {
  Exhibit,
  FailureRow,
  Id,
  page,
  PageQuery,
  RetryBody,
  SetAsideBody,
  WorkChanged,
} from '@redthread/core/contract';
import { z } from 'zod';
import { answers, byService, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { retryFailedWork, setFailedWorkAside } from './failed-work.js';
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

  api.post(
    '/exhibits/:id/failures/retry',
    {
      config: byService,
      schema: {
        tags: ['work'],
        summary: 'Try again what failed: all of it, or of the media that are named also what was set aside',
        params: z.object({ id: Id }),
        body: RetryBody,
        response: answers(WorkChanged),
      },
    },
    (request) => retryFailedWork(store, ctxOf(request), { exhibit: request.params.id, media: request.body.media }),
  );

  api.post(
    '/exhibits/:id/failures/quarantine',
    {
      config: byService,
      schema: {
        tags: ['work'],
        summary: 'Set media aside whose work failed: no worker opens them before somebody tries them again by name',
        params: z.object({ id: Id }),
        body: SetAsideBody,
        response: answers(WorkChanged),
      },
    },
    (request) => setFailedWorkAside(store, ctxOf(request), { exhibit: request.params.id, ...request.body }),
  );
};
