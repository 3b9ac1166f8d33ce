// A question of the owner's about the case, to the country of Delta alone, with its crop, who has looked, and an answer from Delta, in the world of the stranger test.
import { newKey, sealSmall, type Store } from '../../packages/server/src/store/index.js';
import type { Person } from './api-world.js';
import type { RouteCall } from './stranger-routes.js';
import type { Names } from './stranger-world.js';

export const addQuestion = async (
  { keys, owner }: Pick<Store<'owner'>, 'keys' | 'owner'>,
  { agencyId, id, login }: Person,
  about: {
    readonly caseId: string;
    readonly media: string;
    readonly operation: string;
    readonly asked: Person;
  },
): Promise<string> => {
  const { id: ask } = await owner
    .insertInto('asks')
    .values({
      agency_id: agencyId,
      number: '4321-8765',
      operation_id: about.operation,
      case_id: about.caseId,
      media_id: about.media,
      countries: ['XD'],
      question: 'hushed question',
      due_on: '2999-01-01',
      state: 'sent',
      decided_at: new Date(),
      user_id: id,
      login,
      said_agency: 'Alpha',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const of = { agency_id: agencyId, ask_id: ask };
  const key = newKey();
  await owner
    .insertInto('ask_crops')
    .values({
      ...of,
      width_px: 1,
      height_px: 1,
      ...keys.wrap(key, { purpose: 'crop', key: ask }),
      sealed: sealSmall(key, Buffer.from('hushed crop')),
    })
    .execute();
  await owner
    .insertInto('ask_looks')
    .values({ ...of, user_id: id })
    .execute();
  await owner
    .insertInto('ask_answers')
    .values({
      ask_agency_id: agencyId,
      ask_id: ask,
      agency_id: about.asked.agencyId,
      country: 'XD',
      says: 'perhaps',
      text: 'hushed answer',
      user_id: about.asked.id,
      login: about.asked.login,
      said_agency: 'Delta',
    })
    .execute();
  return ask;
};

/** Whoever sees the case, and the country that is asked. */
const ASKED = ['owner', 'unshared'] as const;
const MEMBERS = ['owner', 'colleague', 'shared', 'unshared'] as const;
const id = (name: keyof Names) => (names: Names) => ({ id: names[name] });

export const ASK_CALLS: readonly RouteCall[] = [
  { route: 'GET /asks', query: ({ operation }) => ({ operation }), known: MEMBERS },
  {
    route: 'POST /asks',
    body: ({ operation, case: one, media }) => ({
      operation,
      case: one,
      media,
      region: '10%,10%,50%,50%',
      question: 'is it there',
      due: '2999-01-01',
    }),
    known: MEMBERS,
  },
  { route: 'GET /asks/:id', params: id('ask'), known: ASKED },
  { route: 'POST /asks/:id/confirm', params: id('ask'), body: () => ({ showsNoVictim: true }), known: ['owner'] },
  { route: 'POST /asks/:id/refuse', params: id('ask'), body: () => ({ reason: 'to see' }), known: ['owner'] },
  { route: 'POST /asks/:id/withdraw', params: id('ask'), known: ['owner'] },
  { route: 'POST /asks/:id/answers', params: id('ask'), body: () => ({ says: 'known', text: 'see' }), known: ASKED },
  { route: 'POST /asks/:id/crop', params: id('ask'), known: ASKED },
  { route: 'POST /asks/:id/close', params: id('ask'), known: ['owner'] },
];
