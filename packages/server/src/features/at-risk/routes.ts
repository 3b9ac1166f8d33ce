// Marks of a child at risk over the API.
import { AtRiskMark, AtRiskMarkAdd, AtRiskMarkEnd, AtRiskQuery, Id } from '@redthread/core/contract';
import { z } from 'zod';
import { answers, byService, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { endAtRisk, listMarks, markAtRisk } from './service.js';

const tags = ['work'];

export const atRiskRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/at-risk',
    {
      config: viewed('marks of a child at risk'),
      schema: {
        tags,
        summary: 'Cases and series in which a child is at risk now; or all marks that there were',
        querystring: AtRiskQuery,
        response: answers(z.object({ items: z.array(AtRiskMark) })),
      },
    },
    async (request) => {
      const { case: caseId, series, all } = request.query;
      return { items: await listMarks(store, ctxOf(request), { case: caseId, series, all: all === 'true' }) };
    },
  );

  api.post(
    '/at-risk',
    {
      config: byService,
      schema: {
        tags,
        summary: 'Mark a case or a series: a child is at risk now, for so many hours',
        body: AtRiskMarkAdd,
        response: answers(AtRiskMark),
      },
    },
    (request) => markAtRisk(store, ctxOf(request), request.body),
  );

  api.post(
    '/at-risk/:id/end',
    {
      config: byService,
      schema: {
        tags,
        summary: 'Take a mark back; it stays on record',
        params: z.object({ id: Id }),
        body: AtRiskMarkEnd,
        response: answers(AtRiskMark),
      },
    },
    (request) => endAtRisk(store, ctxOf(request), request.params.id, request.body.reason),
  );
};
