// Breaks, ends and reads break-glass access; what may be broken is decided by the functions of the database.
import { sql } from 'kysely';
import type { BreakGlass } from '@redthread/core/contract';
import type { Trx } from '../../store/index.js';

interface Row extends Omit<BreakGlass, 'createdAt' | 'expiresAt' | 'endedAt'> {
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly ended_at: Date | null;
}

const AGENCY = sql`json_build_object('id', a.id, 'name', a.name, 'country', a.country)`;

/** The viewer's own, and those of cases of their agency that they see; those in force first. The last hundred. */
export const readBreakGlass = async (trx: Trx, id: string | null): Promise<BreakGlass[]> => {
  const { rows } = await sql<Row>`
    select b.id, json_build_object('id', b.case_id, 'reference', b.case_reference, 'agency',
        (select ${AGENCY} from agencies a where a.id = b.case_agency_id)) as case,
      json_build_object('agency', (select ${AGENCY} from agencies a where a.id = b.agency_id), 'login', b.login, 'displayName', b.display_name) as by,
      b.user_id = app_user() as mine, b.reason, b.created_at, b.expires_at,
      case when b.ended_at is null and b.expires_at <= now() then b.expires_at else b.ended_at end as ended_at
    from break_glass b
    where ${id === null ? sql`true` : sql`b.id = ${id}::uuid`}
    order by (b.ended_at is not null or b.expires_at <= now()), b.created_at desc, b.id limit 100`.execute(trx);
  return rows.map(({ created_at, expires_at, ended_at, ...row }) => ({
    ...row,
    createdAt: created_at.toISOString(),
    expiresAt: expires_at.toISOString(),
    endedAt: ended_at?.toISOString() ?? null,
  }));
};

/** Null: there is no such case that the actor may open. Errors: ALREADY_EXISTS. */
export const insertBreakGlass = async (
  trx: Trx,
  input: { readonly agencyId: string; readonly reference: string; readonly reason: string; readonly hours: number },
): Promise<string | null> => {
  const { rows } = await sql<{ id: string | null }>`select break_the_glass(${input.agencyId}::uuid, ${input.reference},
    ${input.reason}, now() + make_interval(hours => ${input.hours}::integer)) as id`.execute(trx);
  return rows[0]?.id ?? null;
};

/** The case whose access ended; null when there is none in force that the actor may end. */
export const endBreakGlass = async (trx: Trx, id: string): Promise<string | null> => {
  const { rows } = await sql<{ id: string | null }>`select end_break_glass(${id}::uuid) as id`.execute(trx);
  return rows[0]?.id ?? null;
};
