// Outcomes over the API.
import { Id, Outcome, OutcomeReason, SeriesOutcome } from '@redthread/core/contract';
import { z } from 'zod';
import { answers, byService, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { listOutcomes, releaseOutcome, showOutcome, withdrawOutcome } from './service.js';

const tags = ['entities'];
const params = z.object({ id: Id });

export const outcomeRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/outcomes',
    {
      config: viewed('outcomes'),
      schema: {
        tags,
        summary: 'What became of contributions of your agency: which of its media are in a series that was identified',
        response: answers(z.object({ items: z.array(Outcome) })),
      },
    },
    async (request) => ({ items: await listOutcomes(store, ctxOf(request)) }),
  );

  api.get(
    '/series/:id/outcome',
    {
      config: viewed('series outcome', 'entity'),
      schema: {
        tags,
        summary: 'Whether it is released that this series of your agency is identified',
        params,
        response: answers(SeriesOutcome),
      },
    },
    (request) => showOutcome(store, ctxOf(request), request.params.id),
  );

  api.post(
    '/series/:id/outcome',
    {
      config: byService,
      schema: {
        tags,
        summary: 'Release that a series is identified: every contributor learns it, of their own contribution',
        params,
        body: OutcomeReason,
        response: answers(SeriesOutcome),
      },
    },
    (request) => releaseOutcome(store, ctxOf(request), request.params.id, request.body.reason),
  );

  api.post(
    '/series/:id/outcome/withdraw',
    {
      config: byService,
      schema: {
        tags,
        summary: 'Take that back: whoever was told is told',
        params,
        body: OutcomeReason,
        response: answers(SeriesOutcome),
      },
    },
    (request) => withdrawOutcome(store, ctxOf(request), request.params.id, request.body.reason),
  );
};
