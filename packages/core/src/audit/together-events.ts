// Kinds of audit events of what people do together: notes, tasks.
import { kind, type EventKind } from './event-kind.js';

export const TOGETHER_EVENTS = {
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
} as const satisfies Record<string, EventKind<unknown>>;
