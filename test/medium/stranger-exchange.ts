// What leaves for others, for the stranger test: a line of the ledger, and the routes that name a case or such a line.
import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { fingerprintOf, keyPairs } from '../../packages/server/src/formats/package/keys.js';
import { acknowledgement } from '../../packages/server/src/formats/package/manifest.js';
import type { Database, Store } from '../../packages/server/src/store/index.js';
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

/** Of the agency to which the line of the ledger is. */
const ELSEWHERE = keyPairs(Buffer.alloc(32, 7));
const FINGERPRINT = fingerprintOf(ELSEWHERE);

/** A key of the agency, one that it trusts, and a package that came in; answers the id of the one that it trusts. */
export const addPackageKeys = async (
  { keys, owner }: Store<'owner'>,
  { agencyId, id, login }: Person,
  list: string,
): Promise<string> => {
  const root = Buffer.alloc(32, 8);
  const { opening, signing } = keyPairs(root);
  const key = fingerprintOf({ opening, signing });
  await owner
    .insertInto('exchange_keys')
    .values({
      agency_id: agencyId,
      key,
      signing_key: signing,
      opening_key: opening,
      ...keys.wrap(root, { purpose: 'exchange', key }),
    })
    .execute();
  const { id: peer } = await owner
    .insertInto('exchange_peers')
    .values({
      agency_id: agencyId,
      name: 'Elsewhere',
      country: 'FR',
      fingerprint: FINGERPRINT,
      signing_key: ELSEWHERE.signing,
      opening_key: ELSEWHERE.opening,
      added_by: id,
      added_login: login,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await owner
    .insertInto('package_receipts')
    .values({
      agency_id: agencyId,
      sender_fingerprint: FINGERPRINT,
      package_id: randomUUID(),
      sender: 'Elsewhere',
      file_sha256: Buffer.alloc(32),
      item_count: 1,
      handling: 'TLP:AMBER',
      list_id: list,
      imported_by: id,
      imported_login: login,
    })
    .execute();
  return peer;
};

/** Routes that name nothing of anybody else's. */
export const EXCHANGE_OWN: Readonly<Record<string, string>> = {
  'GET /contributions': 'of the own agency, and of cases that are seen',
  'GET /package-keys': 'of the own agency',
  'POST /package-keys': 'of the own agency',
  'POST /package-keys/trusted': 'a key is of whoever wrote its file, and is trusted in the own agency',
  'GET /packages': 'of the own agency',
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
  {
    route: 'POST /exports/package',
    body: (names) => ({ case: names.case, to: FINGERPRINT, withoutUnread: true }),
    known: ['owner'],
  },
  {
    route: 'POST /exports/package/preview',
    body: (names) => ({ case: names.case, to: FINGERPRINT, withoutUnread: true }),
    known: ['owner'],
  },
  { route: 'POST /packages', body: (names) => ({ upload: names.listUpload }), known: ['owner'] },
  {
    route: 'GET /packages/:list/acknowledgement',
    params: (names) => ({ list: names.list }),
    known: ['owner', 'colleague'],
  },
  {
    route: 'POST /package-acknowledgements',
    body: (names) =>
      acknowledgement(ELSEWHERE, {
        package: names.contribution,
        sha256: sha256Of('never sent'),
        items: 1,
        at: '2026-01-01T00:00:00.000Z',
        by: FINGERPRINT,
      }),
    known: ['owner'],
  },
  // The last one: nothing is sent to whom nobody trusts.
  { route: 'DELETE /package-keys/trusted/:id', params: (names) => ({ id: names.peer }), known: ['owner'] },
];
