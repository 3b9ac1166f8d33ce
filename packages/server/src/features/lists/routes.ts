// Lists over the API. Importing one is a matter of the command line: the API takes no server path.
import { List } from '@redthread/core/contract';
import { z } from 'zod';
import { answers, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { listLists } from './service.js';

export const listRoutes = (api: Api, { store }: RouteDeps): void => {
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
};
