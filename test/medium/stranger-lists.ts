// What the stranger test asks of lists: rows in the tables around them, and the calls that name them.
import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Database } from '../../packages/server/src/store/index.js';
import type { Person } from './api-world.js';
import type { RouteCall } from './stranger-routes.js';
import type { Names } from './stranger-world.js';

export const addListUpload = async (owner: Kysely<Database>, { agencyId, id, login }: Person): Promise<string> =>
  (
    await owner
      .insertInto('list_uploads')
      .values({
        agency_id: agencyId,
        user_id: id,
        login,
        key_id: null,
        plan: JSON.stringify({
          name: 'Hushed upload',
          polarity: 'known-bad',
          endsOnto: false,
          skipsBadLines: false,
          isNotNist: false,
        }),
        operation_id: null,
        onto_id: null,
        files: JSON.stringify([{ name: 'hushed.txt', sizeBytes: 10, received: 0 }]),
        size_bytes: 10,
        progress: null,
        result: null,
        failure: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
  ).id;

const plan = (more: object) => ({
  plan: { name: 'a list', polarity: 'other', ...more },
  files: [{ name: 'a.txt', sizeBytes: 1 }],
});
const ofUpload = ({ listUpload }: Names) => ({ id: listUpload });

/** A digest that somebody put on the negative list, and one that waits for a person; answers the id of that. */
const addNegatives = async (
  owner: Kysely<Database>,
  { agencyId, id, login }: Person,
  digest: Buffer,
): Promise<string> => {
  await owner
    .insertInto('negative_digests')
    .values({
      agency_id: agencyId,
      kind: 'md5',
      digest: Buffer.alloc(16, 7),
      reason: 'x',
      set_by: id,
      set_login: login,
    })
    .execute();
  return (
    await owner
      .insertInto('negative_digests')
      .values({
        agency_id: agencyId,
        origin: 'flood',
        kind: 'sha256',
        digest,
        state: 'set-aside',
        files: 5000,
        lists: JSON.stringify(['Hushed list 1']) as unknown as string[],
      })
      .returning('id')
      .executeTakeFirstOrThrow()
  ).id;
};

/** A kept search that found a file of a case that is for named people, and one look of it; answers its id. */
const addStanding = async (
  owner: Kysely<Database>,
  { agencyId, id }: Person,
  { exhibit, media }: { readonly exhibit: string; readonly media: string },
): Promise<string> => {
  const { id: standing } = await owner
    .insertInto('standing_searches')
    .values({
      agency_id: agencyId,
      user_id: id,
      name: 'hushed search',
      kind: 'words',
      query: JSON.stringify({ q: 'hushed' }),
      purpose: 'hushed purpose',
      expires_at: new Date(Date.now() + 86_400_000),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const row = { agency_id: agencyId, search_id: standing };
  await owner
    .insertInto('standing_hits')
    .values({ ...row, of_agency_id: agencyId, media_id: media, exhibit_id: exhibit })
    .execute();
  await owner
    .insertInto('standing_looks')
    .values({ ...row, media: 1, comparable: 0, lists: 0, found: 1, added: 1, is_first: true, truncated: false })
    .execute();
  return standing;
};

/** Answers the ids of what waits on the negative list, and of the kept search. */
export const addOfLists = async (
  owner: Kysely<Database>,
  person: Person,
  found: { readonly exhibit: string; readonly media: string },
): Promise<{ readonly negative: string; readonly standing: string }> => ({
  negative: await addNegatives(owner, person, createHash('sha256').update('hushed flood').digest()),
  standing: await addStanding(owner, person, found),
});

const ofStanding = ({ standing }: Names) => ({ id: standing });

const ofFlood = ({ negative }: Names) => ({ id: negative });

export const LIST_CALLS: readonly RouteCall[] = [
  {
    route: 'POST /list-uploads',
    body: ({ operationReference }) => plan({ shareWith: operationReference }),
    known: ['owner', 'colleague', 'shared', 'unshared'],
  },
  {
    route: 'POST /negative-list/:id/keep',
    params: ofFlood,
    body: () => ({ reason: 'to see who sees' }),
    known: ['owner', 'colleague'],
  },
  {
    route: 'POST /negative-list/:id/end',
    params: ofFlood,
    body: () => ({ reason: 'to see who sees' }),
    known: ['owner', 'colleague'],
  },
  { route: 'GET /standing-searches/:id', params: ofStanding, known: ['owner'] },
  {
    route: 'POST /standing-searches',
    body: (names) => ({
      name: 'to see who sees',
      purpose: 'to see who sees',
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
      filter: { case: names.case },
    }),
    known: ['owner', 'shared'],
  },
  { route: 'POST /standing-searches/:id/look', params: ofStanding, known: ['owner'] },
  {
    route: 'POST /standing-searches/:id/end',
    params: ofStanding,
    body: () => ({ reason: 'to see who sees' }),
    known: ['owner'],
  },
  { route: 'GET /list-uploads/:id', params: ofUpload, known: ['owner'] },
  {
    route: 'PUT /list-uploads/:id/files/:file',
    params: ({ listUpload }) => ({ id: listUpload, file: '0' }),
    query: () => ({ offset: '0' }),
    bytes: Buffer.from('x'),
    known: ['owner'],
  },
  { route: 'POST /list-uploads/:id/read', params: ofUpload, body: () => ({}), known: ['owner'] },
  { route: 'POST /list-uploads/:id/count', params: ofUpload, body: () => ({}), known: ['owner'] },
  { route: 'DELETE /list-uploads/:id', params: ofUpload, known: ['owner'] },
];
