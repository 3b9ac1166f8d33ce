// Tasks: set on an operation, a case or a series that the actor sees, moved on step by step by the agency that set it and the one that is to do it.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Task, TaskChange, TaskCreate, TaskState, TaskSubject, Tasks } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { audit, lockName, withContext, type Store, type Trx } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { colleagueByLogin } from '../cases/index.js';
import { requireSubject, sayer, subjectColumns, subjectObject } from '../notes/index.js';
import { isOpen, lastStep, memberByName, ofActor, readTasks, seesSubject, toTask } from './queries.js';

const SET = 'write notes and tasks';

export interface TaskFilter {
  readonly about?: TaskSubject | undefined;
  /** To be done by the actor. */
  readonly mine: boolean;
  /** Also what is over. */
  readonly all: boolean;
}

/** Errors: NOT_FOUND for what is not seen. */
export const listTasks = (store: Store, ctx: Context, { about, mine, all }: TaskFilter): Promise<Tasks> =>
  withContext(
    store.app,
    ctx,
    async (trx) => {
      if (about !== undefined) await requireSubject(trx, about);
      const which = [
        ...(about === undefined ? [] : [sql`${sql.ref(`t.${about.kind}_id`)} = ${about.id}::uuid`]),
        ...(mine ? [ofActor] : []),
        ...(all ? [] : [isOpen]),
      ];
      const rows = await readTasks(trx, which.length === 0 ? sql`true` : sql.join(which, sql` and `));
      return { items: rows.map((row) => toTask(row, ctx.actor.agencyId)) };
    },
    { access: 'read only' },
  );

const oneTask = async (trx: Trx, id: string) => {
  const [row] = await readTasks(trx, sql`t.id = ${id}::uuid`);
  if (row === undefined) throw fail('NOT_FOUND', 'no such task');
  return row;
};

/** Errors: NOT_FOUND. */
export const showTask = (store: Store, ctx: Context, id: string): Promise<Task> =>
  withContext(store.app, ctx, async (trx) => toTask(await oneTask(trx, id), ctx.actor.agencyId), {
    access: 'read only',
  });

interface Doer {
  readonly agencyId: string;
  readonly person: { readonly id: string; readonly login: string } | null;
}

/** Errors: TASK_DOER_INVALID. */
const agencyToDo = async (trx: Trx, ctx: Context, about: TaskSubject, name: string): Promise<string> => {
  const id =
    about.kind === 'operation'
      ? await memberByName(trx, about.id, name)
      : (await sayer(trx, ctx)).said_agency === name
        ? ctx.actor.agencyId
        : null;
  if (id !== null) return id;
  throw fail(
    'TASK_DOER_INVALID',
    about.kind === 'operation'
      ? saying`agency ${name} is not in this operation`
      : saying`agency ${name}: what is to be done in a ${about.kind} is of your own agency`,
    { pointer: '/agency' },
  );
};

/** Who is to do it, by what was said over what stood before. Errors: TASK_DOER_INVALID. */
const doerOf = async (
  trx: Trx,
  ctx: Context,
  about: TaskSubject,
  { agency, person }: Pick<TaskChange, 'agency' | 'person'>,
  before: Doer,
): Promise<Doer> => {
  const agencyId = agency === undefined ? before.agencyId : await agencyToDo(trx, ctx, about, agency);
  if (person === null) return { agencyId, person: null };
  if (person === undefined) return { agencyId, person: agencyId === before.agencyId ? before.person : null };
  // A person is named by their own agency: another is not told whom it has.
  if (agency !== undefined && agencyId !== ctx.actor.agencyId)
    throw fail('TASK_DOER_INVALID', 'another agency names the person itself', { pointer: '/person' });
  const id = await colleagueByLogin(trx, person);
  if (id === null) throw fail('TASK_DOER_INVALID', saying`${person} is no colleague of yours`, { pointer: '/person' });
  if (!(await seesSubject(trx, about, id)))
    throw fail('TASK_DOER_INVALID', saying`${person} does not see this ${about.kind}: give them the case first`, {
      pointer: '/person',
    });
  return { agencyId: ctx.actor.agencyId, person: { id, login: person } };
};

interface Step {
  readonly task: { readonly id: string; readonly agencyId: string };
  readonly state: TaskState;
  readonly doer: Doer;
  readonly due: string | null;
  readonly note: string;
}

const insertStep = async (trx: Trx, ctx: Context, { task, state, doer, due, note }: Step): Promise<void> => {
  await trx
    .insertInto('task_steps')
    .values({
      ...(await sayer(trx, ctx)),
      task_id: task.id,
      task_agency_id: task.agencyId,
      state,
      for_agency_id: doer.agencyId,
      for_user_id: doer.person?.id ?? null,
      for_login: doer.person?.login ?? null,
      due_on: due,
      note,
    })
    .execute();
};

/** Errors: FORBIDDEN, NOT_FOUND, TASK_DOER_INVALID, CASE_ENDED. */
export const addTask = (store: Store, ctx: Context, input: TaskCreate): Promise<Task> => {
  requireRight(ctx, SET);
  const { agencyId } = ctx.actor;
  return withContext(store.app, ctx, async (trx) => {
    const about = await requireSubject(trx, input.about);
    const doer = await doerOf(trx, ctx, about, input, { agencyId, person: null });
    const id = randomUUID();
    const { title, detail, due } = input;
    await trx
      .insertInto('tasks')
      .values({ id, ...(await sayer(trx, ctx)), ...subjectColumns(about), title, detail })
      .execute();
    await insertStep(trx, ctx, { task: { id, agencyId }, state: 'open', doer, due, note: '' });
    const task = toTask(await oneTask(trx, id), agencyId);
    await audit(trx, ctx, {
      type: 'task-add',
      object: subjectObject(about),
      detail: { task: id, title, agency: task.agency, person: task.person, due },
    });
    return task;
  });
};

/** What is not said stays as it was. Errors: FORBIDDEN, NOT_FOUND, TASK_DOER_INVALID. */
export const stepTask = (store: Store, ctx: Context, id: string, change: TaskChange): Promise<Task> => {
  requireRight(ctx, SET);
  const { agencyId } = ctx.actor;
  return withContext(store.app, ctx, async (trx) => {
    // Two at once: what the second does not say stays as the first has left it.
    await lockName(trx, `task ${id}`);
    const row = await oneTask(trx, id);
    const before = toTask(row, agencyId);
    if (!before.may)
      throw fail('FORBIDDEN', 'a task is moved on by the agency that set it, and by the one that is to do it');
    const last = lastStep(row);
    const person = last.userId === null ? null : { id: last.userId, login: last.person ?? '' };
    const doer = await doerOf(trx, ctx, before.about, change, { agencyId: last.agencyId, person });
    const due = change.due === undefined ? before.due : change.due;
    const state = change.state ?? before.state;
    await insertStep(trx, ctx, { task: { id, agencyId: row.agencyId }, state, doer, due, note: change.note });
    const after = toTask(await oneTask(trx, id), agencyId);
    await audit(trx, ctx, {
      type: 'task-step',
      object: subjectObject(before.about),
      detail: { task: id, state, agency: after.agency, person: after.person, due, note: change.note },
    });
    return after;
  });
};
