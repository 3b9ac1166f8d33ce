// Kept searches over the API. What looks is the searcher: it alone reads signals, and holds what is read of lists.
import {
  Id,
  PICTURE_LIMIT_BYTES,
  StandingDetail,
  StandingEnd,
  StandingKeep,
  StandingPictureKeep,
  StandingSearch,
} from '@redthread/core/contract';
import { z } from 'zod';
import { answers, Bytes, ctxOf, viewed, type Api, type RouteDeps } from '../../../app/http/contract.js';
import { createTurns, inTurnOf } from '../../../app/http/turns.js';
import { endStanding, listStanding, showStanding } from './service.js';

const config = { access: 'write', audit: { byService: true } } as const;
const params = z.object({ id: Id });
/** Each goes through all that somebody sees. */
const AT_ONCE = { each: 1, all: 2, waiting: 4 };

export const standingRoutes = (api: Api, { store, searcher }: RouteDeps): void => {
  const preParsing = inTurnOf(createTurns(AT_ONCE));
  api.get(
    '/standing-searches',
    {
      config: viewed('standing-searches'),
      schema: {
        tags: ['media'],
        summary: 'The searches that you keep',
        querystring: z.object({ ended: z.enum(['true', 'false']).optional() }),
        response: answers(z.object({ items: z.array(StandingSearch) })),
      },
    },
    async (request) => ({ items: await listStanding(store, ctxOf(request), request.query.ended === 'true') }),
  );

  api.get(
    '/standing-searches/:id',
    {
      config: viewed('standing-search', 'standing-search'),
      schema: {
        tags: ['media'],
        summary: 'A search that you keep: what it found, and what each look was made in',
        params,
        response: answers(StandingDetail),
      },
    },
    (request) => showStanding(store, ctxOf(request), request.params.id),
  );

  api.post(
    '/standing-searches',
    {
      config,
      preParsing,
      schema: {
        tags: ['media'],
        summary: 'Keeps a search by words, by a digest or by what a review filters by',
        body: StandingKeep,
        response: answers(StandingSearch),
      },
    },
    (request) => searcher.ask({ op: 'keep', ctx: ctxOf(request), input: request.body }),
  );

  api.post(
    '/standing-searches/picture',
    {
      config,
      bodyLimit: PICTURE_LIMIT_BYTES,
      preParsing,
      schema: {
        tags: ['media'],
        summary: 'Keeps a search by a picture, whose bytes are the body: its signals are kept, and it is not',
        querystring: StandingPictureKeep,
        body: Bytes,
        response: answers(StandingSearch),
      },
    },
    (request) => searcher.ask({ op: 'keep-picture', ctx: ctxOf(request), input: request.query, bytes: request.body }),
  );

  api.post(
    '/standing-searches/:id/look',
    {
      config,
      preParsing,
      schema: { tags: ['media'], summary: 'Looks through it now', params, response: answers(StandingSearch) },
    },
    (request) => searcher.ask({ op: 'look', ctx: ctxOf(request), id: request.params.id }),
  );

  api.post(
    '/standing-searches/:id/end',
    {
      config,
      schema: {
        tags: ['media'],
        summary: 'Ends it: it looks no more, and what it found stays to be read',
        params,
        body: StandingEnd,
        response: answers(StandingSearch),
      },
    },
    (request) => endStanding(store, ctxOf(request), request.params.id, request.body.reason),
  );
};
