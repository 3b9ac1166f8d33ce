// The routes of reviews, for the stranger test: a review is of its person alone, whoever sees the media in it.
import type { RouteCall } from './stranger-routes.js';
import type { Names } from './stranger-world.js';

const own = (names: Names) => ({ id: names.review });

export const REVIEW_CALLS: readonly RouteCall[] = [
  { route: 'POST /reviews', body: (names) => ({ query: { case: names.case } }), known: ['owner', 'shared'] },
  { route: 'GET /reviews/:id', params: own, known: ['owner'] },
  { route: 'PUT /reviews/:id', params: own, body: () => ({ place: 0 }), known: ['owner'] },
  { route: 'GET /reviews/:id/shape', params: own, known: ['owner'] },
  { route: 'GET /reviews/:id/tiles', params: own, query: () => ({ from: '0' }), known: ['owner'] },
  { route: 'GET /reviews/:id/facets', params: own, known: ['owner'] },
  { route: 'POST /reviews/:id/claims', params: own, body: () => ({ from: 0, to: 9 }), known: ['owner'] },
  {
    route: 'POST /reviews/:id/verdicts',
    params: own,
    body: () => ({ code: 'vic-default@2.0:0', from: 0, to: 9 }),
    known: ['owner'],
  },
  { route: 'POST /decisions/:id/undo', params: (names) => ({ id: names.decision }), known: ['owner'] },
];
