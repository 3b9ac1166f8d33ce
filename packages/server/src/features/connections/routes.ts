// Connections over the API.
import { ConnectionPage, ConnectionQuery } from '@redthread/core/contract';
import { answers, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { listConnections } from './service.js';

export const connectionRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/connections',
    {
      config: viewed('connections'),
      schema: {
        tags: ['work'],
        summary: 'What links exhibits, strongest first, with the strongest reason in words',
        querystring: ConnectionQuery,
        response: answers(ConnectionPage),
      },
    },
    (request) => listConnections(store, ctxOf(request), request.query),
  );
};
