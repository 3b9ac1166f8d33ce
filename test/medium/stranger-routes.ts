// What each route of the API names, and who may learn by it that the thing is there. A route that is added has to be put here:
// with the names that its address, query or body takes, or with why it takes none of anybody else's.
import { encodePack } from '@redthread/core/contract';
import { sha256Of } from './api-world.js';
import { ACCOUNT_CALLS, ACCOUNT_OWN } from './stranger-account.js';
import { LIST_CALLS } from './stranger-lists.js';
import { EXCHANGE_CALLS, EXCHANGE_OWN } from './stranger-exchange.js';
import { ENTITY_CALLS } from './stranger-entity-routes.js';
import { ASK_CALLS } from './stranger-asks.js';
import { NOTE_CALLS } from './stranger-notes.js';
import { REPORT_CALLS } from './stranger-report-routes.js';
import { REVIEW_CALLS, REVIEW_OWN } from './stranger-review-routes.js';
import { SCREEN_CALLS, SCREEN_OWN } from './stranger-screen-routes.js';
import type { Names, Persona } from './stranger-world.js';

export interface RouteCall {
  /** `METHOD /path` as the route is registered, below /api/v1. */
  readonly route: string;
  readonly params?: (names: Names) => Readonly<Record<string, string>>;
  readonly query?: (names: Names) => Readonly<Record<string, string>>;
  readonly body?: (names: Names) => object;
  /** Instead of a body: bytes with their digest. */
  readonly bytes?: Uint8Array;
  /**
   * Who is answered otherwise than about something that never was; of the owner it is proved. Nobody: for whoever it is, the
   * answer never tells.
   */
  readonly known: readonly Persona[];
}

/** Routes that take no name of anybody else's. Those that read are called as everybody, and tell of nothing that is hidden. */
export const OWN_ROUTES: Readonly<Record<string, string>> = {
  ...ACCOUNT_OWN,
  ...REVIEW_OWN,
  'DELETE /session': 'ends the own session',
  'GET /me': 'the own account',
  'PUT /me/purpose': 'the own purpose',
  'PUT /me/reachable-at': 'the own account',
  'GET /api-keys': 'own keys',
  'POST /api-keys': 'makes an own key',
  'GET /setup': 'whether the instance is empty',
  'POST /setup': 'takes a token of 256 random bits',
  'GET /users': 'of the own agency',
  'POST /users': 'of the own agency; that a login is taken is told to administrators, and not by whom',
  'GET /agencies': 'of operators, who see all',
  'POST /agencies': 'of operators',
  'GET /notices': 'own notices',
  'POST /notices/read': 'own notices',
  'GET /operations': 'of the own agency',
  'POST /operations': 'a reference is of the own agency',
  'GET /invitations': 'to and from the own agency',
  'GET /cases': 'all that are seen',
  'GET /break-glass': 'own, and of cases that are seen',
  'GET /contacts': 'of cases that are seen',
  'GET /handling': 'codes of the own agency',
  'PUT /handling/:code':
    'a code is of the own agency; that an agency of an exact name is there is told to whoever may share',
  'GET /exhibits': 'all that are seen',
  'GET /funnel': 'all that is seen',
  'GET /stacks': 'all that is seen',
  'GET /occurrences': 'all that are seen',
  'GET /connections': 'all that are seen',
  ...SCREEN_OWN,
  'GET /lists': 'all that are seen',
  'GET /list-uploads': 'own uploads',
  'GET /standing-searches': 'own searches',
  'POST /standing-searches/picture': 'among all that is seen',
  'GET /negative-list': 'of the own agency',
  'POST /negative-list': 'a digest is of whoever says it, and counts for the own agency',
  ...EXCHANGE_OWN,
  'GET /audit': 'the own record: what somebody asked for themselves stands in it',
  'POST /search/picture': 'among all that is seen',
  'GET /audit/record': 'lengths, hashes and times of the own log',
  'POST /audit/erasures': 'numbers of the own log',
  'GET /requests': 'of the own agency and of cases that are seen; what is offered to it',
  'GET /seconds': 'colleagues of the own agency',
  'GET /destructions': 'of the own agency and of cases that are seen',
  'GET /status': 'counts of what is seen',
  'GET /self-test': 'of the own agency',
  'GET /schemes': 'of the instance, the same for everybody',
  'GET /schemes/map': 'of the instance, the same for everybody',
  'GET /entities': 'all that are seen',
  'POST /entities': 'a name is of whoever records it',
  'GET /at-risk': 'all that are seen',
  'GET /outcomes': 'of the own agency, of media that are seen',
  'GET /verdict-rule': 'of the own agency',
  'PUT /verdict-rule': 'of the own agency',
  'GET /competence-tests': 'of the own agency',
  'POST /competence-tests': 'an own test',
};

const ON_CASE = ['owner', 'shared'] as const;
const MEMBERS = ['owner', 'colleague', 'shared', 'unshared'] as const;
const id = (name: keyof Names) => (names: Names) => ({ id: names[name] });
const by =
  (key: string, name: keyof Names, more: Readonly<Record<string, string>> = {}) =>
  (names: Names) => ({ [key]: names[name], ...more });

export const CALLS: readonly RouteCall[] = [
  {
    route: 'POST /session',
    body: (names) => ({ login: names.login, password: 'not the password of anybody' }),
    known: [],
  },
  { route: 'GET /operations/:id', params: id('operation'), known: MEMBERS },
  { route: 'GET /cases', query: by('operation', 'operation'), known: ON_CASE },
  { route: 'GET /cases/:id', params: id('case'), known: ON_CASE },
  { route: 'GET /cases/:id/access', params: id('case'), known: ['owner'] },
  { route: 'GET /exhibits', query: by('case', 'case'), known: ON_CASE },
  { route: 'GET /exhibits', query: by('operation', 'operation'), known: MEMBERS },
  { route: 'GET /exhibits/:id', params: id('exhibit'), known: ON_CASE },
  { route: 'GET /exhibits/:id/legal-bases', params: id('exhibit'), known: ON_CASE },
  { route: 'GET /media/:id/legal-bases', params: id('media'), known: [] },
  { route: 'GET /exhibits/:id/failures', params: id('exhibit'), known: ON_CASE },
  { route: 'GET /funnel', query: by('case', 'case'), known: ON_CASE },
  { route: 'GET /funnel', query: by('exhibit', 'exhibit'), known: ON_CASE },
  { route: 'GET /funnel', query: by('operation', 'operation'), known: MEMBERS },
  { route: 'GET /stacks', query: by('case', 'case'), known: ON_CASE },
  { route: 'GET /stacks', query: by('exhibit', 'exhibit', { step: 'new' }), known: ON_CASE },
  { route: 'GET /occurrences', query: by('media', 'media'), known: ON_CASE },
  { route: 'GET /occurrences', query: by('exhibit', 'exhibit', { step: 'unreadable' }), known: ON_CASE },
  { route: 'GET /media/:id', params: id('media'), known: ON_CASE },
  { route: 'GET /media/:id/occurrences', params: id('media'), known: ON_CASE },
  { route: 'GET /media/:id/stack', params: id('media'), known: ON_CASE },
  { route: 'GET /media/:id/verdicts', params: id('media'), known: ON_CASE },
  { route: 'GET /verdict-queue', query: by('case', 'case'), known: ON_CASE },
  { route: 'GET /verdict-queue', query: by('exhibit', 'exhibit'), known: ON_CASE },
  { route: 'GET /verdict-queue', query: by('operation', 'operation', { kind: 'second-look' }), known: MEMBERS },
  { route: 'GET /entities', query: by('case', 'case'), known: ON_CASE },
  { route: 'GET /entities/:id', params: id('entity'), known: ON_CASE },
  { route: 'GET /media/:id/assertions', params: id('media'), known: ON_CASE },
  { route: 'GET /series/:id/members', params: id('series'), known: ON_CASE },
  { route: 'GET /series/:id/suggestions', params: id('series'), known: ON_CASE },
  { route: 'GET /series/:id/connections', params: id('series'), known: ON_CASE },
  ...ACCOUNT_CALLS,
  ...SCREEN_CALLS,
  ...REPORT_CALLS,
  ...NOTE_CALLS,
  ...ASK_CALLS,
  { route: 'GET /media/:id/matches', params: id('media'), known: ON_CASE },
  { route: 'GET /media/:id/history', params: id('media'), known: ON_CASE },
  { route: 'GET /cases/:id/history', params: id('case'), known: ON_CASE },
  { route: 'GET /media/:id/veiled', params: id('media'), known: ON_CASE },
  { route: 'GET /media/:id/storyboard', params: id('media'), known: ON_CASE },
  {
    route: 'POST /media/:id/storyboard/reveal',
    params: id('media'),
    body: () => ({ purpose: 'to see who sees' }),
    known: ON_CASE,
  },
  {
    route: 'POST /media/:id/reveal',
    params: id('media'),
    body: () => ({ purpose: 'to see who sees' }),
    known: ON_CASE,
  },
  { route: 'GET /compare', query: (names) => ({ a: names.media, b: names.mediaTwo }), known: ON_CASE },
  { route: 'GET /first-generation', query: by('case', 'case'), known: ON_CASE },
  { route: 'GET /first-generation', query: by('exhibit', 'exhibit'), known: ON_CASE },
  { route: 'GET /connections', query: by('case', 'case'), known: ON_CASE },
  { route: 'GET /connections/expansion', query: by('case', 'case'), known: ON_CASE },
  { route: 'GET /connections/expansion', query: by('exhibit', 'exhibit'), known: ON_CASE },
  { route: 'GET /connections/:id', params: id('connection'), known: ON_CASE },
  { route: 'GET /connections/:id', params: id('seriesConnection'), known: ON_CASE },
  { route: 'GET /connections', query: by('exhibit', 'exhibit'), known: ON_CASE },
  { route: 'GET /connections', query: by('media', 'media'), known: ON_CASE },
  { route: 'GET /connections', query: (names) => ({ case: names.case, between: 'cases' }), known: ON_CASE },
  { route: 'GET /connections', query: (names) => ({ case: names.case, leads: 'true' }), known: ON_CASE },
  { route: 'GET /contacts', query: by('case', 'case'), known: ON_CASE },
  { route: 'GET /contacts/:id', params: id('contact'), known: ['owner'] },
  { route: 'GET /search', query: by('q', 'digest'), known: ON_CASE },
  { route: 'GET /search', query: by('q', 'path'), known: ON_CASE },
  { route: 'GET /search', query: by('q', 'caseReference'), known: ON_CASE },
  { route: 'GET /search', query: (names) => ({ q: `${names.caseReference}/1` }), known: ON_CASE },
  { route: 'DELETE /api-keys/:id', params: id('apiKey'), known: ['owner'] },
  { route: 'POST /notices/:id/read', params: id('notice'), known: ['owner'] },
  { route: 'POST /invitations/:id/accept', params: id('invitation'), known: ['owner'] },
  { route: 'POST /invitations/:id/decline', params: id('invitationTwo'), known: ['owner'] },
  {
    route: 'POST /operations/:id/invitations',
    params: id('operation'),
    body: () => ({ agency: 'Zeta' }),
    known: ['owner', 'shared', 'unshared'],
  },
  {
    route: 'POST /cases',
    body: (names) => ({ reference: 'Z-1', operationReference: names.operationReference, shareWithOperation: true }),
    known: MEMBERS,
  },
  { route: 'PUT /cases/:id', params: id('case'), body: () => ({ title: 'hushed up' }), known: ['owner'] },
  { route: 'POST /cases/:id/access', params: id('case'), body: () => ({ login: 'mona-of-alpha' }), known: ['owner'] },
  {
    route: 'DELETE /cases/:id/access/:access',
    params: (names) => ({ id: names.case, access: names.access }),
    known: ['owner'],
  },
  {
    // That a case of the own agency is there is told to whoever opens it in an emergency: its people are told of that.
    route: 'POST /break-glass',
    body: (names) => ({ case: names.caseReference, reason: 'to see who sees' }),
    known: ['owner', 'colleague'],
  },
  {
    route: 'POST /break-glass',
    body: (names) => ({ case: names.caseReference, agency: 'Alpha', reason: 'to see who sees' }),
    known: ['owner', 'colleague'],
  },
  {
    route: 'POST /contacts/:id/answer',
    params: id('contact'),
    body: () => ({ status: 'closed', note: 'why' }),
    known: ['owner'],
  },
  {
    route: 'PUT /cases/:id/contact-mode',
    params: id('case'),
    body: () => ({ mode: 'silent', reason: 'why' }),
    known: ['owner'],
  },
  { route: 'POST /break-glass/:id/end', params: id('break'), known: ['owner'] },
  {
    route: 'POST /connections/:id/decisions',
    params: id('seriesConnection'),
    body: () => ({ state: 'rejected', reason: 'to see who sees' }),
    known: ON_CASE,
  },
  {
    route: 'POST /connections/:id/decisions',
    params: id('connection'),
    body: () => ({ state: 'rejected', reason: 'to see who sees' }),
    known: ON_CASE,
  },
  {
    route: 'POST /media/:id/verdicts',
    params: id('media'),
    body: () => ({ code: 'vic-default@2.0:0' }),
    known: ON_CASE,
  },
  {
    // That a vote of theirs is there is told to those who see its media; it is taken back by whoever gave it.
    route: 'POST /verdicts/:id/retract',
    params: id('verdict'),
    body: () => ({ reason: 'to see who sees' }),
    known: ON_CASE,
  },
  {
    route: 'GET /competence-tests/:id/pictures/:number',
    params: (names) => ({ id: names.test, number: '1' }),
    known: ['owner'],
  },
  {
    route: 'POST /competence-tests/:id/answers',
    params: id('test'),
    body: () => ({ answers: Array.from({ length: 12 }, () => '0') }),
    known: ['owner'],
  },
  ...ENTITY_CALLS,
  ...EXCHANGE_CALLS,
  ...REVIEW_CALLS,
  {
    route: 'POST /legal-bases',
    body: (names) => ({ exhibit: names.exhibit, kind: 'consent', reference: 'form 7' }),
    known: ['owner'],
  },
  {
    route: 'POST /legal-bases/:id/withdraw',
    params: id('basis'),
    body: () => ({ reason: 'recorded by mistake' }),
    known: ['owner'],
  },
  {
    route: 'POST /ingests',
    body: (names) => ({
      case: names.caseReference,
      exhibit: '1',
      source: { kind: 'folder', name: 'elsewhere' },
      sender: 'a-name-that-nobody-guesses',
    }),
    known: ['owner'],
  },
  { route: 'GET /ingests/:id', params: id('run'), known: ['owner'] },
  { route: 'POST /ingests/:id/seen', params: id('run'), body: () => ({ paths: ['hushed.jpg'] }), known: ['owner'] },
  {
    route: 'POST /ingests/:id/batches',
    params: id('run'),
    body: () => ({ entries: [{ path: 'x', content: { sha256: sha256Of('not held'), sizeBytes: 8 } }] }),
    known: ['owner'],
  },
  { route: 'POST /ingests/:id/packs', params: id('run'), bytes: encodePack([]), known: ['owner'] },
  {
    route: 'PUT /ingests/:id/uploads/:sha256',
    params: (names) => ({ id: names.run, sha256: names.digest }),
    body: () => ({ sizeBytes: 10 }),
    known: ['owner'],
  },
  {
    route: 'PUT /ingests/:id/uploads/:sha256/chunks/:number',
    params: (names) => ({ id: names.run, sha256: names.digest, number: '0' }),
    bytes: Buffer.from('x'),
    known: ['owner'],
  },
  {
    route: 'POST /ingests/:id/uploads/:sha256/complete',
    params: (names) => ({ id: names.run, sha256: names.digest }),
    known: ['owner'],
  },
  {
    route: 'DELETE /ingests/:id/uploads/:sha256',
    params: (names) => ({ id: names.run, sha256: names.digest }),
    known: ['owner'],
  },
  {
    route: 'PUT /ingests/:id/container',
    params: id('run'),
    body: () => ({ sha256: sha256Of('container'), sizeBytes: 8 }),
    known: ['owner'],
  },
  {
    route: 'POST /ingests/:id/damages',
    params: id('run'),
    body: () => ({ path: 'hushed.zip', container: null, code: 'ARCHIVE_CORRUPT', detail: '' }),
    known: ['owner'],
  },
  {
    route: 'POST /ingests/:id/end',
    params: id('run'),
    body: () => ({ interrupted: true, files: 0, bytes: 0, unread: 0 }),
    known: ['owner'],
  },
  { route: 'DELETE /handling/:code', params: by('code', 'code'), known: ['owner'] },
  {
    route: 'PUT /exhibits/:id/handling',
    params: id('exhibit'),
    body: () => ({ handling: 'TLP:AMBER' }),
    known: ['owner'],
  },
  {
    route: 'PUT /lists/:id/handling',
    params: id('list'),
    body: () => ({ handling: 'TLP:AMBER' }),
    known: ['owner', 'colleague'],
  },
  {
    route: 'POST /lists/:id/withdraw',
    params: id('list'),
    body: () => ({ reason: 'to see who sees' }),
    known: ['owner', 'colleague'],
  },
  {
    route: 'POST /lists/:id/expire',
    params: id('list'),
    body: () => ({ on: '2099-12-31T00:00:00Z' }),
    known: ['owner', 'colleague'],
  },
  ...LIST_CALLS,
  { route: 'GET /exhibits/:id/custody', params: id('exhibit'), known: ['owner'] },
  { route: 'GET /cases/:id/custody', params: id('case'), known: ['owner'] },
  { route: 'GET /requests/:number', params: by('number', 'request'), known: ['owner'] },
  ...(['confirm', 'refuse', 'accept', 'undo', 'purge', 'cancel'] as const).map((step): RouteCall => ({
    route: `POST /requests/:number/${step}`,
    params: by('number', 'request'),
    body: () => (step === 'accept' || step === 'cancel' ? {} : { reason: 'to see who sees' }),
    known: step === 'accept' ? [] : ['owner'],
  })),
  { route: 'PUT /cases/:id/hold', params: id('case'), body: () => ({ reason: 'to see who sees' }), known: ['owner'] },
  {
    route: 'POST /exhibits/:id/move',
    params: id('exhibit'),
    body: () => ({ toCase: 'S-0', reason: 'to see who sees' }),
    known: ['owner'],
  },
  {
    route: 'POST /exhibits/:id/withdraw',
    params: id('exhibit'),
    body: () => ({ reason: 'to see who sees' }),
    known: ['owner'],
  },
  {
    route: 'POST /cases/:id/transfer',
    params: id('case'),
    body: () => ({ toAgency: 'Zeta', reason: 'to see who sees' }),
    known: ['owner'],
  },
  {
    route: 'POST /cases/:id/destroy',
    params: id('case'),
    body: () => ({ reason: 'to see who sees' }),
    known: ['owner'],
  },
  {
    route: 'DELETE /cases/:id/hold',
    params: id('case'),
    body: () => ({ reason: 'to see who sees' }),
    known: ['owner'],
  },
  // Last: it takes what the others ask for out of the operation.
  { route: 'POST /operations/:id/leave', params: id('operation'), known: ['owner', 'shared', 'unshared'] },
];
