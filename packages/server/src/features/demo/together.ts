// What the two agencies of the sample operation write to each other: a question in a note and its answer, a task that is passed on, and a part of a picture that
// a second person has looked at, with what the other country answers.
import type { Context } from '@redthread/core/domain';
import { addAsk, answerAsk, confirmAsk, lookAtCrop } from '../asks/index.js';
import { readCases } from '../cases/index.js';
import { addNote, answerNote } from '../notes/index.js';
import { namedOperation } from '../operations/index.js';
import { SESSION } from '../requests/index.js';
import { listStacks } from '../stacks/index.js';
import { addTask, stepTask } from '../tasks/index.js';
import { withContext, type Store } from '../../store/index.js';
import type { DrawnWorld } from './drawn-world.js';
import type { DemoPeople } from './seed.js';

type DemoStore = Store<'app' | 'owner'>;

/** The agency that begins, a colleague who looks, and the other agency; the operation that they are in. */
interface Cast {
  readonly first: Context;
  readonly second: Context;
  readonly other: Context;
  readonly partner: string;
  readonly operation: string;
}

const GREEN = { handling: 'TLP:GREEN' } as const;

const writeNotes = async (store: DemoStore, { first, other, operation }: Cast): Promise<void> => {
  const question = await addNote(store, first, {
    about: { kind: 'operation', id: operation },
    text: 'The room with the round window turns up in two of our exhibits. Do you know where it is?',
    ...GREEN,
  });
  await answerNote(store, other, question.id, {
    text: 'We have it in an exhibit of ours as well, and see whose device that was.',
    ...GREEN,
  });
};

const setTasks = async (store: DemoStore, { first, other, partner, operation }: Cast): Promise<void> => {
  const about = { kind: 'operation', id: operation } as const;
  const task = await addTask(store, first, {
    about,
    title: 'Say whose device holds the room with the round window',
    detail: 'See the connections of the operation: the strongest one names both exhibits.',
    due: null,
    agency: partner,
  });
  await stepTask(store, other, task.id, { state: 'doing', person: other.actor.login, note: '' });
  const title = 'Look over what is new and was seen by nobody';
  await addTask(store, first, { about, title, detail: '', due: null, person: first.actor.login });
};

/** The picture with the most copies in a case of the first agency. */
const askWithCrop = async (store: DemoStore, { first, second, other, operation }: Cast): Promise<void> => {
  const cases = await withContext(store.app, first, (trx) => readCases(trx, { operation }));
  const own = cases.find(({ agency }) => agency.id === first.actor.agencyId);
  if (own === undefined) return;
  const among = { case: own.id, limit: 1, sort: 'copies', collapse: 'stack', kind: 'image', state: 'ready' } as const;
  const [tile] = (await listStacks(store, first, among)).items;
  if (tile === undefined) return;
  const ask = await addAsk(store, first, SESSION, {
    operation,
    case: own.id,
    media: tile.mediaId,
    region: '25%,25%,50%,50%',
    question: 'Does anybody know this room, or where such things are sold?',
    due: '2030-01-01',
    countries: [],
    second: second.actor.login,
  });
  await lookAtCrop(store, second, ask.id);
  await confirmAsk(store, second, SESSION, ask.id);
  await lookAtCrop(store, other, ask.id);
  const text = 'A boarding house in our harbour looks like it. We look closer and write a note.';
  await answerAsk(store, other, ask.id, { says: 'perhaps', text });
};

/** Once: a second run of the same demonstration finds them. */
export const seedTogether = async (
  store: DemoStore,
  world: DrawnWorld,
  { actors, coordinator: first }: DemoPeople,
  second: Context,
): Promise<void> => {
  if ((await store.owner.selectFrom('notes').select('id').limit(1).executeTakeFirst()) !== undefined) return;
  const { agencies, operation } = world.operation;
  const [, partner] = agencies;
  const other = actors.get(partner?.slug ?? '');
  if (partner === undefined || other === undefined) return;
  const id = await withContext(store.app, first, (trx) => namedOperation(trx, operation.reference));
  const cast: Cast = { first, second, other, partner: partner.name, operation: id };
  await writeNotes(store, cast);
  await setTasks(store, cast);
  await askWithCrop(store, cast);
};
