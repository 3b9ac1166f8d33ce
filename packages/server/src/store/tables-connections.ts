// What is decided on connections, and what changes them, as Kysely sees it: rows are added, never changed.
import type { ConnectionKind } from '@redthread/core/contract';
import type { DecisionState, GradeCount } from '@redthread/core/domain';
import type { ColumnType, Generated } from 'kysely';
import type { Instant, Json } from './columns.js';

interface ConnectionDecisions {
  id: Generated<string>;
  agency_id: string;
  agency: string;
  user_id: string;
  login: string;
  ends: ConnectionKind;
  end_a: string;
  end_b: string;
  state: DecisionState;
  reason: string;
  snoozed_until: Date | null;
  counts: Json<readonly GradeCount[]>;
  at: Instant;
}

/** Written by triggers, and read by a function of the database alone. */
interface ConnectionChanges {
  id: ColumnType<string, never, never>;
  xid: ColumnType<string, never, never>;
  agency_id: string;
  case_id: string;
  exhibit_id: string | null;
  other_case_id: string;
  other_exhibit_id: string | null;
  media_ids: string[] | null;
  at: Instant;
}

export interface ConnectionTables {
  connection_decisions: ConnectionDecisions;
  connection_changes: ConnectionChanges;
}
