// Tasks on an operation, a case or a series: what is to be done, by whom, until when, and how it stands. A task is set once; each change is a step.
import { z } from 'zod';
import { Lines } from './notes.js';
import { Id, Instant, Name, words } from './primitives.js';

export const TASK_SUBJECT_KINDS = ['operation', 'case', 'series'] as const;
export const TaskSubjectKind = z.enum(TASK_SUBJECT_KINDS);
export type TaskSubjectKind = z.infer<typeof TaskSubjectKind>;
export const TaskSubject = z.object({ kind: TaskSubjectKind, id: Id });
export type TaskSubject = z.infer<typeof TaskSubject>;

export const TASK_STATES = ['open', 'doing', 'done', 'dropped'] as const;
export const TaskState = z.enum(TASK_STATES);
export type TaskState = z.infer<typeof TaskState>;

/** `mine`: to be done by the reader. One of the others at most; without any: all that the reader sees. */
export const TaskQuery = z
  .object({
    operation: Id.optional(),
    case: Id.optional(),
    series: Id.optional(),
    mine: z.enum(['true', 'false']).optional(),
    all: z.enum(['true', 'false']).optional(),
  })
  .refine(
    ({ operation, case: one, series }) => [operation, one, series].filter((id) => id !== undefined).length < 2,
    'name one: operation, case or series',
  );

const Login = words(200);
const Note = z.union([z.literal(''), Lines]);

export const TaskStep = z.object({
  state: TaskState,
  /** Who is to do it: an agency, and of it a person once it has named one. */
  agency: z.string(),
  person: z.string().nullable(),
  due: z.iso.date().nullable(),
  note: z.string(),
  by: z.object({ login: z.string(), agency: z.string() }),
  at: Instant,
});
export type TaskStep = z.infer<typeof TaskStep>;

export const Task = z.object({
  id: Id,
  about: TaskSubject,
  /** What it is about, by its reference or name. */
  of: z.string(),
  title: z.string(),
  detail: z.string(),
  by: z.object({ login: z.string(), agency: z.string() }),
  at: Instant,
  state: TaskState,
  agency: z.string(),
  person: z.string().nullable(),
  due: z.iso.date().nullable(),
  /** It was due before today (UTC), and is neither done nor dropped. */
  overdue: z.boolean(),
  /** Whether the reader's agency may move it on: it set it, or is to do it. */
  may: z.boolean(),
  /** The first one sets it; the last one counts. */
  steps: z.array(TaskStep),
});
export type Task = z.infer<typeof Task>;
/** What is due first, first; what is over last. */
export const Tasks = z.object({ items: z.array(Task) });
export type Tasks = z.infer<typeof Tasks>;

/** `agency`: by its exact name, in an operation; `person`: login of a colleague. Without either: of one's own agency, and of nobody yet. */
export const TaskCreate = z.object({
  about: TaskSubject,
  title: words(120),
  detail: Note.default(''),
  due: z.iso.date().nullable().default(null),
  agency: Name.optional(),
  person: Login.optional(),
});
export type TaskCreate = z.output<typeof TaskCreate>;

/** What is not given stays as it is; `person` null: of nobody in particular. */
export const TaskChange = z
  .object({
    state: TaskState.optional(),
    due: z.iso.date().nullable().optional(),
    agency: Name.optional(),
    person: Login.nullable().optional(),
    note: Note.default(''),
  })
  .refine(
    ({ state, due, agency, person, note }) =>
      note !== '' || [state, due, agency, person].some((given) => given !== undefined),
    'say what changes',
  );
export type TaskChange = z.output<typeof TaskChange>;
