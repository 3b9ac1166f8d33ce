// Asking other countries over the API. A question is asked and confirmed by persons who have signed in, never with an API key.
import { Ask, AskAnswerCreate, AskConfirm, AskCreate, AskQuery, AskRefuse, Asks, Id } from '@redthread/core/contract';
import { z } from 'zod';
import { answers, Bytes, byService, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { personOf, SESSION } from '../requests/index.js';
import {
  addAsk,
  answerAsk,
  closeAsk,
  confirmAsk,
  listAsks,
  lookAtCrop,
  refuseAsk,
  showAsk,
  withdrawAsk,
} from './service.js';

const params = z.object({ id: Id });
const tags = ['work'];
const one = answers(Ask);
const picture = { 200: { description: 'The crop', content: { 'image/jpeg': { schema: Bytes } } } };

export const askRoutes = (api: Api, { store }: RouteDeps): void => {
  api.get(
    '/asks',
    {
      config: viewed('questions to countries'),
      schema: {
        tags,
        summary: 'Questions that your agency asks, and those that it is asked; `all`: also what is over',
        querystring: AskQuery,
        response: answers(Asks),
      },
    },
    (request) => {
      const { operation, all } = request.query;
      return listAsks(store, ctxOf(request), { operation, all: all === 'true' });
    },
  );

  api.post(
    '/asks',
    {
      config: byService,
      schema: {
        tags,
        summary: 'Ask with a part of a picture; it is sent once a second person has confirmed that it shows no victim',
        body: AskCreate,
        response: one,
      },
    },
    (request) => addAsk(store, personOf(request), SESSION, request.body),
  );

  api.get(
    '/asks/:id',
    {
      config: viewed('question to countries'),
      schema: { tags, summary: 'One question, with the answers that you may read', params, response: one },
    },
    (request) => showAsk(store, ctxOf(request), request.params.id),
  );

  api.post(
    '/asks/:id/crop',
    {
      config: { access: 'reveal', audit: { byService: true } },
      schema: { tags, summary: 'Look at the crop: on record before a byte leaves', params, response: picture },
    },
    async (request, reply) =>
      reply
        .type('image/jpeg')
        .header('cache-control', 'no-store')
        .send(await lookAtCrop(store, ctxOf(request), request.params.id)),
  );

  api.post(
    '/asks/:id/confirm',
    {
      config: { ...byService, proof: true },
      schema: {
        tags,
        summary: 'Confirm as the second person, having looked, that the crop shows no victim: it is sent',
        params,
        body: AskConfirm,
        response: one,
      },
    },
    (request) => confirmAsk(store, personOf(request), SESSION, request.params.id),
  );

  api.post(
    '/asks/:id/refuse',
    {
      config: byService,
      schema: { tags, summary: 'Refuse as the second person', params, body: AskRefuse, response: one },
    },
    (request) => refuseAsk(store, personOf(request), SESSION, request.params.id, request.body.reason),
  );

  for (const [verb, summary, take] of [
    ['withdraw', 'Take a question back before it is sent', withdrawAsk],
    ['close', 'Take no further answers', closeAsk],
  ] as const)
    api.post(`/asks/:id/${verb}`, { config: byService, schema: { tags, summary, params, response: one } }, (request) =>
      take(store, ctxOf(request), request.params.id),
    );

  api.post(
    '/asks/:id/answers',
    {
      config: byService,
      schema: { tags, summary: 'Answer, as one who is asked', params, body: AskAnswerCreate, response: one },
    },
    (request) => answerAsk(store, ctxOf(request), request.params.id, request.body),
  );
};
