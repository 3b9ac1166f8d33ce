// Reads and writes the list of a case: who may see it besides, or instead of, the whole agency.
import { sql } from 'kysely';
import type { CaseAccess } from '@redthread/core/contract';
import type { Trx } from '../../store/index.js';

interface AccessRow extends Omit<CaseAccess, 'createdAt' | 'expiresAt' | 'endedAt'> {
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly ended_at: Date | null;
}

/** Those in force first, then the newest. For the agency of the case. */
export const readAccess = async (trx: Trx, caseId: string): Promise<CaseAccess[]> => {
  const { rows } = await sql<AccessRow>`
    select x.id, json_build_object('id', a.id, 'name', a.name, 'country', a.country) as agency, x.grantee_login as login,
      (select u.display_name from users u where u.id = x.grantee_user_id) as "displayName",
      (select u.display_name from users u where u.id = x.granted_by) as "givenBy", x.created_at, x.expires_at,
      case when x.ended_at is null and x.expires_at <= now() then x.expires_at else x.ended_at end as ended_at
    from case_access x join agencies a on a.id = x.grantee_agency_id
    where x.case_id = ${caseId}::uuid and x.agency_id = app_agency()
    order by (x.ended_at is not null or coalesce(x.expires_at <= now(), false)), x.created_at desc, x.id`.execute(trx);
  return rows.map(({ created_at, expires_at, ended_at, ...row }) => ({
    ...row,
    createdAt: created_at.toISOString(),
    expiresAt: expires_at?.toISOString() ?? null,
    endedAt: ended_at?.toISOString() ?? null,
  }));
};

/** The id of the new line; null when the same was given before and has not ended. */
export const insertAccess = async (
  trx: Trx,
  row: {
    readonly caseId: string;
    readonly agencyId: string;
    readonly login: string | null;
    readonly until: Date | null;
  },
): Promise<string | null> => {
  const { rows } = await sql<{
    id: string | null;
  }>`select give_access(${row.caseId}::uuid, ${row.agencyId}::uuid, ${row.login},
    ${row.until}::timestamptz) as id`.execute(trx);
  return rows[0]?.id ?? null;
};

/** False when there is no such line in force. */
export const endAccess = async (trx: Trx, caseId: string, id: string): Promise<boolean> => {
  const { numUpdatedRows } = await trx
    .updateTable('case_access')
    .set({ ended_at: new Date(), ended_by: sql<string>`app_user()` })
    .where('id', '=', id)
    .where('case_id', '=', caseId)
    .where('agency_id', '=', sql<string>`app_agency()`)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
};
