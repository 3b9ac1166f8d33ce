// What the two agencies of the sample operation write to each other: a question in a note and its answer, and a task that is passed on and done.
import { namedOperation } from '../operations/index.js';
import { addNote, answerNote } from '../notes/index.js';
import { addTask, stepTask } from '../tasks/index.js';
import { withContext, type Store } from '../../store/index.js';
import type { DrawnWorld } from './drawn-world.js';
import type { DemoPeople } from './seed.js';

const GREEN = { handling: 'TLP:GREEN' } as const;

/** Once: a second run of the same demonstration finds them. */
export const seedTogether = async (
  store: Store<'app' | 'owner'>,
  world: DrawnWorld,
  { actors, coordinator }: DemoPeople,
): Promise<void> => {
  if ((await store.owner.selectFrom('notes').select('id').limit(1).executeTakeFirst()) !== undefined) return;
  const { agencies, operation } = world.operation;
  const [, partner] = agencies;
  const other = actors.get(partner?.slug ?? '');
  if (partner === undefined || other === undefined) return;
  const id = await withContext(store.app, coordinator, (trx) => namedOperation(trx, operation.reference));
  const about = { kind: 'operation', id } as const;
  const question = await addNote(store, coordinator, {
    about,
    text: 'The room with the round window turns up in two of our exhibits. Do you know where it is?',
    ...GREEN,
  });
  await answerNote(store, other, question.id, {
    text: 'We have it in an exhibit of ours as well, and see whose device that was.',
    ...GREEN,
  });
  const task = await addTask(store, coordinator, {
    about,
    title: 'Say whose device holds the room with the round window',
    detail: 'See the connections of the operation: the strongest one names both exhibits.',
    due: null,
    agency: partner.name,
  });
  await stepTask(store, other, task.id, { state: 'doing', person: other.actor.login, note: '' });
  await addTask(store, coordinator, {
    about,
    title: 'Look over what is new and was seen by nobody',
    detail: '',
    due: null,
    person: coordinator.actor.login,
  });
};
