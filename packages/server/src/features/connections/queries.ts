// What is told of connections beyond their evidence: their ends by name, the matches that they rest on, and which ends lie in a scope.
import { sql } from 'kysely';
import type { ConnectionEnd, ConnectionEnds, Reason } from '@redthread/core/contract';
import type { MatchGrade } from '@redthread/core/domain';
import type { Trx } from '../../store/index.js';
import { ENDS_AT_RISK } from '../at-risk/index.js';
import { inScope, type Scope } from '../funnel/index.js';

/** Exhibits or cases in a scope. */
export const readEndsIn = async (trx: Trx, between: ConnectionEnds, scope: Scope): Promise<Set<string>> => {
  const end = between === 'exhibits' ? sql`e.id` : sql`e.case_id`;
  const { rows } = await sql<{ id: string }>`
    select distinct ${end} as id from exhibits e join cases c on c.id = e.case_id where ${inScope(scope)}`.execute(trx);
  return new Set(rows.map(({ id }) => id));
};

/** Exhibits and cases, together, in which a child is at risk now. */
export const readEndsAtRisk = async (trx: Trx): Promise<Set<string>> => {
  const { rows } = await sql<{ id: string }>`${ENDS_AT_RISK}`.execute(trx);
  return new Set(rows.map(({ id }) => id));
};

export interface MatchOfReason {
  readonly id: string;
  /** The medium from which the reasons are told. */
  readonly mediaA: string;
  readonly method: string;
  readonly version: number;
  readonly value: number;
  readonly threshold: number;
  readonly unit: string;
  readonly grade: MatchGrade;
  readonly reasons: Reason[];
}

export const readMatches = async (trx: Trx, ids: readonly string[]): Promise<Map<string, MatchOfReason>> => {
  const { rows } =
    await sql<MatchOfReason>`select id, media_a as "mediaA", method, version, value, threshold, unit, grade, reasons
    from matches where id = any(${[...ids]}::uuid[])`.execute(trx);
  return new Map(rows.map((row) => [row.id, row]));
};

/** Exhibits or cases by their ids. */
export const readEnds = async (
  trx: Trx,
  between: ConnectionEnds,
  ids: readonly string[],
): Promise<Map<string, ConnectionEnd>> => {
  const agency = sql`json_build_object('id', a.id, 'name', a.name, 'country', a.country)`;
  const wanted = sql`${[...new Set(ids)]}::uuid[]`;
  const { rows } = await (
    between === 'exhibits'
      ? sql<ConnectionEnd>`select c.id as "caseId", c.reference as "caseReference", e.id as "exhibitId", e.reference as exhibit, ${agency} as agency
          from exhibits e join cases c on c.id = e.case_id join agencies a on a.id = e.agency_id where e.id = any(${wanted})`
      : sql<ConnectionEnd>`select c.id as "caseId", c.reference as "caseReference", null as "exhibitId", null as exhibit, ${agency} as agency
          from cases c join agencies a on a.id = c.agency_id where c.id = any(${wanted})`
  ).execute(trx);
  return new Map(rows.map((row) => [row.exhibitId ?? row.caseId, row]));
};
