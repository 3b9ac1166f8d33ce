// The tables of notes, tasks, questions and chats as Kysely sees them: rows are added and never changed, but for a note that is taken back.
import type { ColumnType, Generated } from 'kysely';
import type { NoteSubjectKind, TaskState, TaskSubjectKind } from '@redthread/core/contract';
import type { Instant, NullableInstant, NullableText } from './columns.js';
import type { AskTables } from './tables-asks.js';
import type { ChatTables } from './tables-chats.js';

interface Said {
  user_id: string;
  login: string;
  said_agency: string;
  at: Instant;
}

interface About {
  operation_id: NullableText;
  about_agency_id: NullableText;
  case_id: NullableText;
  series_id: NullableText;
}

export interface NoteTables extends AskTables, ChatTables {
  notes: Said &
    About & {
      id: Generated<string>;
      agency_id: string;
      about_kind: NoteSubjectKind;
      media_id: NullableText;
      thread_agency_id: NullableText;
      thread_id: NullableText;
      text: string;
      handling: string;
      retracted_at: NullableInstant;
      retract_reason: NullableText;
    };
  note_reads: Omit<Said, 'at'> & {
    note_agency_id: string;
    note_id: string;
    agency_id: string;
    read_at: Instant;
  };
  tasks: Said &
    About & {
      id: Generated<string>;
      agency_id: string;
      about_kind: TaskSubjectKind;
      title: string;
      detail: Generated<string>;
    };
  task_steps: Said & {
    id: Generated<string>;
    task_agency_id: string;
    task_id: string;
    agency_id: string;
    state: TaskState;
    for_agency_id: string;
    for_user_id: NullableText;
    for_login: NullableText;
    due_on: ColumnType<Date | null, string | null | undefined, never>;
    note: Generated<string>;
  };
}
