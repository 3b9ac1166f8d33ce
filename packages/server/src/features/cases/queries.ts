// Reads and writes cases under the viewer's row-level security.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Case, ContactMode } from '@redthread/core/contract';
import type { Trx } from '../../store/index.js';

interface CaseRow extends Omit<Case, 'createdAt' | 'breakGlassUntil' | 'endedAt'> {
  readonly created_at: Date;
  readonly break_glass_until: Date | null;
  readonly ended_at: Date | null;
}

const toCase = ({ created_at, break_glass_until, ended_at, hold, ...row }: CaseRow): Case => ({
  ...row,
  createdAt: created_at.toISOString(),
  breakGlassUntil: break_glass_until?.toISOString() ?? null,
  endedAt: ended_at?.toISOString() ?? null,
  hold: hold === null ? null : { ...hold, placedAt: new Date(hold.placedAt).toISOString() },
});

export interface CaseFilter {
  readonly id?: string | undefined;
  readonly operation?: string | undefined;
}

/** Newest first. The operation of a case is named to its members alone. */
export const readCases = async (trx: Trx, { id, operation }: CaseFilter): Promise<Case[]> => {
  const result = await sql<CaseRow>`
    select c.id, c.reference, c.title, json_build_object('id', a.id, 'name', a.name, 'country', a.country) as agency,
      (select o.id from operations o where o.id = c.operation_id) as "operationId",
      c.shared_with_operation as "sharedWithOperation", c.handling,
      case when c.agency_id = app_agency() then json_build_object('access', c.access, 'partnerBreakGlass', c.partner_break_glass, 'contactMode', c.contact_mode,
        'contact', (select json_build_object('login', u.login, 'displayName', u.display_name) from users u where u.id = c.contact_user_id)) end as own,
      (select max(b.expires_at) from break_glass b where b.case_id = c.id and b.user_id = app_user() and b.ended_at is null and b.expires_at > now()) as break_glass_until,
      (select count(*) from exhibits e where e.case_id = c.id) as "exhibitCount", c.created_at, c.state, c.ended_at,
      (select json_build_object('reason', h.reason, 'placedBy', h.placed_login, 'placedAt', h.placed_at)
        from case_holds h where h.case_id = c.id and h.released_at is null) as hold
    from cases c join agencies a on a.id = c.agency_id
    where ${id === undefined ? sql`true` : sql`c.id = ${id}::uuid`}
      and ${operation === undefined ? sql`true` : sql`c.operation_id = ${operation}::uuid`}
    order by c.created_at desc, c.id`.execute(trx);
  return result.rows.map(toCase);
};

export interface NewCase {
  readonly agency_id: string;
  readonly created_by: string;
  readonly reference: string;
  readonly title: string;
  readonly operation_id: string | null;
  readonly shared_with_operation: boolean;
  readonly access: 'agency' | 'named';
  readonly handling: string;
}

/**
 * The id of the new case, or null when the agency has one of this reference. Nothing is read back by the same statement: whoever
 * opens a case for named people is on its list a moment later.
 */
export const insertCase = async (trx: Trx, row: NewCase): Promise<string | null> => {
  const id = randomUUID();
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('cases')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.columns(['agency_id', 'reference']).doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 0n ? null : id;
};

export type CaseUpdate = Partial<
  Pick<NewCase, 'title' | 'operation_id' | 'shared_with_operation' | 'access' | 'handling'> & {
    readonly partner_break_glass: boolean;
    readonly contact_mode: ContactMode;
    readonly contact_user_id: string;
  }
>;

/** False when the viewer has no such case to change. */
export const updateCase = async (trx: Trx, id: string, change: CaseUpdate): Promise<boolean> => {
  const { numUpdatedRows } = await trx
    .updateTable('cases')
    .set(change)
    .where('id', '=', id)
    .where('agency_id', '=', sql<string>`app_agency()`)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
};

/** A case by what people call it: own cases first, then shared ones; null when it is unknown or more than one agency's. */
export const caseByReference = async (trx: Trx, reference: string): Promise<string | null> => {
  const rows = await trx
    .selectFrom('cases')
    .select(['id', sql<boolean>`agency_id = app_agency()`.as('own')])
    .where('reference', '=', reference)
    .execute();
  return rows.find(({ own }) => own)?.id ?? (rows.length === 1 ? (rows[0]?.id ?? null) : null);
};

/** A user in force of the viewer's agency. */
export const colleagueByLogin = async (trx: Trx, login: string): Promise<string | null> =>
  (
    await trx
      .selectFrom('users')
      .select('id')
      .where('login', '=', login)
      .where('disabled_at', 'is', null)
      .executeTakeFirst()
  )?.id ?? null;
