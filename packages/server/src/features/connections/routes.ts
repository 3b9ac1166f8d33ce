// Connections over the API.
import {
  ConnectionDecide,
  ConnectionExpansion,
  ConnectionExpansionQuery,
  ConnectionFile,
  ConnectionId,
  ConnectionPage,
  ConnectionQuery,
  Id,
  SeriesConnectionQuery,
  SeriesConnections,
} from '@redthread/core/contract';
import { z } from 'zod';
import { answers, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { connectionsOfSeries } from './of-series.js';

const params = z.object({ id: ConnectionId });

export const connectionRoutes = (api: Api, { connections, store }: RouteDeps): void => {
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
      return connections.ask({ op: 'list', ctx: ctxOf(request), input: { ...query, leads: leads === 'true' } });
    },
  );

  api.get(
    '/connections/expansion',
    {
      config: viewed('connections'),
      schema: {
        tags: ['work'],
        summary: 'What one case or exhibit connects with, and what that connects with, each by its strongest way',
        querystring: ConnectionExpansionQuery,
        response: answers(ConnectionExpansion),
      },
    },
    (request) => connections.ask({ op: 'expand', ctx: ctxOf(request), input: request.query }),
  );

  api.get(
    '/connections/:id',
    {
      config: viewed('connection', 'connection'),
      schema: {
        tags: ['work'],
        summary: 'One connection with its reasons, and all that was decided on it',
        params,
        response: answers(ConnectionFile),
      },
    },
    (request) => connections.ask({ op: 'read', ctx: ctxOf(request), id: request.params.id }),
  );

  api.post(
    '/connections/:id/decisions',
    {
      config: { access: 'write', audit: { byService: true } },
      schema: {
        tags: ['work'],
        summary: 'Confirm, reject, snooze or open again, for your agency: of exhibits, cases and series',
        params,
        body: ConnectionDecide,
        response: answers(ConnectionFile),
      },
    },
    (request) => connections.ask({ op: 'decide', ctx: ctxOf(request), id: request.params.id, decision: request.body }),
  );

  api.get(
    '/series/:id/connections',
    {
      config: viewed('series connections', 'entity'),
      schema: {
        tags: ['work'],
        summary: 'What a series connects with: other series, or cases, strongest first, with its reasons; leads apart',
        params: z.object({ id: Id }),
        querystring: SeriesConnectionQuery,
        response: answers(SeriesConnections),
      },
    },
    (request) => {
      const { leads, ...query } = request.query;
      return connectionsOfSeries(store, ctxOf(request), { id: request.params.id, ...query, leads: leads === 'true' });
    },
  );
};
