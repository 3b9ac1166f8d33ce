// The routes of reviews, for the stranger test: a review is of its person alone, whoever sees the media in it.
import type { RouteCall } from './stranger-routes.js';
import type { Names } from './stranger-world.js';

const own = (names: Names) => ({ id: names.review });

/** What a person has of their own in reviews and in care. */
export const REVIEW_OWN: Readonly<Record<string, string>> = {
  'GET /reviews': 'own reviews',
  'GET /me/care': 'own settings, and the floor of the own agency',
  'PUT /me/care': 'own settings',
  'GET /me/exposure': 'own exposure',
  'GET /me/keys': 'own keys of the keyboard',
  'PUT /me/keys': 'own keys of the keyboard',
  'GET /me/language': 'own language of the pages',
  'PUT /me/language': 'own language of the pages',
  'PUT /care-floor': 'of the own agency',
  'GET /exposure': 'averages of the own agency',
  'DELETE /claims': 'own claims',
};

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
