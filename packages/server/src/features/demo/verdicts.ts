// What two people of the first agency say of a few pictures of the sample operation: rooms, so nothing in them is relevant. Enough to
// see a verdict that stands, votes against each other, and what waits for a second look.
import type { StackTile } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { CANNOT_SAY } from '@redthread/core/contract';
import { schemeNamed, schemesOf } from '@redthread/core/schemes';
import { planExercise } from '@redthread/synth';
import type { Store } from '../../store/index.js';
import { addUser, localActor } from '../accounts/index.js';
import { revealMedia } from '../media/index.js';
import { listStacks } from '../stacks/index.js';
import { answerTest, beginTest, castVotes } from '../verdicts/index.js';
import type { DemoPeople } from './seed.js';

const SCHEME = 'vic-default@2.0';
const NOT_RELEVANT = '0';
const COMPARISON = '4';
const SECOND = 'mila';

type DemoStore = Store<'app' | 'owner'>;

/** Who votes what, stack by stack from the one with the most copies on. */
const VOTES: readonly (readonly [first: string | null, second: string | null])[] = [
  [NOT_RELEVANT, NOT_RELEVANT],
  [NOT_RELEVANT, NOT_RELEVANT],
  [NOT_RELEVANT, COMPARISON],
  [NOT_RELEVANT, null],
  [COMPARISON, null],
  [null, CANNOT_SAY],
];

const hasVotes = async ({ owner }: DemoStore): Promise<boolean> =>
  (await owner.selectFrom('verdicts').select('id').limit(1).executeTakeFirst()) !== undefined;

/** Takes the test, as whoever drew it can. */
const pass = async (store: DemoStore, ctx: Context): Promise<void> => {
  const test = await beginTest(store, ctx, SCHEME);
  const { seed } = await store.owner
    .selectFrom('competence_tests')
    .select('seed')
    .where('id', '=', test.id)
    .executeTakeFirstOrThrow();
  const { codes } = schemeNamed(schemesOf(), SCHEME);
  const { questions } = planExercise(
    seed,
    codes.map(({ code }) => code),
  );
  await answerTest(
    store,
    ctx,
    test.id,
    questions.map(({ answer }) => answer ?? CANNOT_SAY),
  );
};

const judge = async (store: DemoStore, ctx: Context, { mediaId }: StackTile, code: string): Promise<void> => {
  await revealMedia(store, ctx, { mediaId });
  await castVotes(store, ctx, mediaId, { code: `${SCHEME}:${code}`, note: '', stack: true });
};

/** Errors: USER_UNKNOWN before they have voted. */
export const secondPerson = async (store: DemoStore, osAccount: string): Promise<Context> => ({
  ...(await localActor(store, osAccount, SECOND)),
  purpose: 'demonstration',
});

const colleagueOf = async (
  store: DemoStore,
  { coordinator, password }: DemoPeople,
  osAccount: string,
): Promise<Context> => {
  const user = { login: SECOND, displayName: 'Mila', roles: ['reviewer'], password, osAccount: null };
  await addUser(store, coordinator, user, { inDemo: true });
  return secondPerson(store, osAccount);
};

/** Once: a second run of the same demonstration finds them. */
export const seedVerdicts = async (store: DemoStore, people: DemoPeople, osAccount: string): Promise<void> => {
  if (await hasVotes(store)) return;
  const first = people.coordinator;
  const second = await colleagueOf(store, people, osAccount);
  for (const ctx of [first, second]) await pass(store, ctx);
  const { items } = await listStacks(store, first, {
    limit: 100,
    sort: 'copies',
    collapse: 'stack',
    kind: 'image',
    state: 'ready',
  });
  const own = items.filter(({ agency }) => agency.id === first.actor.agencyId);
  for (const [at, [ofFirst, ofSecond]] of VOTES.entries()) {
    const tile = own[at];
    if (tile === undefined) break;
    if (ofFirst !== null) await judge(store, first, tile, ofFirst);
    if (ofSecond !== null) await judge(store, second, tile, ofSecond);
  }
};
