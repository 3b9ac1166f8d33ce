// Reads and writes the handling codes of the viewer's agency, and what is marked with them.
import { sql } from 'kysely';
import type { HandlingCode, HandlingReach } from '@redthread/core/contract';
import type { Trx } from '../../store/index.js';

/** From the strictest on. */
const TRAFFIC_LIGHTS = ['TLP:RED', 'TLP:AMBER+STRICT', 'TLP:AMBER', 'TLP:GREEN', 'TLP:CLEAR'] as const;
/** The strictest first; before them codes of an agency's own: what they mean, the agency alone can say. */
export const byTrafficLight = (a: string, b: string): number => placeOf(a) - placeOf(b) || (a < b ? -1 : 1);
const placeOf = (code: string): number => (TRAFFIC_LIGHTS as readonly string[]).indexOf(code);

/** All codes of the agency, or the one; the traffic light protocol first, strictest first, then the agency's own. */
export const readCodes = async (trx: Trx, code: string | null): Promise<HandlingCode[]> => {
  const { rows } = await sql<HandlingCode>`
    select h.code, h.title, h.reach,
      coalesce((select json_agg(json_build_object('id', a.id, 'name', a.name, 'country', a.country) order by a.name)
        from handling_recipients r join agencies a on a.id = r.recipient_id where r.agency_id = h.agency_id and r.code = h.code), '[]') as recipients,
      (select count(*) from cases c where c.agency_id = h.agency_id and c.handling = h.code)
        + (select count(*) from exhibits e where e.agency_id = h.agency_id and e.handling = h.code)
        + (select count(*) from lists l where l.agency_id = h.agency_id and l.handling = h.code) as uses
    from handling_codes h where h.agency_id = app_agency() and ${code === null ? sql`true` : sql`h.code = ${code}`}
    order by array_position(${[...TRAFFIC_LIGHTS]}::text[], h.code), h.code`.execute(trx);
  return rows;
};

export const hasCode = async (trx: Trx, code: string): Promise<boolean> =>
  (await trx.selectFrom('handling_codes').select('code').where('code', '=', code).executeTakeFirst()) !== undefined;

export const putCode = async (
  trx: Trx,
  agencyId: string,
  row: {
    readonly code: string;
    readonly title: string;
    readonly reach: HandlingReach;
    readonly recipients: readonly string[];
  },
): Promise<void> => {
  const { code, title, reach } = row;
  await trx
    .insertInto('handling_codes')
    .values({ agency_id: agencyId, code, title, reach })
    .onConflict((conflict) => conflict.columns(['agency_id', 'code']).doUpdateSet({ title, reach }))
    .execute();
  await trx.deleteFrom('handling_recipients').where('code', '=', code).execute();
  await sql`insert into handling_recipients (agency_id, code, recipient_id)
    select ${agencyId}::uuid, ${code}, unnest(${[...new Set(row.recipients)]}::uuid[])`.execute(trx);
};

/** False when there is none. */
export const deleteCode = async (trx: Trx, code: string): Promise<boolean> =>
  (await trx.deleteFrom('handling_codes').where('code', '=', code).executeTakeFirstOrThrow()).numDeletedRows > 0n;

/** False when the viewer's agency has no such exhibit or list, or they do not see it. */
export const markRow = async (
  trx: Trx,
  table: 'exhibits' | 'lists',
  id: string,
  handling: string | null,
): Promise<boolean> => {
  const { numAffectedRows } = await sql`update ${sql.table(table)} set handling = ${handling}
    where id = ${id}::uuid and agency_id = app_agency()`.execute(trx);
  return (numAffectedRows ?? 0n) > 0n;
};
