// Reviews over the API: begun, kept, read window by window, claimed and voted on by stretches.
import {
  ClaimAsk,
  Claimed,
  Id,
  Review,
  ReviewBegin,
  ReviewChange,
  ReviewFacets,
  ReviewShape,
  ReviewWindow,
  StretchCast,
  StretchVote,
  WindowQuery,
} from '@redthread/core/contract';
import { z } from 'zod';
import { answers, byService, ctxOf, viewed, type Api, type RouteDeps } from '../../app/http/contract.js';
import { createTurns, inTurnOf } from '../../app/http/turns.js';
import { claimStretch, releaseClaims } from './claims.js';
import { facetsOf } from './facets.js';
import { beginReview, changeReview, listReviews, readWindow, shapeOf, showReview } from './service.js';
import { voteOnStretch } from './stretch.js';

const params = z.object({ id: Id });
const tags = ['review'];
const claims = {
  access: 'write',
  audit: { exempt: 'which of their colleagues is at what: nothing is seen or judged by it' },
} as const;
const audit = { exempt: 'an own review, whose windows are on record as they are read' } as const;
const own = { access: 'read', audit } as const;
/** Each goes through everything that a query finds. */
const AT_ONCE = { each: 2, all: 4, waiting: 4 };

export const reviewRoutes = (api: Api, { store }: RouteDeps): void => {
  const inTurn = inTurnOf(createTurns(AT_ONCE));
  api.post(
    '/reviews',
    {
      config: { ...viewed('review'), access: 'write' },
      preParsing: inTurn,
      schema: {
        tags,
        summary: 'Go through a query once and keep what it finds, in an order that stays',
        body: ReviewBegin,
        response: answers(Review),
      },
    },
    (request) => beginReview(store, ctxOf(request), request.body),
  );

  api.get(
    '/reviews',
    {
      config: own,
      schema: { tags, summary: 'Own reviews that were kept', response: answers(z.object({ items: z.array(Review) })) },
    },
    async (request) => ({ items: await listReviews(store, ctxOf(request)) }),
  );

  api.get(
    '/reviews/:id',
    { config: own, schema: { tags, summary: 'An own review', params, response: answers(Review) } },
    (request) => showReview(store, ctxOf(request), request.params.id),
  );

  api.put(
    '/reviews/:id',
    {
      config: { access: 'write', audit },
      schema: {
        tags,
        summary: 'Keep it under a name, let it go, or note the place',
        params,
        body: ReviewChange,
        response: answers(Review),
      },
    },
    (request) => changeReview(store, ctxOf(request), request.params.id, request.body),
  );

  api.get(
    '/reviews/:id/shape',
    {
      config: own,
      schema: {
        tags,
        summary: 'The proportions of all its tiles, one byte each, base64',
        params,
        response: answers(ReviewShape),
      },
    },
    (request) => shapeOf(store, ctxOf(request), request.params.id),
  );

  api.get(
    '/reviews/:id/tiles',
    {
      config: { ...viewed('stacks'), byItself: true },
      schema: {
        tags,
        summary: 'A window of it by place; what you no longer see is missing',
        params,
        querystring: WindowQuery,
        response: answers(ReviewWindow),
      },
    },
    (request) => readWindow(store, ctxOf(request), request.params.id, request.query),
  );

  api.get(
    '/reviews/:id/facets',
    {
      config: viewed('review'),
      preParsing: inTurn,
      schema: { tags, summary: 'What its tiles are like, counted', params, response: answers(ReviewFacets) },
    },
    (request) => facetsOf(store, ctxOf(request), request.params.id),
  );

  api.post(
    '/reviews/:id/claims',
    {
      config: claims,
      schema: {
        tags,
        summary: 'Claim a stretch for ten minutes, as far as no colleague is at it',
        params,
        body: ClaimAsk,
        response: answers(Claimed),
      },
    },
    (request) => claimStretch(store, ctxOf(request), request.params.id, request.body),
  );

  api.delete(
    '/claims',
    {
      config: claims,
      schema: {
        tags,
        summary: 'Let go of all that you claimed',
        response: answers(z.object({ released: z.number().int() })),
      },
    },
    (request) => releaseClaims(store, ctxOf(request)),
  );

  api.post(
    '/reviews/:id/verdicts',
    {
      config: byService,
      schema: {
        tags,
        summary: 'Vote on a stretch: one act, that leaves what you judged alone and says so',
        params,
        body: StretchVote,
        response: answers(StretchCast),
      },
    },
    (request) => voteOnStretch(store, ctxOf(request), request.params.id, request.body),
  );
};
