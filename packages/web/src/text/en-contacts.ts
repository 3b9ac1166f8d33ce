// What the page of a case says of contacts in other agencies, in English.
import type { ContactMode, ContactStatus } from '@redthread/core/contract';

const modes: Readonly<Record<ContactMode, string>> = {
  open: 'open: told, and told of',
  'one-way': 'one-way: told, and not told of',
  silent: 'silent: neither',
};

const means: Readonly<Record<ContactMode, string>> = {
  open: 'Where another agency holds the same as this case and shares nothing, your people are told whom to ask there, and theirs whom to ask here. Nothing else is told.',
  'one-way':
    'Where another agency holds the same as this case, your people are told whom to ask there. People there are told nothing of this case.',
  silent: 'Nobody is told anything: neither your people of others, nor others of this case.',
};

const statuses: Readonly<Record<ContactStatus, string>> = {
  new: 'new',
  acknowledged: 'acknowledged',
  contacted: 'contacted',
  closed: 'closed',
};

export const contacts = {
  title: 'Whom to ask elsewhere',
  means,
  modes,
  mode: 'What the case tells, from the next day on',
  change: 'Change',
  toldOn: 'Told on',
  officer: 'Ask',
  noReach: 'how to reach them is not said',
  grade: 'Grade',
  reference: 'Reference',
  status: 'Status',
  statuses,
  settled: {
    shared: (on: string) => `shared since ${on}: you see the matches themselves`,
    ended: (on: string) => `ended ${on}: this case holds it no longer`,
  },
  said: (by: string, note: string) => `${by}: ${note}`,
  open: 'Answer',
  answer: (reference: string) => `Answer ${reference}`,
  note: 'What was done',
  keep: 'Keep',
};
