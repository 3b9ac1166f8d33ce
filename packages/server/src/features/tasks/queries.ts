// Reads tasks that the viewer sees, each with its steps, and writes both.
import { sql, type RawBuilder } from 'kysely';
import type { Task, TaskStep, TaskSubject, TaskSubjectKind } from '@redthread/core/contract';
import { millisecondText, type Trx } from '../../store/index.js';

interface StepRow extends TaskStep {
  readonly agencyId: string;
  readonly userId: string | null;
}

interface Row {
  readonly id: string;
  readonly kind: TaskSubjectKind;
  readonly aboutId: string;
  readonly of: string;
  readonly agencyId: string;
  readonly title: string;
  readonly detail: string;
  readonly login: string;
  readonly agency: string;
  readonly at: Date;
  readonly overdue: boolean;
  readonly steps: readonly StepRow[];
}

const MOST = 1000;

/** How each task stands: what its last step says. */
const NOW = sql`join lateral (select s.* from task_steps s where s.task_id = t.id order by s.at desc limit 1) last on true`;

export const ofActor = sql`last.for_user_id = app_user()`;
export const isOpen = sql`last.state in ('open', 'doing')`;

/** What is due first, first; of what is over the newest first, at the end. */
export const readTasks = async (trx: Trx, which: RawBuilder<unknown>): Promise<readonly Row[]> => {
  const { rows } = await sql<Row>`
    select t.id, t.about_kind as kind, coalesce(t.operation_id, t.case_id, t.series_id) as "aboutId",
      coalesce(o.name, c.reference, e.name, '') as of, t.agency_id as "agencyId", t.title, t.detail, t.login, t.said_agency as agency, t.at,
      ${isOpen} and coalesce(last.due_on < (now() at time zone 'UTC')::date, false) as overdue,
      (select json_agg(json_build_object('state', s.state, 'agencyId', s.for_agency_id, 'agency', a.name, 'userId', s.for_user_id,
          'person', s.for_login, 'due', s.due_on, 'note', s.note, 'by', json_build_object('login', s.login, 'agency', s.said_agency),
          'at', ${millisecondText('s.at')}) order by s.at)
        from task_steps s left join agencies a on a.id = s.for_agency_id where s.task_id = t.id) as steps
    from tasks t ${NOW} left join operations o on o.id = t.operation_id left join cases c on c.id = t.case_id
      left join entities e on e.id = t.series_id
    where ${which}
    order by ${isOpen} desc, case when ${isOpen} then last.due_on end, case when ${isOpen} then t.at end, t.at desc, t.id
    limit ${MOST}`.execute(trx);
  return rows;
};

export const lastStep = ({ steps }: Row): StepRow => {
  const last = steps.at(-1);
  if (last === undefined) throw new TypeError('a task without a step');
  return last;
};

export const toTask = (row: Row, agencyId: string): Task => {
  const last = lastStep(row);
  return {
    id: row.id,
    about: { kind: row.kind, id: row.aboutId },
    of: row.of,
    title: row.title,
    detail: row.detail,
    by: { login: row.login, agency: row.agency },
    at: row.at.toISOString(),
    state: last.state,
    agency: last.agency ?? '',
    person: last.person,
    due: last.due,
    overdue: row.overdue,
    may: row.agencyId === agencyId || last.agencyId === agencyId,
    steps: row.steps.map(({ agencyId: _agency, userId: _user, ...step }) => ({ ...step, agency: step.agency ?? '' })),
  };
};

/** A member of an operation by its exact name; null: no member is called so. */
export const memberByName = async (trx: Trx, operationId: string, name: string): Promise<string | null> => {
  const { rows } = await sql<{ id: string }>`select a.id from operation_members m join agencies a on a.id = m.agency_id
    where m.operation_id = ${operationId}::uuid and a.name = ${name}`.execute(trx);
  return rows[0]?.id ?? null;
};

/** Whether a colleague sees what a task is about: an operation is its members', what is in no case is the agency's. */
export const seesSubject = async (trx: Trx, { kind, id }: TaskSubject, userId: string): Promise<boolean> => {
  if (kind === 'operation') return true;
  const caseId = kind === 'case' ? sql`${id}::uuid` : sql`(select case_id from entities where id = ${id}::uuid)`;
  const { rows } = await sql<{ sees: boolean | null }>`
    select colleague_sees_case(c.id, ${userId}::uuid) as sees from (select ${caseId} as id) c where c.id is not null`.execute(
    trx,
  );
  return rows[0]?.sees !== false;
};
