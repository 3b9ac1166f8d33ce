// A note on the case and one on the operation, read by its owner's colleague of another agency, and a task of each, in the world of the stranger test.
import type { Kysely } from 'kysely';
import type { Database } from '../../packages/server/src/store/index.js';
import type { Person } from './api-world.js';
import type { RouteCall } from './stranger-routes.js';
import type { Names } from './stranger-world.js';

export const addNotes = async (
  owner: Kysely<Database>,
  { agencyId, id, login }: Person,
  { caseId, reader }: { readonly caseId: string; readonly reader: Person },
) => {
  const said = { agency_id: agencyId, user_id: id, login, said_agency: 'Alpha' };
  const about = { about_agency_id: agencyId, case_id: caseId };
  const { id: note } = await owner
    .insertInto('notes')
    .values({ ...said, ...about, about_kind: 'case', text: 'hushed note', handling: 'TLP:GREEN' })
    .returning('id')
    .executeTakeFirstOrThrow();
  await owner
    .insertInto('note_reads')
    .values({
      note_agency_id: agencyId,
      note_id: note,
      agency_id: reader.agencyId,
      user_id: reader.id,
      login: reader.login,
      said_agency: 'Beta',
    })
    .execute();
  const { id: task } = await owner
    .insertInto('tasks')
    .values({ ...said, ...about, about_kind: 'case', title: 'hushed task' })
    .returning('id')
    .executeTakeFirstOrThrow();
  await owner
    .insertInto('task_steps')
    .values({ ...said, task_agency_id: agencyId, task_id: task, state: 'open', for_agency_id: agencyId })
    .execute();
  return { note, task };
};

const ON_CASE = ['owner', 'shared'] as const;
const MEMBERS = ['owner', 'colleague', 'shared', 'unshared'] as const;
const id = (name: keyof Names) => (names: Names) => ({ id: names[name] });
const about = (kind: string, name: keyof Names, more: object) => (names: Names) => ({
  about: { kind, id: names[name] },
  ...more,
});
const SAID = { text: 'is it there', handling: 'TLP:AMBER' };

export const NOTE_CALLS: readonly RouteCall[] = [
  { route: 'GET /notes', query: ({ operation }) => ({ operation }), known: MEMBERS },
  { route: 'GET /notes', query: ({ case: one }) => ({ case: one }), known: ON_CASE },
  { route: 'GET /notes', query: ({ series }) => ({ series }), known: ON_CASE },
  { route: 'GET /notes', query: ({ media }) => ({ media }), known: ON_CASE },
  { route: 'POST /notes', body: about('case', 'case', SAID), known: ON_CASE },
  { route: 'POST /notes', body: about('media', 'media', SAID), known: ON_CASE },
  { route: 'POST /notes/:id/answers', params: id('note'), body: () => SAID, known: ON_CASE },
  // Answers a count of what is new to the reader: none of what is not seen.
  { route: 'POST /notes/read', body: ({ note }) => ({ notes: [note] }), known: [] },
  { route: 'POST /notes/:id/retract', params: id('note'), body: () => ({ reason: 'to see' }), known: ON_CASE },
  { route: 'GET /tasks', query: ({ operation }) => ({ operation }), known: MEMBERS },
  { route: 'GET /tasks', query: ({ case: one }) => ({ case: one }), known: ON_CASE },
  { route: 'GET /tasks', query: ({ series }) => ({ series }), known: ON_CASE },
  { route: 'POST /tasks', body: about('case', 'case', { title: 'see' }), known: ON_CASE },
  { route: 'POST /tasks', body: about('series', 'series', { title: 'see' }), known: ON_CASE },
  { route: 'GET /tasks/:id', params: id('task'), known: ['owner'] },
  { route: 'POST /tasks/:id/steps', params: id('task'), body: () => ({ state: 'done' }), known: ['owner'] },
];
