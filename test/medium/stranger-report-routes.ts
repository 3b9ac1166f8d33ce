// The stranger test of reports: one tells nothing that the pages of its item do not.
import type { RouteCall } from './stranger-routes.js';
import type { Names } from './stranger-world.js';

const ON_CASE = ['owner', 'shared'] as const;
const by =
  (key: string, name: keyof Names, more: Readonly<Record<string, string>> = {}) =>
  (names: Names) => ({ [key]: names[name], ...more });

export const REPORT_CALLS: readonly RouteCall[] = [
  { route: 'GET /reports/preview', query: by('case', 'case'), known: ON_CASE },
  { route: 'GET /reports/preview', query: by('exhibit', 'exhibit'), known: ON_CASE },
  { route: 'GET /reports/preview', query: by('series', 'series'), known: ON_CASE },
  { route: 'GET /reports/preview', query: (names) => ({ a: names.media, b: names.mediaTwo }), known: ON_CASE },
  { route: 'POST /reports', body: by('case', 'case', { purpose: 'to see who sees' }), known: ON_CASE },
  { route: 'POST /reports', body: by('exhibit', 'exhibit', { purpose: 'to see who sees' }), known: ON_CASE },
  { route: 'POST /reports', body: by('series', 'series', { purpose: 'to see who sees' }), known: ON_CASE },
  {
    route: 'POST /reports',
    body: (names) => ({ a: names.media, b: names.mediaTwo, pictures: 'veiled', purpose: 'to see who sees' }),
    known: ON_CASE,
  },
];
