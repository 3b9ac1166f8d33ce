// Cases over the API.
import { Case, CaseCreate, Id } from '@redthread/core/contract';
import { z } from 'zod';
import { answers, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { createCase, listCases, readCase } from './service.js';

export const caseRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/cases',
    {
      config: viewed('cases'),
      schema: {
        tags: ['work'],
        summary: 'Cases of the agency, and those shared with it',
        querystring: z.object({ operation: Id.optional() }),
        response: answers(z.object({ items: z.array(Case) })),
      },
    },
    async (request) => ({ items: await listCases(store, ctxOf(request), request.query) }),
  );

  api.post(
    '/cases',
    {
      config: { access: 'write', audit: { byService: true } },
      schema: { tags: ['work'], summary: 'Open a case', body: CaseCreate, response: answers(Case) },
    },
    (request) => createCase(store, ctxOf(request), request.body),
  );

  api.get(
    '/cases/:id',
    {
      config: viewed('case', 'case'),
      schema: { tags: ['work'], summary: 'One case', params: z.object({ id: Id }), response: answers(Case) },
    },
    (request) => readCase(store, ctxOf(request), request.params.id),
  );
};
