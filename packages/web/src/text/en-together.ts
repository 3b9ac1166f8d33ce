// Text of what people do together in an operation, a case or a series: notes and tasks.
import type { TaskState } from '@redthread/core/contract';
import { plural } from './plural.js';

const states: Readonly<Record<TaskState, string>> = {
  open: 'open',
  doing: 'being done',
  done: 'done',
  dropped: 'dropped',
};

export const notes = {
  title: 'Notes',
  none: 'Nothing is written here yet. A note goes as far as its handling code lets it, among those who see this.',
  text: 'What there is to say',
  handling: 'How far it goes',
  write: 'Write a note',
  answer: 'Answer',
  send: 'Write',
  fresh: 'new',
  by: (login: string, agency: string) => `${login} of ${agency}`,
  takenBack: (reason: string) => `taken back: ${reason}`,
  readBy: (n: number, names: string) => `read by ${n === 1 ? 'one' : plural(n, 'person', 'people')}: ${names}`,
  unread: 'read by nobody yet',
};

export const tasks = {
  title: 'Tasks',
  none: 'Nothing is to be done.',
  set: 'Set a task',
  task: 'What is to be done',
  detail: 'What there is to know',
  due: 'Until',
  late: (day: string) => `${day}, late`,
  agency: 'Agency that does it',
  person: 'Colleague, by login',
  states,
  state: 'State',
  note: 'What was done',
  step: 'Move on',
  keep: 'Keep',
  doer: (agency: string, person: string | null) => (person === null ? agency : `${person}, ${agency}`),
  setBy: (login: string, agency: string) => `set by ${login} of ${agency}`,
  all: 'Also what is over',
};
