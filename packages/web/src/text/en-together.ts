// Text of what people do together in an operation, a case or a series: notes, tasks, questions to other countries.
import type { AskSays, AskState, TaskState } from '@redthread/core/contract';
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
  doneBy: 'Who does it',
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

const askStates: Readonly<Record<AskState, string>> = {
  waiting: 'waits for a second person',
  sent: 'sent',
  refused: 'refused',
  withdrawn: 'taken back',
  closed: 'closed',
};
const askSays: Readonly<Record<AskSays, string>> = { known: 'known', perhaps: 'perhaps', unknown: 'not known' };

export const asks = {
  title: 'Questions to other countries',
  none: 'Nobody asks anything. A question begins on the page of a picture: choose a part of it that shows no victim.',
  askAbout: 'Ask other countries',
  ask: 'Ask',
  means:
    'Only this part leaves, made anew from its pixels, and only once a second person has looked at it and confirmed that it shows no victim.',
  asked: (number: string) => `Asked as ${number}; it leaves once a second person has confirmed it.`,
  fromCase: 'Case that it is from',
  noCase: 'A question goes to the members of an operation: no open case of your agency with this picture is in one.',
  question: 'Question',
  countries: 'Countries, two letters each; none: all',
  everybody: 'all members',
  until: (day: string) => `until ${day}`,
  crop: (number: string) => `Crop of the question ${number}`,
  veiled: 'shown while it is held or kept open',
  states: askStates,
  waitsFor: (second: string | null) =>
    second === null ? 'waits for a second person' : `waits for ${second} to look at it`,
  decided: (state: string, by: string, reason: string) => `${state} by ${by}${reason === '' ? '' : `: ${reason}`}`,
  confirm: 'It shows no victim: send it',
  refuse: 'Refuse',
  lookFirst: 'Look at the crop first.',
  withdraw: 'Take back',
  close: 'Close',
  saying: 'Do you know it?',
  says: askSays,
  answerText: 'What you know',
  answer: 'Answer',
  answerTo: (number: string) => `Answer ${number}`,
};
