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
        summary: 'What links exhibits, or cases, strongest first, with its reasons in words; leads apart',
        querystring: ConnectionQuery,
        response: answers(ConnectionPage),
      },
    },
    (request) => {
      const { leads, ...query } = request.query;
      return listConnections(store, ctxOf(request), { ...query, leads: leads === 'true' });
    },
  );
};
