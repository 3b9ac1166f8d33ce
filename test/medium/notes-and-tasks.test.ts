// Notes and tasks over services: how far a code lets a note go, who has read it, threads and notices across agencies, what is taken back;
// tasks that pass from one agency to a person of another, and who may move them on; what a stranger learns.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EntityCreate, TaskChange, TaskCreate, type ThreadNote, type NoteSubject } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { readNotices } from '../../packages/server/src/features/notices/queries.js';
import {
  addNote,
  answerNote,
  listNotes,
  readNotesOf,
  retractNote,
} from '../../packages/server/src/features/notes/service.js';
import { createEntity } from '../../packages/server/src/features/entities/service.js';
import { leaveOperation } from '../../packages/server/src/features/operations/service.js';
import { addTask, listTasks, showTask, stepTask } from '../../packages/server/src/features/tasks/service.js';
import { withContext } from '../../packages/server/src/store/index.js';
import { contextOfPerson, openFixture, type ApiFixture } from './api-fixture.js';

let api: ApiFixture;
/** Two of Alpha, one of Beta, to whom the case is shared by the operation, and one of Gamma, who is in nothing. */
let [anna, olga, dora, gil]: Context[] = [];
let [operation, caseA, media] = ['', '', ''];

beforeAll(async () => {
  api = await openFixture();
  const { world } = api;
  const [alpha, beta, gamma] = [
    await world.agency('Alpha'),
    await world.agency('Beta', 'PT'),
    await world.agency('Gamma'),
  ];
  operation = await world.operation('Tantalus', [alpha, beta]);
  const roles = ['coordinator', 'officer'];
  const [a, o, b, g] = [
    await api.person(alpha, 'anna', roles),
    await api.person(alpha, 'olga', roles),
    await api.person(beta, 'dora', roles),
    await api.person(gamma, 'gil', roles),
  ];
  [anna, olga, dora, gil] = [a, o, b, g].map((person) => contextOfPerson(person, roles));
  caseA = await world.case(a, 'A-1', operation, true);
  await world.exhibit(a, caseA, '1', [{ content: 'lamp' }]);
  media = await world.media(alpha, 'lamp');
});
afterAll(() => api.close());

const ctx = (one: Context | undefined): Context => {
  if (one === undefined) throw new Error('nobody');
  return one;
};
const inOperation = (): NoteSubject => ({ kind: 'operation', id: operation });
const write = (
  who: Context | undefined,
  about: NoteSubject,
  text: string,
  handling = 'TLP:AMBER',
): Promise<ThreadNote> => addNote(api.store, ctx(who), { about, text, handling });
const texts = async (who: Context | undefined, about: NoteSubject): Promise<string[]> =>
  (await listNotes(api.store, ctx(who), about)).items.map(({ text }) => text);
const kindsTold = async (who: Context | undefined): Promise<string[]> =>
  (await withContext(api.store.app, ctx(who), (trx) => readNotices(trx, { unread: true, limit: 50 }))).items.map(
    ({ kind }) => kind,
  );

describe('notes', () => {
  it('go as far as their code lets them, among those who see what they are about', async () => {
    const subjects = [inOperation(), { kind: 'case', id: caseA }, { kind: 'media', id: media }] as const;
    for (const about of subjects) {
      for (const handling of ['TLP:RED', 'TLP:AMBER+STRICT', 'TLP:GREEN']) await write(anna, about, handling, handling);
      expect(await texts(anna, about)).toEqual(['TLP:RED', 'TLP:AMBER+STRICT', 'TLP:GREEN']);
      expect(await texts(olga, about)).toEqual(['TLP:AMBER+STRICT', 'TLP:GREEN']);
      expect(await texts(dora, about)).toEqual(['TLP:GREEN']);
      await expect(texts(gil, about)).rejects.toThrow('NOT_FOUND');
      await expect(write(gil, about, 'hello')).rejects.toThrow('NOT_FOUND');
    }
    // Who is on the case reads what is for named people; an agency that is given the case what is for those that are.
    await sql`insert into case_access (agency_id, case_id, grantee_agency_id, grantee_user_id, grantee_login, granted_by)
      values (${ctx(anna).actor.agencyId}, ${caseA}, ${ctx(dora).actor.agencyId}, ${ctx(dora).actor.userId}, 'dora', ${ctx(anna).actor.userId})`.execute(
      api.store.owner,
    );
    expect(await texts(dora, { kind: 'case', id: caseA })).toEqual(['TLP:RED', 'TLP:AMBER+STRICT', 'TLP:GREEN']);
    await expect(write(anna, inOperation(), 'x', 'NO-SUCH')).rejects.toThrow('HANDLING_UNKNOWN');
  });

  it('are answered in one thread, tell whoever wrote in it, and say who has read them to whoever wrote them', async () => {
    const first = await write(anna, inOperation(), 'Whose is the room?');
    expect(await kindsTold(dora)).toContain('note');
    const answer = await answerNote(api.store, ctx(dora), first.id, { text: 'Ours.', handling: 'TLP:GREEN' });
    const again = await answerNote(api.store, ctx(anna), answer.id, { text: 'Thank you.', handling: 'TLP:GREEN' });
    expect([answer.thread, again.thread]).toEqual([first.id, first.id]);
    expect(await kindsTold(anna)).toEqual(['note-answered']);
    expect(await readNotesOf(api.store, ctx(dora), [first.id, answer.id])).toBe(1);
    expect(await readNotesOf(api.store, ctx(dora), [first.id])).toBe(0);
    expect(await readNotesOf(api.store, ctx(gil), [first.id])).toBe(0);
    const seen = async (who: Context | undefined) =>
      (await listNotes(api.store, ctx(who), inOperation())).items.find(({ id }) => id === first.id);
    expect((await seen(anna))?.readers).toMatchObject([{ by: 'dora', agency: 'Beta' }]);
    expect(await seen(olga)).toMatchObject({ readers: null, read: false });
    expect(await seen(dora)).toMatchObject({ readers: null, read: true });
    // Also where the first note is not for whoever answers.
    const hushed = await write(anna, inOperation(), 'Among us', 'TLP:AMBER+STRICT');
    const open = await answerNote(api.store, ctx(anna), hushed.id, { text: 'For you.', handling: 'TLP:GREEN' });
    const back = await answerNote(api.store, ctx(dora), open.id, { text: 'Thanks.', handling: 'TLP:GREEN' });
    expect(back.thread).toBe(hushed.id);
    expect((await texts(dora, inOperation())).slice(-2)).toEqual(['For you.', 'Thanks.']);
  });

  it('that are taken back keep their place in the own agency, without their text; others do not see them, nor the notice', async () => {
    const told = await kindsTold(dora);
    const note = await write(anna, inOperation(), 'a mistake');
    expect(await kindsTold(dora)).toHaveLength(told.length + 1);
    await expect(retractNote(api.store, ctx(olga), note.id, 'not mine')).rejects.toThrow('FORBIDDEN');
    expect(await retractNote(api.store, ctx(anna), note.id, 'it was wrong')).toMatchObject({ text: '' });
    await expect(retractNote(api.store, ctx(anna), note.id, 'it was wrong')).rejects.toThrow('ASSERTION_RETRACTED');
    expect(await kindsTold(dora)).toEqual(told);
    const { items } = await listNotes(api.store, ctx(olga), inOperation());
    expect(items.at(-1)).toMatchObject({ id: note.id, text: '', retracted: { reason: 'it was wrong' } });
    expect((await listNotes(api.store, ctx(dora), inOperation())).items.map(({ id }) => id)).not.toContain(note.id);
  });
});

describe('tasks', () => {
  const add = (who: Context | undefined, more: object) =>
    addTask(api.store, ctx(who), TaskCreate.parse({ about: inOperation(), title: 'Look at the room', ...more }));
  const step = (who: Context | undefined, id: string, change: object) =>
    stepTask(api.store, ctx(who), id, TaskChange.parse(change));

  it('pass from an agency to a person of another, who is named there, and back when they are done', async () => {
    const task = await add(anna, { agency: 'Beta', due: '2020-01-01' });
    expect(task).toMatchObject({ state: 'open', agency: 'Beta', person: null, overdue: true, of: 'Tantalus' });
    await expect(add(anna, { agency: 'Beta', person: 'dora' })).rejects.toThrow('TASK_DOER_INVALID');
    await expect(add(anna, { agency: 'Gamma' })).rejects.toThrow('TASK_DOER_INVALID');
    await expect(add(anna, { person: 'dora' })).rejects.toThrow('TASK_DOER_INVALID');
    expect(await kindsTold(dora)).toContain('task');
    const doing = await step(dora, task.id, { state: 'doing', person: 'dora', due: null });
    expect(doing).toMatchObject({ state: 'doing', agency: 'Beta', person: 'dora', due: null, overdue: false });
    const mine = await listTasks(api.store, ctx(dora), { mine: true, all: false });
    expect(mine.items.map(({ id }) => id)).toEqual([task.id]);
    const done = await step(dora, task.id, { state: 'done', note: 'it is the yellow one' });
    expect(done.steps.map(({ state, by }) => [state, by.login])).toEqual([
      ['open', 'anna'],
      ['doing', 'dora'],
      ['done', 'dora'],
    ]);
    expect(await kindsTold(anna)).toContain('task-ended');
    expect(
      (await listTasks(api.store, ctx(anna), { about: { kind: 'operation', id: operation }, mine: false, all: false }))
        .items,
    ).toEqual([]);
  });

  it('keep what two say at once, and tell whoever is to do them that they are open again', async () => {
    const { id } = await add(anna, { person: 'olga' });
    await Promise.all([step(anna, id, { due: '2999-01-01' }), step(olga, id, { state: 'done' })]);
    expect(await showTask(api.store, ctx(anna), id)).toMatchObject({ state: 'done', due: '2999-01-01' });
    const given = async (): Promise<number> => (await kindsTold(olga)).filter((kind) => kind === 'task').length;
    const before = await given();
    await step(anna, id, { state: 'open' });
    expect(await given()).toBe(before + 1);
  });

  it('of a case are its own agency’s, also where the case is shared, and of nobody who is not told of it', async () => {
    const own = await add(anna, { about: { kind: 'case', id: caseA }, person: 'olga' });
    expect((await showTask(api.store, ctx(olga), own.id)).may).toBe(true);
    for (const other of [dora, gil]) {
      await expect(showTask(api.store, ctx(other), own.id)).rejects.toThrow('NOT_FOUND');
      await expect(step(other, own.id, { state: 'done' })).rejects.toThrow('NOT_FOUND');
    }
    await expect(add(anna, { about: { kind: 'case', id: caseA }, agency: 'Beta' })).rejects.toThrow(
      'TASK_DOER_INVALID',
    );
    const forAlpha = await add(anna, {});
    expect((await showTask(api.store, ctx(dora), forAlpha.id)).may).toBe(false);
    await expect(step(dora, forAlpha.id, { state: 'done' })).rejects.toThrow('FORBIDDEN');
  });
});

it('tasks are given to nobody who does not see what they are about, and change nothing that is seen', async () => {
  const { owner } = api.store;
  const series = await createEntity(
    api.store,
    ctx(anna),
    EntityCreate.parse({ kind: 'series', name: 'Attic', case: caseA }),
  );
  const give = (about: object) =>
    addTask(api.store, ctx(anna), TaskCreate.parse({ about, title: 'Look', person: 'olga' }));
  const subjects = [
    { kind: 'case', id: caseA },
    { kind: 'series', id: series.id },
  ];
  await owner.updateTable('cases').set({ access: 'named' }).where('id', '=', caseA).execute();
  const named = { agency_id: ctx(anna).actor.agencyId, case_id: caseA, grantee_agency_id: ctx(anna).actor.agencyId };
  const name = ({ actor: { userId, login } }: Context) =>
    owner
      .insertInto('case_access')
      .values({ ...named, grantee_user_id: userId, grantee_login: login, granted_by: ctx(anna).actor.userId })
      .execute();
  try {
    for (const about of subjects) await expect(give(about)).rejects.toThrow('TASK_DOER_INVALID');
    expect((await give({ kind: 'operation', id: operation })).person).toBe('olga');
    // In the same transaction whoever asks sees what they saw before, and a stranger asks nothing of a case that they do not see.
    const asked = (who: Context, colleague: Context) =>
      withContext(api.store.app, who, async (trx) => {
        const { rows } = await sql<{
          sees: boolean;
        }>`select colleague_sees_case(${caseA}::uuid, ${colleague.actor.userId}::uuid) as sees`.execute(trx);
        const cases = await trx.selectFrom('cases').select('id').where('id', '=', caseA).execute();
        return [rows[0]?.sees, cases.length];
      });
    expect(await asked(ctx(anna), ctx(olga))).toEqual([false, 1]);
    expect(await asked(ctx(olga), ctx(anna))).toEqual([false, 0]);
    expect(await asked(ctx(anna), ctx(dora))).toEqual([false, 1]);
    await name(ctx(olga));
    expect(await asked(ctx(anna), ctx(olga))).toEqual([true, 1]);
    for (const about of subjects) expect((await give(about)).person).toBe('olga');
  } finally {
    await owner.updateTable('cases').set({ access: 'agency' }).where('id', '=', caseA).execute();
  }
});

it('what an agency said in an operation is said no longer once it has left', async () => {
  await write(dora, inOperation(), 'from Beta');
  expect(await texts(anna, inOperation())).toContain('from Beta');
  await leaveOperation(api.store, ctx(dora), () => Promise.resolve(operation));
  expect(await texts(anna, inOperation())).not.toContain('from Beta');
  await expect(texts(dora, inOperation())).rejects.toThrow('NOT_FOUND');
  expect((await kindsTold(dora)).filter((kind) => kind === 'note' || kind === 'task')).toEqual([]);
});
