// What leaves for others, for the stranger test: a line of the ledger, and the routes that name a case or such a line.
import type { Kysely } from 'kysely';
import type { Database } from '../../packages/server/src/store/index.js';
import { sha256Of, type Person } from './api-world.js';
import type { RouteCall } from './stranger-routes.js';

/** Of a case that is for named people, by one of them. */
export const addContribution = async (
  owner: Kysely<Database>,
  { agencyId, id, login }: Person,
  { caseId, media }: { readonly caseId: string; readonly media: string },
): Promise<string> => {
  const { id: contribution } = await owner
    .insertInto('contributions')
    .values({
      agency_id: agencyId,
      receiver: 'Elsewhere',
      format: 'vics',
      subject: 'case S-1',
      case_id: caseId,
      handling: 'TLP:AMBER',
      item_count: 1,
      made_by: id,
      made_login: login,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await owner
    .insertInto('contribution_items')
    .values({
      agency_id: agencyId,
      contribution_id: contribution,
      sha256: Buffer.from(sha256Of('hushed'), 'hex'),
      media_id: media,
    })
    .execute();
  return contribution;
};

/** Routes that name nothing of anybody else's. */
export const EXCHANGE_OWN: Readonly<Record<string, string>> = {
  'GET /contributions': 'of the own agency, and of cases that are seen',
  'POST /baseline': 'of what is seen; a receiver is a name that anybody may write',
  'POST /baseline/preview': 'of what is seen; a receiver is a name that anybody may write',
};

const ON_CASE = ['owner', 'shared'] as const;

export const EXCHANGE_CALLS: readonly RouteCall[] = [
  {
    route: 'POST /exports/preview',
    body: (names) => ({ case: names.case, format: 'vics', withoutUnread: true }),
    known: ON_CASE,
  },
  { route: 'POST /exports/preview', body: (names) => ({ series: names.series, format: 'csv' }), known: ON_CASE },
  { route: 'POST /exports/preview', body: (names) => ({ review: names.review, format: 'csv' }), known: ['owner'] },
  {
    route: 'POST /exports',
    body: (names) => ({ exhibit: names.exhibit, format: 'csv', withoutUnread: true }),
    known: ON_CASE,
  },
  {
    route: 'POST /contributions/:id/withdraw',
    params: (names) => ({ id: names.contribution }),
    body: () => ({ reason: 'a mistake' }),
    known: ['owner'],
  },
];
