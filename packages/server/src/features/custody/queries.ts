// Reads custody under the viewer's row-level security: that of exhibits that they see, and for auditors, administrators and
// coordinators also of what was withdrawn, handed over or destroyed.
import { sql } from 'kysely';
import type { CustodyEntry } from '@redthread/core/contract';
import type { Trx } from '../../store/index.js';

interface Row extends Omit<CustodyEntry, 'at'> {
  readonly at: Date;
}

/** Oldest first. Of an exhibit: with what happened to its whole case while it was there. */
export const readCustody = async (
  trx: Trx,
  { exhibitId, caseId }: { readonly exhibitId?: string; readonly caseId?: string },
): Promise<CustodyEntry[]> => {
  const which =
    exhibitId === undefined
      ? sql`e.case_id = ${caseId ?? null}::uuid`
      : sql`(e.exhibit_id = ${exhibitId}::uuid or (e.exhibit_id is null and e.case_id = (
          select x.case_id from custody_entries x where x.exhibit_id = ${exhibitId}::uuid and x.at <= e.at
          order by x.at desc, x.id desc limit 1)))`;
  const { rows } = await sql<Row>`
    select e.id, e.at, e.event, e.exhibit_id as "exhibitId", e.person, e.second_person as "secondPerson",
      e.from_place as "from", e.to_place as "to", e.reason, r.number as request, e.carried_from as "carriedFrom"
    from custody_entries e left join requests r on r.id = e.request_id
    where ${which} order by e.at, e.id`.execute(trx);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
};
