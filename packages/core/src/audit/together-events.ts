// Kinds of audit events of what people do together: notes, tasks, questions to other countries, how a chat is to be read.
import { kind, type EventKind } from './event-kind.js';

export const TOGETHER_EVENTS = {
  'chat-date-order': kind<{ export: string; order: 'dmy' | 'mdy' | 'ymd' }>(
    'Said in which order the dates of a chat export stand',
    'work',
    { export: 'plain' },
  ),
  'note-add': kind<{ note: string; thread: string; handling: string }>('Wrote a note', 'work', {
    note: 'plain',
    thread: 'plain',
    handling: 'text',
  }),
  'note-read': kind<{ notes: readonly string[] }>('Read notes', 'work', { notes: 'plain' }),
  'note-retract': kind<{ note: string; reason: string }>('Took a note back', 'work', { note: 'plain', reason: 'text' }),
  'task-add': kind<{ task: string; title: string; agency: string; person: string | null; due: string | null }>(
    'Set a task',
    'work',
    { task: 'plain', title: 'text', agency: 'text', person: 'text', due: 'plain' },
  ),
  'task-step': kind<{
    task: string;
    state: string;
    agency: string;
    person: string | null;
    due: string | null;
    note: string;
  }>('Moved a task on', 'work', {
    task: 'plain',
    state: 'plain',
    agency: 'text',
    person: 'text',
    due: 'plain',
    note: 'text',
  }),
  /** `crop`: SHA-256 of what leaves once it is confirmed; `region`: of the picture, as it was written. */
  'ask-add': kind<{
    number: string;
    operation: string;
    countries: readonly string[];
    region: string;
    crop: string;
    second: string | null;
    due: string;
  }>('Asked other countries', 'work', {
    number: 'plain',
    operation: 'plain',
    countries: 'plain',
    region: 'plain',
    crop: 'plain',
    second: 'text',
    due: 'plain',
  }),
  'ask-look': kind<{ number: string }>('Looked at the crop of a question', 'content', { number: 'plain' }),
  'ask-step': kind<{ number: string; state: string; reason: string | null }>('Moved a question on', 'work', {
    number: 'plain',
    state: 'plain',
    reason: 'text',
  }),
  'ask-answer': kind<{ number: string; says: string }>('Answered a question', 'work', {
    number: 'plain',
    says: 'plain',
  }),
} as const satisfies Record<string, EventKind<unknown>>;
