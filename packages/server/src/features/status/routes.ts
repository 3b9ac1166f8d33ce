// The status line over the API.
import { Status } from '@redthread/core/contract';
import { answers, ctxOf, type Api, type RouteDeps } from '../../app/http/contract.js';
import { readStatus } from './service.js';

export const statusRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/status',
    {
      config: { access: 'read', audit: { exempt: 'counts of work, asked for every few seconds' }, byItself: true },
      schema: { tags: ['session'], summary: 'What works and what waits', response: answers(Status) },
    },
    (request) => readStatus(store, ctxOf(request)),
  );
};
