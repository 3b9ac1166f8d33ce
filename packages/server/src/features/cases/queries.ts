// Reads and writes cases under the viewer's row-level security.
import { sql } from 'kysely';
import type { Case } from '@redthread/core/contract';
import type { Trx } from '../../store/index.js';

interface CaseRow extends Omit<Case, 'createdAt'> {
  readonly created_at: Date;
}

const toCase = ({ created_at, ...row }: CaseRow): Case => ({ ...row, createdAt: created_at.toISOString() });

export interface CaseFilter {
  readonly id?: string | undefined;
  readonly operation?: string | undefined;
}

/** Newest first. */
export const readCases = async (trx: Trx, { id, operation }: CaseFilter): Promise<Case[]> => {
  const result = await sql<CaseRow>`
    select c.id, c.reference, c.title, json_build_object('id', a.id, 'name', a.name, 'country', a.country) as agency,
      c.operation_id as "operationId", c.shared_with_operation as "sharedWithOperation",
      (select count(*) from exhibits e where e.case_id = c.id) as "exhibitCount", c.created_at
    from cases c join agencies a on a.id = c.agency_id
    where ${id === undefined ? sql`true` : sql`c.id = ${id}::uuid`}
      and ${operation === undefined ? sql`true` : sql`c.operation_id = ${operation}::uuid`}
    order by c.created_at desc, c.id`.execute(trx);
  return result.rows.map(toCase);
};

/** The id of the new case, or null when the agency has one of this reference. */
export const insertCase = async (
  trx: Trx,
  row: {
    readonly agency_id: string;
    readonly created_by: string;
    readonly reference: string;
    readonly title: string;
    readonly operation_id: string | null;
    readonly shared_with_operation: boolean;
  },
): Promise<string | null> =>
  (
    await trx
      .insertInto('cases')
      .values(row)
      .onConflict((conflict) => conflict.columns(['agency_id', 'reference']).doNothing())
      .returning('id')
      .executeTakeFirst()
  )?.id ?? null;

/** A case by what people call it: own cases first, then shared ones; null when it is unknown or more than one agency's. */
export const caseByReference = async (trx: Trx, reference: string): Promise<string | null> => {
  const rows = await trx
    .selectFrom('cases')
    .select(['id', sql<boolean>`agency_id = app_agency()`.as('own')])
    .where('reference', '=', reference)
    .execute();
  return rows.find(({ own }) => own)?.id ?? (rows.length === 1 ? (rows[0]?.id ?? null) : null);
};
