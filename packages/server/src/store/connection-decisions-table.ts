// Decisions on connections as Kysely sees them: rows are added, never changed.
import type { DecisionState, GradeCount } from '@redthread/core/domain';
import type { Generated } from 'kysely';
import type { Instant, Json } from './columns.js';

export interface ConnectionDecisionsTable {
  id: Generated<string>;
  agency_id: string;
  agency: string;
  user_id: string;
  login: string;
  ends: 'exhibits' | 'cases';
  end_a: string;
  end_b: string;
  state: DecisionState;
  reason: string;
  snoozed_until: Date | null;
  counts: Json<readonly GradeCount[]>;
  at: Instant;
}
