// What is to be done in an operation, a case or a series: what is due first, by whom, how it stands, and the step that moves it on.
import { Task, TASK_STATES, TaskState, type TaskSubject } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { callJson } from '../api/client.js';
import { tasksQuery } from '../api/queries.js';
import { useChange } from '../api/use-change.js';
import { KEEPING_ROLES, useRoles } from '../app/use-roles.js';
import { t } from '../text/index.js';
import { AlsoOver } from './also-over.js';
import form from './ask.module.css';
import { Async } from './async.js';
import { Choice, Field, textIn } from './field.js';
import styles from './notes-section.module.css';
import { ProblemNotice } from './problem-notice.js';
import { Section } from './section.js';

const words = t.tasks;
const TOUCHES = ['/tasks'];

/** Who is to do it: of an operation an agency that is in it, of anything a colleague. */
const DoerFields = ({ agencies, agency }: { agencies: readonly string[]; agency: string | undefined }): ReactNode => (
  <>
    {agencies.length > 0 && (
      <Choice name="agency" words={words.agency} defaultValue={agency}>
        {agencies.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </Choice>
    )}
    <Field name="person" maxLength={200} words={words.person} />
  </>
);

/** Only what was written: what is not sent stays as it is. A person is of the agency that is chosen beside them. */
const doerIn = (text: (name: string) => string, agency: string | undefined) => ({
  ...(text('person') !== '' && { person: text('person') }),
  ...(text('agency') !== '' && (text('agency') !== agency || text('person') !== '') && { agency: text('agency') }),
});

interface FormProps {
  readonly agencies: readonly string[];
  readonly own: string | undefined;
  readonly onDone: () => void;
}

const Cancel = ({ onDone }: { onDone: () => void }): ReactNode => (
  <button type="button" className="button plain" onClick={onDone}>
    {t.common.cancel}
  </button>
);

const Set = ({ about, agencies, own, onDone }: FormProps & { about: TaskSubject }): ReactNode => {
  const set = useChange((body: object) => callJson('/tasks', Task, { method: 'POST', body }), TOUCHES);
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const text = textIn(new FormData(event.currentTarget));
    const due = text('due') === '' ? null : text('due');
    set.mutate(
      { about, title: text('title'), detail: text('detail'), due, ...doerIn(text, own) },
      { onSuccess: onDone },
    );
  };
  return (
    <form className={form['steps']} onSubmit={submit} aria-label={words.set}>
      <Field name="title" required maxLength={120} autoFocus words={words.task} />
      <Field name="detail" maxLength={4000} words={words.detail} />
      <Field name="due" type="date" words={words.due} />
      <DoerFields agencies={agencies} agency={own} />
      <button type="submit" className="button" disabled={set.isPending}>
        {words.set}
      </button>
      <Cancel onDone={onDone} />
      {set.error !== null && <ProblemNotice error={set.error} />}
    </form>
  );
};

const Step = ({ task, agencies, onDone }: Omit<FormProps, 'own'> & { task: Task }): ReactNode => {
  const step = useChange(
    (body: object) => callJson(`/tasks/${task.id}/steps`, Task, { method: 'POST', body }),
    TOUCHES,
  );
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const text = textIn(new FormData(event.currentTarget));
    const due = text('due') === '' ? null : text('due');
    step.mutate(
      { state: TaskState.parse(text('state')), due, note: text('note'), ...doerIn(text, task.agency) },
      { onSuccess: onDone },
    );
  };
  return (
    <form className={form['steps']} onSubmit={submit} aria-label={`${words.step}: ${task.title}`}>
      <Choice name="state" words={words.state} defaultValue={task.state}>
        {TASK_STATES.map((state) => (
          <option key={state} value={state}>
            {words.states[state]}
          </option>
        ))}
      </Choice>
      <Field name="due" type="date" defaultValue={task.due ?? ''} words={words.due} />
      <DoerFields agencies={agencies} agency={task.agency} />
      <Field name="note" maxLength={4000} autoFocus words={words.note} />
      <button type="submit" className="button" disabled={step.isPending}>
        {words.keep}
      </button>
      <Cancel onDone={onDone} />
      {step.error !== null && <ProblemNotice error={step.error} />}
    </form>
  );
};

const Row = ({ task, onStep }: { task: Task; onStep: (() => void) | null }): ReactNode => {
  const last = task.steps.at(-1);
  return (
    <tr data-task={task.id} data-state={task.state}>
      <td className="num">
        {task.due !== null && (task.overdue ? <strong>{words.late(task.due)}</strong> : task.due)}
      </td>
      <td className="grow wrap" title={task.detail}>
        <strong>{task.title}</strong> <span className="muted">{words.setBy(task.by.login, task.by.agency)}</span>
        {last !== undefined && last.note !== '' && <div>{last.note}</div>}
      </td>
      <td>{words.doer(task.agency, task.person)}</td>
      <td>{words.states[task.state]}</td>
      <td className="num">
        {onStep !== null && task.may && (
          <button type="button" className="button plain" onClick={onStep}>
            {words.step}
          </button>
        )}
      </td>
    </tr>
  );
};

interface TasksProps {
  readonly about: TaskSubject;
  /** Of an operation its members, by name, and which of them is the viewer's. */
  readonly agencies?: readonly string[];
  readonly own?: string | undefined;
}

export const TasksSection = ({ about, agencies = [], own }: TasksProps): ReactNode => {
  const [all, setAll] = useState(false);
  const query = useQuery(tasksQuery(about, all));
  const may = useRoles(KEEPING_ROLES);
  const [setting, setSetting] = useState(false);
  const [stepping, setStepping] = useState<string | null>(null);
  const close = (): void => (setSetting(false), setStepping(null));
  return (
    <Section title={words.title} n={query.data?.length} id="tasks" more={<AlsoOver all={all} onAll={setAll} />}>
      <Async query={query}>
        {(items) =>
          items.length === 0 ? (
            <p className={styles['none']}>{words.none}</p>
          ) : (
            <table className="table" aria-label={words.title}>
              <thead>
                <tr>
                  <th className="num">{words.due}</th>
                  <th className="grow">{words.task}</th>
                  <th>{words.doneBy}</th>
                  <th>{words.state}</th>
                  <th />
                </tr>
              </thead>
              <tbody>
                {items.map((task) => (
                  <Row key={task.id} task={task} onStep={may ? () => setStepping(task.id) : null} />
                ))}
              </tbody>
            </table>
          )
        }
      </Async>
      {query.data
        ?.filter(({ id }) => id === stepping)
        .map((task) => (
          <Step key={task.id} task={task} agencies={agencies} onDone={close} />
        ))}
      {may && setting && <Set about={about} agencies={agencies} own={own} onDone={close} />}
      {may && !setting && stepping === null && (
        <div className={form['steps']}>
          <button type="button" className="button" onClick={() => setSetting(true)}>
            {words.set}
          </button>
        </div>
      )}
    </Section>
  );
};
