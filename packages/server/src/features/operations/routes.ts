// Operations and invitations to them over the API.
import { Id, Invitation, InvitationCreate, Operation, OperationCreate, OperationLeft } from '@redthread/core/contract';
import { z } from 'zod';
import { answers, byService, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { answerById, listInvitations } from './invitations.js';
import { addOperation, inviteAgency, leaveOperation, listOperations, readOperation } from './service.js';

const params = z.object({ id: Id });

export const operationRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/operations',
    {
      config: viewed('operations'),
      schema: {
        tags: ['work'],
        summary: "Operations of the viewer's agency",
        response: answers(z.object({ items: z.array(Operation) })),
      },
    },
    async (request) => ({ items: await listOperations(store, ctxOf(request)) }),
  );

  api.post(
    '/operations',
    {
      config: byService,
      schema: {
        tags: ['work'],
        summary: 'Begin an operation; your agency is its first member',
        body: OperationCreate,
        response: answers(Operation),
      },
    },
    (request) => addOperation(store, ctxOf(request), request.body),
  );

  api.get(
    '/operations/:id',
    {
      config: viewed('operation', 'operation'),
      schema: { tags: ['work'], summary: 'One operation', params, response: answers(Operation) },
    },
    (request) => readOperation(store, ctxOf(request), request.params.id),
  );

  api.post(
    '/operations/:id/invitations',
    {
      config: byService,
      schema: {
        tags: ['work'],
        summary: 'Ask an agency, by its exact name, to join',
        params,
        body: InvitationCreate,
        response: answers(z.object({ id: Id })),
      },
    },
    async (request) => ({
      id: await inviteAgency(store, ctxOf(request), {
        operation: () => Promise.resolve(request.params.id),
        agency: request.body.agency,
      }),
    }),
  );

  api.post(
    '/operations/:id/leave',
    {
      config: byService,
      schema: {
        tags: ['work'],
        summary: 'Leave it; what your agency shared with it is shared no longer',
        params,
        response: answers(OperationLeft),
      },
    },
    (request) => leaveOperation(store, ctxOf(request), () => Promise.resolve(request.params.id)),
  );

  api.get(
    '/invitations',
    {
      config: viewed('invitations'),
      schema: {
        tags: ['work'],
        summary: 'Open invitations: of your agency, and those that operations of it have sent',
        response: answers(z.object({ items: z.array(Invitation) })),
      },
    },
    async (request) => ({ items: await listInvitations(store, ctxOf(request)) }),
  );

  for (const verb of ['accept', 'decline'] as const)
    api.post(
      `/invitations/:id/${verb}`,
      {
        config: byService,
        schema: {
          tags: ['work'],
          summary: verb === 'accept' ? 'Join the operation' : 'Stay out of the operation',
          params,
          response: answers(Invitation),
        },
      },
      (request) => answerById(store, ctxOf(request), request.params.id, verb === 'accept'),
    );
};
