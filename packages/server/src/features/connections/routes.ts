// Connections over the API.
import {
  ConnectionDecide,
  ConnectionExpansion,
  ConnectionExpansionQuery,
  ConnectionFile,
  ConnectionId,
  ConnectionPage,
  ConnectionQuery,
} from '@redthread/core/contract';
import { z } from 'zod';
import { answers, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';

const params = z.object({ id: ConnectionId });

export const connectionRoutes = (api: Api, { connections }: RouteDeps): void => {
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
        summary: 'Confirm, reject, snooze or open again, for your agency',
        params,
        body: ConnectionDecide,
        response: answers(ConnectionFile),
      },
    },
    (request) => connections.ask({ op: 'decide', ctx: ctxOf(request), id: request.params.id, decision: request.body }),
  );
};
