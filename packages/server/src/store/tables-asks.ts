// The tables of questions to other countries as Kysely sees them: what is asked stays as it was asked, and moves on step by step.
import type { ColumnType, Generated } from 'kysely';
import type { AskSays, AskState } from '@redthread/core/contract';
import type { Instant, NullableInstant, NullableText } from './columns.js';

export interface AskTables {
  asks: {
    id: Generated<string>;
    agency_id: string;
    number: string;
    operation_id: string;
    case_id: string;
    media_id: string;
    countries: string[];
    question: string;
    due_on: ColumnType<Date, string, never>;
    state: Generated<AskState>;
    user_id: string;
    login: string;
    said_agency: string;
    asked_from: NullableText;
    at: Instant;
    second_user: NullableText;
    second_login: NullableText;
    decided_by: NullableText;
    decided_login: NullableText;
    decided_at: NullableInstant;
    decision_reason: NullableText;
    ended_at: NullableInstant;
  };
  ask_crops: {
    agency_id: string;
    ask_id: string;
    width_px: number;
    height_px: number;
    master_key_id: string;
    wrapped: Buffer;
    sealed: Buffer;
  };
  ask_looks: { agency_id: string; ask_id: string; user_id: string; at: Instant };
  ask_answers: {
    id: Generated<string>;
    ask_agency_id: string;
    ask_id: string;
    agency_id: string;
    country: string;
    says: AskSays;
    text: string;
    user_id: string;
    login: string;
    said_agency: string;
    at: Instant;
  };
}
