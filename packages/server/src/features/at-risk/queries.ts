// Reads and writes marks under the viewer's row-level security.
import { sql } from 'kysely';
import type { AtRiskMark } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import type { Trx } from '../../store/index.js';
import { IN_FORCE } from './first.js';

interface Row extends Omit<AtRiskMark, 'at' | 'until' | 'ended'> {
  readonly at: Date;
  readonly until: Date;
  readonly ended_at: Date | null;
  readonly ended_login: string | null;
  readonly end_reason: string | null;
}

export interface MarkFilter {
  readonly id?: string;
  readonly case?: string;
  readonly series?: readonly string[];
  /** Also what ended or ran out. */
  readonly all: boolean;
}

/** The newest first. */
export const readMarks = async (trx: Trx, { id, case: caseId, series, all }: MarkFilter): Promise<AtRiskMark[]> => {
  const { rows } = await sql<Row>`
    select r.id, json_build_object('kind', case when r.case_id is null then 'series' else 'case' end, 'id', coalesce(r.case_id, r.series_id),
        'name', coalesce((select c.reference from cases c where c.id = r.case_id), (select e.name from entities e where e.id = r.series_id), '')) as "on",
      json_build_object('id', g.id, 'name', g.name, 'country', g.country) as agency, r.agency_id = app_agency() as own,
      r.reason, r.marked_login as by, r.marked_at as at, r.until, r.ended_at, r.ended_login, r.end_reason, ${IN_FORCE} as "inForce"
    from at_risk_marks r join agencies g on g.id = r.agency_id
    where ${id === undefined ? sql`true` : sql`r.id = ${id}::uuid`}
      and ${caseId === undefined ? sql`true` : sql`r.case_id = ${caseId}::uuid`}
      and ${series === undefined ? sql`true` : sql`r.series_id = any(${[...series]}::uuid[])`}
      and ${all ? sql`true` : IN_FORCE}
    order by r.marked_at desc, r.id`.execute(trx);
  return rows.map(({ at, until, ended_at, ended_login, end_reason, ...row }) => ({
    ...row,
    at: at.toISOString(),
    until: until.toISOString(),
    ended: ended_at === null ? null : { by: ended_login ?? '', at: ended_at.toISOString(), reason: end_reason ?? '' },
  }));
};

export interface NewMark {
  readonly caseId: string | null;
  readonly seriesId: string | null;
  readonly reason: string;
  readonly hours: number;
}

export const insertMark = async (
  trx: Trx,
  { actor }: Context,
  { caseId, seriesId, reason, hours }: NewMark,
): Promise<string> => {
  const { rows } = await sql<{ id: string }>`
    insert into at_risk_marks (agency_id, case_id, series_id, reason, marked_by, marked_login, until)
    values (${actor.agencyId}::uuid, ${caseId}::uuid, ${seriesId}::uuid, ${reason}, ${actor.userId}::uuid, ${actor.login},
      now() + make_interval(hours => ${hours})) returning id`.execute(trx);
  return rows[0]?.id ?? '';
};

/** Of a case or a series, or one mark; false where none was there to end, in force or run out. */
export const endMark = async (
  trx: Trx,
  { actor }: Context,
  which: { readonly id: string } | Pick<NewMark, 'caseId' | 'seriesId'>,
  reason: string,
): Promise<boolean> => {
  const condition =
    'id' in which
      ? sql`id = ${which.id}::uuid`
      : sql`(case_id = ${which.caseId}::uuid or series_id = ${which.seriesId}::uuid)`;
  const { numAffectedRows } = await sql`update at_risk_marks set ended_at = now(), ended_by = ${actor.userId}::uuid,
      ended_login = ${actor.login}, end_reason = ${reason}
    where ${condition} and agency_id = app_agency() and ended_at is null`.execute(trx);
  return (numAffectedRows ?? 0n) > 0n;
};
