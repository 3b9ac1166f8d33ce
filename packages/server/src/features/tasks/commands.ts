// redthread task: what is to be done in an operation, a case or a series.
import type { Command } from 'commander';
import { TASK_STATES, TASK_SUBJECT_KINDS, TaskChange, TaskCreate, type Task } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import { checkedInput, idOf, oneOf } from '../../app/cli/arguments.js';
import type { Io, Json } from '../../app/cli/io.js';
import { minute } from '../../app/cli/minute.js';
import { table } from '../../app/cli/table.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { subjectNamed, subjectOptions, type SubjectOptions } from '../notes/index.js';
import { addTask, listTasks, showTask, stepTask } from './service.js';

interface Given extends Json {
  readonly due?: string;
  readonly agency?: string;
  readonly person?: string;
}

const who = ({ agency, person }: Pick<Task, 'agency' | 'person'>): string =>
  person === null ? agency : `${person}, ${agency}`;
const dueWords = ({ due, overdue }: Task): string => (due === null ? '' : overdue ? `${due} late` : due);

const lines = (task: Task): string[] => [
  `${task.title}  ${task.id}`,
  ...(task.detail === '' ? [] : task.detail.split('\n').map((line) => `  ${line}`)),
  `  in      ${task.about.kind} ${task.of}`,
  `  set     ${task.by.login} of ${task.by.agency}, ${minute(task.at)} UTC`,
  `  for     ${who(task)}`,
  ...(task.due === null ? [] : [`  due     ${dueWords(task)}`]),
  `  state   ${task.state}`,
  ...task.steps
    .slice(1)
    .map(
      (step) =>
        `  ${minute(step.at)}  ${step.by.login} of ${step.by.agency}: ${step.state}, for ${who(step)}` +
        `${step.due === null ? '' : `, due ${step.due}`}${step.note === '' ? '' : `: ${step.note}`}`,
    ),
];

const doing = (command: Command): Command =>
  command
    .option('--due <date>', 'until when, such as 2026-12-24')
    .option('--agency <name>', 'who is to do it: an agency of the operation, by its exact name')
    .option('--person <login>', 'a colleague of yours who is to do it')
    .option('--json', 'print JSON');

export const registerTaskCommands = (program: Command, io: Io): void => {
  const command = program
    .command('task')
    .description('what is to be done in an operation, a case or a series, by whom and until when');

  subjectOptions(command.command('list', { isDefault: true }), TASK_SUBJECT_KINDS)
    .description('open tasks that you see, what is due first')
    .option('--mine', 'only what you are to do')
    .option('--all', 'also those that are over')
    .option('--json', 'print JSON')
    .action(async (given: Json & SubjectOptions & { readonly mine?: boolean; readonly all?: boolean }) => {
      const { items } = await withLocalSession(program, [], async (session) => {
        const about = await subjectNamed(session, given, TASK_SUBJECT_KINDS);
        const filter = { about, mine: given.mine === true, all: given.all === true };
        const answer = await listTasks(session.store, session.ctx, filter);
        await recordView(session, 'tasks', { count: answer.items.length });
        return answer;
      });
      if (given.json === true) return items.forEach((item) => io.json(item));
      if (items.length === 0) return io.note('no tasks');
      table(
        [{ title: 'due' }, { title: 'task' }, { title: 'in' }, { title: 'for' }, { title: 'state' }, { title: 'id' }],
        items.map((task) => [
          dueWords(task),
          task.title,
          `${task.about.kind} ${task.of}`,
          who(task),
          task.state,
          task.id,
        ]),
      ).forEach(io.out);
    });

  doing(subjectOptions(command.command('add <title>'), TASK_SUBJECT_KINDS))
    .description('set a task')
    .option('--detail <text>', 'what there is to know')
    .action(async (title: string, { json, ...given }: Given & SubjectOptions & { readonly detail?: string }) => {
      const made = await withLocalSession(program, [], async (session) => {
        const about = await subjectNamed(session, given, TASK_SUBJECT_KINDS);
        if (about === undefined) throw fail('ARGUMENT_INVALID', 'say in what: --operation, --case or --series');
        const { due, agency, person, detail } = given;
        return addTask(
          session.store,
          session.ctx,
          checkedInput(TaskCreate, { about, title, due, agency, person, detail }),
        );
      });
      if (json === true) io.json(made);
      else io.out(made.id);
    });

  command
    .command('show <task>')
    .description('one task, with its steps')
    .option('--json', 'print JSON')
    .action(async (task: string, { json }: Json) => {
      const found = await withLocalSession(program, [], async (session) => {
        const answer = await showTask(session.store, session.ctx, idOf('a task', task));
        await recordView(session, 'task');
        return answer;
      });
      if (json === true) io.json(found);
      else lines(found).forEach(io.out);
    });

  doing(command.command('step <task> [state]'))
    .description(`move it on: ${TASK_STATES.join(', ')}, or the same state with another date or person`)
    .option('--note <text>', 'what was done')
    .action(async (task: string, state: string | undefined, { json, ...given }: Given & { readonly note?: string }) => {
      const { due, agency, person, note } = given;
      const change = checkedInput(TaskChange, {
        ...(state !== undefined && { state: oneOf('state', TASK_STATES, state) }),
        due,
        agency,
        person,
        note,
      });
      const now = await withLocalSession(program, [], ({ store, ctx }) =>
        stepTask(store, ctx, idOf('a task', task), change),
      );
      if (json === true) io.json(now);
      else io.out(`${now.title}: ${now.state}, for ${who(now)}`);
    });
};
