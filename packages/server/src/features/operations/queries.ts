// Reads operations that the viewer's agency is a member of; writes go through the owner's role.
import { sql } from 'kysely';
import type { Operation } from '@redthread/core/contract';
import type { Trx } from '../../store/index.js';

/** All of them, or the one with this id; counts are of what the viewer may see. */
export const readOperations = async (trx: Trx, id: string | null): Promise<Operation[]> => {
  const result = await sql<Operation>`
    select o.id, o.reference, o.name,
      coalesce((select json_agg(json_build_object('id', a.id, 'name', a.name, 'country', a.country) order by a.name)
        from operation_members m join agencies a on a.id = m.agency_id where m.operation_id = o.id), '[]') as agencies,
      (select count(*) from cases c where c.operation_id = o.id) as "caseCount",
      (select count(*) from exhibits e join cases c on c.id = e.case_id where c.operation_id = o.id) as "exhibitCount"
    from operations o
    where ${id === null ? sql`true` : sql`o.id = ${id}::uuid`}
    order by o.created_at desc, o.id`.execute(trx);
  return result.rows;
};

export const operationByReference = async (trx: Trx, reference: string): Promise<string | null> =>
  (await trx.selectFrom('operations').select('id').where('reference', '=', reference).executeTakeFirst())?.id ?? null;
