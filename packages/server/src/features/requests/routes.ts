// Requests that take two persons, and holds, over the API. Who decides is a person: an API key does not.
import type { FastifyRequest } from 'fastify';
import {
  AcceptRequest,
  DecideRequest,
  DestroyCase,
  DestructionRecord,
  Hold,
  HoldCase,
  Id,
  MoveExhibit,
  PurgeRequest,
  RefuseRequest,
  RequestNumber,
  SecondPerson,
  TransferCase,
  TwoPersonRequest,
  UndoRequest,
  WithdrawExhibit,
} from '@redthread/core/contract';
import { z } from 'zod';
import type { Context } from '@redthread/core/domain';
import { answers, byService, ctxOf, sessionOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { askToDestroy, askToMove, askToPurge, askToTransfer, askToUndo, askToWithdraw } from './asking.js';
import { listDestructions } from './destructions.js';
import { placeHold, releaseHold } from './holds.js';
import {
  acceptRequest,
  cancelRequest,
  confirmRequest,
  listRequests,
  listSeconds,
  refuseRequest,
  showRequest,
} from './steps/decide.js';
import { SESSION } from './steps/people.js';

const byId = z.object({ id: Id });
const byNumber = z.object({ number: RequestNumber });
const one = answers(TwoPersonRequest);

/** Errors: NOT_SIGNED_IN, PERSON_NEEDED. */
export const personOf = (request: FastifyRequest): Context => {
  sessionOf(request);
  return ctxOf(request);
};

const askingRoutes = (api: Api, { store }: RouteDeps): void => {
  api.post(
    '/exhibits/:id/move',
    {
      config: byService,
      schema: {
        tags: ['requests'],
        summary: 'Ask to move an exhibit to another case',
        params: byId,
        body: MoveExhibit,
        response: one,
      },
    },
    (request) => askToMove(store, personOf(request), SESSION, { ...request.body, exhibit: request.params.id }),
  );

  api.post(
    '/exhibits/:id/withdraw',
    {
      config: byService,
      schema: {
        tags: ['requests'],
        summary: 'Ask to withdraw an exhibit',
        params: byId,
        body: WithdrawExhibit,
        response: one,
      },
    },
    (request) => askToWithdraw(store, personOf(request), SESSION, { ...request.body, exhibit: request.params.id }),
  );

  api.post(
    '/cases/:id/transfer',
    {
      config: { ...byService, proof: true },
      schema: {
        tags: ['requests'],
        summary: 'Ask to hand a case over to another agency',
        params: byId,
        body: TransferCase,
        response: one,
      },
    },
    (request) => askToTransfer(store, personOf(request), SESSION, { ...request.body, case: request.params.id }),
  );

  api.post(
    '/cases/:id/destroy',
    {
      config: { ...byService, proof: true },
      schema: { tags: ['requests'], summary: 'Ask to destroy a case', params: byId, body: DestroyCase, response: one },
    },
    (request) => askToDestroy(store, personOf(request), SESSION, { ...request.body, case: request.params.id }),
  );

  api.post(
    '/requests/:number/undo',
    {
      config: byService,
      schema: {
        tags: ['requests'],
        summary: 'Ask to undo what was done',
        params: byNumber,
        body: UndoRequest,
        response: one,
      },
    },
    (request) => askToUndo(store, personOf(request), SESSION, { ...request.body, ...request.params }),
  );

  api.post(
    '/requests/:number/purge',
    {
      config: { ...byService, proof: true },
      schema: {
        tags: ['requests'],
        summary: 'Ask to purge what was withdrawn',
        params: byNumber,
        body: PurgeRequest,
        response: one,
      },
    },
    (request) => askToPurge(store, personOf(request), SESSION, { ...request.body, ...request.params }),
  );
};

const decidingRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/requests',
    {
      config: viewed('requests', undefined, true),
      schema: {
        tags: ['requests'],
        summary: 'Requests that are open or running; `all`: also those that are over',
        querystring: z.object({ all: z.enum(['true', 'false']).default('false') }),
        response: answers(z.object({ items: z.array(TwoPersonRequest) })),
      },
    },
    async (request) => ({ items: await listRequests(store, ctxOf(request), request.query.all === 'true') }),
  );

  api.get(
    '/requests/:number',
    {
      config: viewed('request'),
      schema: {
        tags: ['requests'],
        summary: 'One request, and what you may do with it',
        params: byNumber,
        response: one,
      },
    },
    (request) => showRequest(store, ctxOf(request), request.params.number),
  );

  api.get(
    '/seconds',
    {
      config: viewed('second persons'),
      schema: {
        tags: ['requests'],
        summary: 'Colleagues who may confirm what you ask for',
        response: answers(z.object({ items: z.array(SecondPerson) })),
      },
    },
    async (request) => ({ items: await listSeconds(store, ctxOf(request)) }),
  );

  api.post(
    '/requests/:number/confirm',
    {
      config: { ...byService, proof: true },
      schema: {
        tags: ['requests'],
        summary: 'Confirm as the second person',
        params: byNumber,
        body: DecideRequest,
        response: one,
      },
    },
    (request) => confirmRequest(store, personOf(request), { ...request.params, ...request.body, origin: SESSION }),
  );

  api.post(
    '/requests/:number/refuse',
    {
      config: byService,
      schema: {
        tags: ['requests'],
        summary: 'Refuse, with a reason',
        params: byNumber,
        body: RefuseRequest,
        response: one,
      },
    },
    (request) => refuseRequest(store, personOf(request), { ...request.params, ...request.body, origin: SESSION }),
  );

  api.post(
    '/requests/:number/cancel',
    {
      config: byService,
      schema: { tags: ['requests'], summary: 'Take a request back', params: byNumber, response: one },
    },
    (request) => cancelRequest(store, personOf(request), request.params.number),
  );

  api.post(
    '/requests/:number/accept',
    {
      config: byService,
      schema: {
        tags: ['requests'],
        summary: 'Take a case that another agency offers',
        params: byNumber,
        body: AcceptRequest,
        response: one,
      },
    },
    (request) => acceptRequest(store, personOf(request), { ...request.params, ...request.body }),
  );
};

export const requestRoutes = (api: Api, deps: RouteDeps): void => {
  const { store } = deps;
  askingRoutes(api, deps);
  decidingRoutes(api, deps);

  api.put(
    '/cases/:id/hold',
    {
      config: byService,
      schema: {
        tags: ['requests'],
        summary: 'Place a legal hold on a case',
        params: byId,
        body: HoldCase,
        response: answers(Hold),
      },
    },
    (request) => placeHold(store, personOf(request), { case: request.params.id, ...request.body }),
  );

  api.delete(
    '/cases/:id/hold',
    {
      config: byService,
      schema: {
        tags: ['requests'],
        summary: 'Release it, with a reason',
        params: byId,
        body: HoldCase,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await releaseHold(store, personOf(request), { case: request.params.id, ...request.body });
      return reply.code(204).send(null);
    },
  );

  api.get(
    '/destructions',
    {
      config: viewed('records of destruction'),
      schema: {
        tags: ['requests'],
        summary: 'Signed records of what was destroyed',
        response: answers(z.object({ items: z.array(DestructionRecord) })),
      },
    },
    async (request) => ({ items: await listDestructions(store, ctxOf(request)) }),
  );
};
