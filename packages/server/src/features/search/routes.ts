// Search over the API.
import { PICTURE_LIMIT_BYTES, PictureQuery, PictureResult, SearchQuery, SearchResult } from '@redthread/core/contract';
import { answers, Bytes, ctxOf, type Api, type RouteDeps } from '../../app/http/contract.js';
import { createTurns, inTurnOf } from '../../app/http/turns.js';
import { search } from './service.js';

/** Pictures that are read and decoded at a time. */
const AT_ONCE = { each: 2, all: 4, waiting: 8 };

export const searchRoutes = (api: Api, { store, searcher }: RouteDeps): void => {
  const turns = createTurns(AT_ONCE);
  api.get(
    '/search',
    {
      config: { access: 'read', audit: { byService: true } },
      schema: {
        tags: ['media'],
        summary: 'By a hash, a part of a path, a case or an exhibit',
        querystring: SearchQuery,
        response: answers(SearchResult),
      },
    },
    (request) =>
      search(store, ctxOf(request), request.query, (ctx, digest) => searcher.ask({ op: 'lists', ctx, digest })),
  );

  api.post(
    '/search/picture',
    {
      config: { access: 'read', audit: { byService: true } },
      bodyLimit: PICTURE_LIMIT_BYTES,
      preParsing: inTurnOf(turns),
      schema: {
        tags: ['media'],
        summary: 'By a picture, whose bytes are the body: searched and never stored',
        querystring: PictureQuery,
        body: Bytes,
        response: answers(PictureResult),
      },
    },
    (request) => searcher.ask({ op: 'picture', ctx: ctxOf(request), bytes: request.body, ...request.query }),
  );
};
