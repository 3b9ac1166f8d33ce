// Custody over the API.
import { CustodyEntry, Id } from '@redthread/core/contract';
import { z } from 'zod';
import { answers, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { listCustody } from './service.js';

const params = z.object({ id: Id });
const Entries = z.object({ items: z.array(CustodyEntry) });

export const custodyRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/exhibits/:id/custody',
    {
      config: viewed('custody', 'exhibit'),
      schema: {
        tags: ['work'],
        summary:
          'Custody of an exhibit, oldest first; of a withdrawn one for auditors, administrators and coordinators',
        params,
        response: answers(Entries),
      },
    },
    async (request) => ({ items: await listCustody(store, ctxOf(request), { exhibitId: request.params.id }) }),
  );

  api.get(
    '/cases/:id/custody',
    {
      config: viewed('custody', 'case'),
      schema: {
        tags: ['work'],
        summary: 'Custody of all exhibits of a case, also of those that are not there any more',
        params,
        response: answers(Entries),
      },
    },
    async (request) => ({ items: await listCustody(store, ctxOf(request), { caseId: request.params.id }) }),
  );
};
