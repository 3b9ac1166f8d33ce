// The tables of verdicts, and of the reviews in which they are given, as Kysely sees them: rows are added; a vote is taken back once, a test answered once.
import type { ColumnType, Generated } from 'kysely';
import type { Facts, SchemeFile } from '@redthread/core/contract';
import type { Instant, Json, NullableText } from './columns.js';
import type { ReviewTables } from './tables-reviews.js';

type Later<T> = ColumnType<T | null, T | null | undefined, T | null>;

export type Seen = 'looked' | 'by-stack' | 'not-looked';

export interface VerdictTables extends ReviewTables {
  verdicts: {
    id: Generated<string>;
    agency_id: string;
    media_id: string;
    voter_agency_id: string;
    voter_agency: string;
    user_id: string;
    login: string;
    scheme: string;
    code: string;
    seen: Seen;
    revealed_at: Later<Date>;
    stack_vote: string | null;
    facts: ColumnType<Facts | null, string | null | undefined, never>;
    note: Generated<string>;
    at: Instant;
    retracted_at: Later<Date>;
    retract_reason: Later<string>;
    replaced_by: Later<string>;
    /** The act that it came from. */
    decision_id: NullableText;
    decision_digest: ColumnType<Buffer | null, Buffer | null | undefined, never>;
  };
  verdict_rules: {
    agency_id: string;
    scheme: string;
    quorum: number;
    set_by: string;
    set_login: string;
    set_at: Instant;
  };
  competence_tests: {
    id: Generated<string>;
    agency_id: string;
    user_id: string;
    login: string;
    scheme: string;
    seed: string;
    questions: number;
    begun_at: Instant;
    answered_at: Later<Date>;
    right_answers: Later<number>;
    passed: Later<boolean>;
    expires_at: Later<Date>;
  };
  scheme_files: {
    id: Generated<string>;
    agency_id: string;
    loaded_by: string;
    loaded_login: string;
    loaded_at: Instant;
    content: Json<SchemeFile>;
  };
}
