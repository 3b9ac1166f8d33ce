// What the routes name that record entities and series, say what relates to what, and take it back; and who may learn by it.
import type { RouteCall } from './stranger-routes.js';
import type { Names } from './stranger-world.js';

/** Who sees the case, and so what belongs to it. */
const ON_CASE = ['owner', 'shared'] as const;
const id = (name: keyof Names) => (names: Names) => ({ id: names[name] });

export const ENTITY_CALLS: readonly RouteCall[] = [
  { route: 'POST /entities', body: (names) => ({ kind: 'place', case: names.case }), known: ['owner'] },
  {
    route: 'POST /entities/:id/external-ids',
    params: id('entity'),
    body: () => ({ issuer: 'Unit', type: 'file-number', value: '8' }),
    known: ['owner'],
  },
  { route: 'GET /series/:id/outcome', params: id('series'), known: ['owner'] },
  {
    route: 'POST /series/:id/outcome',
    params: id('series'),
    body: () => ({ reason: 'to see who sees' }),
    known: ['owner'],
  },
  {
    route: 'POST /series/:id/outcome/withdraw',
    params: id('series'),
    body: () => ({ reason: 'to see who sees' }),
    known: ['owner'],
  },
  { route: 'POST /at-risk/:id/end', params: id('mark'), body: () => ({ reason: 'to see who sees' }), known: ['owner'] },
  { route: 'POST /at-risk', body: (names) => ({ case: names.case, reason: 'to see who sees' }), known: ['owner'] },
  { route: 'POST /at-risk', body: (names) => ({ series: names.series, reason: 'to see who sees' }), known: ['owner'] },
  {
    route: 'POST /series/:id/members',
    params: id('series'),
    body: (names) => ({ media: [names.mediaTwo], reason: 'to see who sees' }),
    known: ON_CASE,
  },
  {
    // That it belongs is seen by those who see both; it is taken back by the agency that said so.
    route: 'POST /series/:id/members/remove',
    params: id('series'),
    body: (names) => ({ media: [names.media], reason: 'to see who sees' }),
    known: ON_CASE,
  },
  {
    route: 'POST /series/:id/steps',
    params: id('series'),
    body: () => ({ state: 'being-worked' }),
    known: ['owner'],
  },
  {
    // Whoever sees the series may state something of it.
    route: 'POST /series/:id/statements',
    params: id('series'),
    body: () => ({ kind: 'socket', value: 'round, two holes', reason: 'to see who sees' }),
    known: ON_CASE,
  },
  {
    // That it is stated is seen by those who see the series; it is taken back by the agency that stated it.
    route: 'POST /series-statements/:id/retract',
    params: id('statement'),
    body: () => ({ reason: 'to see who sees' }),
    known: ON_CASE,
  },
  {
    route: 'POST /assertions',
    body: (names) => ({
      type: 'shows',
      from: { media: names.media },
      to: names.entity,
      reason: 'to see who sees',
      evidence: { media: names.mediaTwo },
    }),
    known: ON_CASE,
  },
  {
    // That it is said is seen by those who see its ends; it is taken back by the agency that said it.
    route: 'POST /assertions/:id/retract',
    params: id('assertion'),
    body: () => ({ reason: 'to see who sees' }),
    known: ON_CASE,
  },
  {
    route: 'POST /external-ids/:id/retract',
    params: id('externalId'),
    body: () => ({ reason: 'to see who sees' }),
    known: ['owner'],
  },
];
