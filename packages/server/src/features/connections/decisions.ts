// What agencies decided on connections: rows are added, and the last of an agency is in force.
import { sql } from 'kysely';
import type { ConnectionDecision, ConnectionEnds, ConnectionKind } from '@redthread/core/contract';
import type { Actor, DecidedOn, DecisionState, GradeCount } from '@redthread/core/domain';
import type { Trx } from '../../store/index.js';

export interface DecisionRow extends DecidedOn {
  readonly id: string;
  readonly a: string;
  readonly b: string;
  readonly own: boolean;
  readonly agencyId: string;
  readonly agency: string;
  readonly login: string;
  readonly at: Date;
}

const COLUMNS = sql`id, end_a as a, end_b as b, agency_id = app_agency() as own, agency_id as "agencyId", agency, login, state, reason,
  snoozed_until as "snoozedUntil", counts, at`;

export const toDecision = ({
  snoozedUntil,
  at,
  state,
  reason,
  own,
  agency,
  login,
  id,
}: DecisionRow): ConnectionDecision => ({
  id,
  state,
  reason,
  until: snoozedUntil?.toISOString() ?? null,
  own,
  agency,
  login,
  at: at.toISOString(),
});

/** Those in force, of every agency that the viewer knows, by `a_b`. */
export const readInForce = async (trx: Trx, ends: ConnectionEnds): Promise<Map<string, DecisionRow[]>> => {
  const { rows } = await sql<DecisionRow>`select distinct on (end_a, end_b, agency_id) ${COLUMNS}
    from connection_decisions where ends = ${ends} order by end_a, end_b, agency_id, at desc, id`.execute(trx);
  const byPair = new Map<string, DecisionRow[]>();
  for (const row of rows) byPair.set(`${row.a}_${row.b}`, [...(byPair.get(`${row.a}_${row.b}`) ?? []), row]);
  return byPair;
};

/** All that was ever decided on one, the last first. */
export const readHistory = async (
  trx: Trx,
  ends: ConnectionEnds,
  [a, b]: readonly [string, string],
): Promise<DecisionRow[]> => {
  const { rows } = await sql<DecisionRow>`select ${COLUMNS} from connection_decisions
    where ends = ${ends} and end_a = ${a}::uuid and end_b = ${b}::uuid order by at desc, id`.execute(trx);
  return rows;
};

/** All that was ever decided on what connects a series, by any of the records that are one, with series or with cases; the last first. */
export const readOfSeries = async (
  trx: Trx,
  ends: 'series' | 'series-cases',
  records: readonly string[],
): Promise<DecisionRow[]> => {
  const own = sql`any(${[...records]}::uuid[])`;
  const { rows } = await sql<DecisionRow>`select ${COLUMNS} from connection_decisions
    where ends = ${ends} and (end_a = ${own} or (ends = 'series' and end_b = ${own})) order by at desc, id`.execute(
    trx,
  );
  return rows;
};

/** Of rows that come the last first: what is in force, of each agency. */
export const lastOfEach = (rows: readonly DecisionRow[]): DecisionRow[] => {
  const byAgency = new Map<string, DecisionRow>();
  for (const row of rows) if (!byAgency.has(row.agencyId)) byAgency.set(row.agencyId, row);
  return [...byAgency.values()];
};

export interface NewDecision {
  readonly ends: ConnectionKind;
  readonly pair: readonly [string, string];
  readonly state: DecisionState;
  readonly reason: string;
  readonly until: string | null;
  readonly counts: readonly GradeCount[];
}

/** Answers its id. */
export const insertDecision = async (trx: Trx, actor: Actor, one: NewDecision): Promise<string> => {
  const { rows } = await sql<{ id: string }>`
    insert into connection_decisions (agency_id, agency, user_id, login, ends, end_a, end_b, state, reason, snoozed_until, counts)
    select g.id, g.name, ${actor.userId}::uuid, ${actor.login}, ${one.ends}, ${one.pair[0]}::uuid, ${one.pair[1]}::uuid, ${one.state},
      ${one.reason}, ${one.until}::timestamptz, ${JSON.stringify(one.counts)}::jsonb
    from agencies g where g.id = ${actor.agencyId}::uuid returning id`.execute(trx);
  return rows[0]?.id ?? '';
};
