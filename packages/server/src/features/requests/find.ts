// Exhibits and cases of the actor's own agency by what people call them, and what a request about them says.
import { sql } from 'kysely';
import type { Context } from '@redthread/core/domain';
import { Id } from '@redthread/core/contract';
import { fail, saying } from '@redthread/core/errors';
import type { Trx } from '../../store/index.js';

export interface OwnExhibit {
  readonly id: string;
  readonly reference: string;
  readonly caseId: string;
  readonly caseReference: string;
  readonly files: number;
  readonly inPlace: boolean;
}

/** By id, by `CASE/EXHIBIT`, or by its reference alone where only one exhibit has it. Errors: NOT_FOUND, ARGUMENT_INVALID. */
export const ownExhibit = async (trx: Trx, ctx: Context, given: string): Promise<OwnExhibit> => {
  const which = Id.safeParse(given).success
    ? sql`e.id = ${given}::uuid`
    : sql`(c.reference || '/' || e.reference = ${given} or e.reference = ${given})`;
  const { rows } = await sql<OwnExhibit>`
    select e.id, e.reference, e.case_id as "caseId", c.reference as "caseReference", e.in_place_root is not null as "inPlace",
      (select count(*) from occurrences o where o.exhibit_id = e.id) as files
    from exhibits e join cases c on c.id = e.case_id
    where e.agency_id = ${ctx.actor.agencyId}::uuid and ${which}`.execute(trx);
  const exact = rows.find((row) => `${row.caseReference}/${row.reference}` === given) ?? rows[0];
  if (exact === undefined) throw fail('NOT_FOUND', saying`no exhibit ${given}`);
  if (rows.length > 1 && `${exact.caseReference}/${exact.reference}` !== given)
    throw fail(
      'ARGUMENT_INVALID',
      saying`${given} is ${rows.map((row) => `${row.caseReference}/${row.reference}`).join(', ')}: name one of them`,
    );
  return exact;
};

export interface OwnCase {
  readonly id: string;
  readonly reference: string;
  readonly state: string;
}

/** By id or reference. Errors: CASE_UNKNOWN. */
export const ownCase = async (trx: Trx, ctx: Context, given: string): Promise<OwnCase> => {
  const found = await trx
    .selectFrom('cases')
    .select(['id', 'reference', 'state'])
    .where('agency_id', '=', ctx.actor.agencyId)
    .where(Id.safeParse(given).success ? 'id' : 'reference', '=', given)
    .executeTakeFirst();
  if (found === undefined) throw fail('CASE_UNKNOWN', given);
  return found;
};

/** Files of a case, and its exhibits whose contents lie in place. */
export const contentsOfCase = async (
  trx: Trx,
  caseId: string,
): Promise<{ readonly files: number; readonly inPlace: readonly { reference: string; source: string }[] }> => {
  const { rows } = await sql<{ files: number; inPlace: { reference: string; source: string }[] }>`
    select (select count(*) from occurrences o where o.case_id = ${caseId}::uuid) as files,
      coalesce((select json_agg(json_build_object('reference', e.reference, 'source', e.source_path) order by e.reference)
        from exhibits e where e.case_id = ${caseId}::uuid and e.in_place_root is not null), '[]') as "inPlace"`.execute(
    trx,
  );
  return rows[0] ?? { files: 0, inPlace: [] };
};
