// Search over the API.
import { SearchQuery, SearchResult } from '@redthread/core/contract';
import { answers, ctxOf, type Api, type RouteDeps } from '../../app/http/contract.js';
import { search } from './service.js';

export const searchRoutes = (api: Api, { store }: RouteDeps): void => {
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
    (request) => search(store, ctxOf(request), request.query),
  );
};
