// The routes of chats, of reports of phones, of the graph, of where and when, of disk images, and of the workshop of a series, for the stranger test: whoever sees the case.
import { CHAT_ANSWER_CALLS } from './stranger-chat-answers.js';
import { CHAT_CALLS } from './stranger-chats.js';
import type { RouteCall } from './stranger-routes.js';
import type { Names } from './stranger-world.js';

const ON_CASE = ['owner', 'shared'] as const;
const id = (name: keyof Names) => (names: Names) => ({ id: names[name] });

export const SCREEN_OWN: Readonly<Record<string, string>> = {
  'GET /first-generation': 'all that is seen',
  'GET /places': 'all that is seen',
  'GET /times': 'all that is seen',
  'GET /chat-people': 'all that are seen',
  'GET /chat-countries': 'all that are seen',
};

export const SCREEN_CALLS: readonly RouteCall[] = [
  ...CHAT_CALLS,
  ...CHAT_ANSWER_CALLS,
  { route: 'GET /exhibits/:id/reports', params: id('exhibit'), known: ON_CASE },
  { route: 'GET /exhibits/:id/report-people', params: id('exhibit'), known: ON_CASE },
  { route: 'GET /exhibits/:id/report-files', params: id('exhibit'), known: ON_CASE },
  { route: 'GET /at-risk', query: (names) => ({ case: names.case }), known: ON_CASE },
  { route: 'GET /at-risk', query: (names) => ({ series: names.series, all: 'true' }), known: ON_CASE },
  { route: 'GET /cases/:id/graph', params: id('case'), known: ON_CASE },
  { route: 'GET /cases/:id/graph/layout', params: id('case'), known: ON_CASE },
  { route: 'PUT /cases/:id/graph/layout', params: id('case'), body: () => ({ pins: {} }), known: ON_CASE },
  { route: 'POST /cases/:id/graph/exports', params: id('case'), body: () => ({ nodes: 1, edges: 0 }), known: ON_CASE },
  { route: 'GET /entities/:id/graph', params: id('series'), known: ON_CASE },
  { route: 'GET /entities/:id/graph/layout', params: id('entity'), known: ON_CASE },
  { route: 'PUT /entities/:id/graph/layout', params: id('entity'), body: () => ({ pins: {} }), known: ON_CASE },
  {
    route: 'POST /entities/:id/graph/exports',
    params: id('entity'),
    body: () => ({ nodes: 1, edges: 0 }),
    known: ON_CASE,
  },
  { route: 'POST /exhibits/:id/failures/retry', params: id('exhibit'), body: () => ({}), known: ['owner'] },
  {
    route: 'POST /exhibits/:id/failures/quarantine',
    params: id('exhibit'),
    body: ({ media }) => ({ media: [media], reason: 'set aside' }),
    known: ['owner'],
  },
  { route: 'GET /places', query: ({ case: one }) => ({ case: one }), known: ON_CASE },
  { route: 'GET /times', query: ({ exhibit }) => ({ exhibit }), known: ON_CASE },
  { route: 'GET /series/:id/statements', params: id('series'), known: ON_CASE },
  {
    route: 'POST /ingests/:id/images',
    params: id('run'),
    body: () => ({
      path: 'hushed.dd',
      format: 'raw',
      parts: 1,
      sizeBytes: 512,
      verdict: 'unstated',
      stored: {},
      computed: null,
      fileSystems: [],
    }),
    known: ['owner'],
  },
];
