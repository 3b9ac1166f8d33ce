// Reads operations that the viewer's agency is a member of, and invitations to others; writes go through functions of the
// database that ask who acts.
import { sql } from 'kysely';
import type { Invitation, Operation } from '@redthread/core/contract';
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

/** An operation by what people call it: one that the own agency began first; null when it is unknown or more than one's. */
export const operationByReference = async (trx: Trx, reference: string): Promise<string | null> => {
  const rows = await trx
    .selectFrom('operations')
    .select(['id', sql<boolean>`agency_id = app_agency()`.as('own')])
    .where('reference', '=', reference)
    .execute();
  return rows.find(({ own }) => own)?.id ?? (rows.length === 1 ? (rows[0]?.id ?? null) : null);
};

const idOf = async (answer: Promise<{ readonly rows: readonly { readonly id: string | null }[] }>) =>
  (await answer).rows[0]?.id ?? null;

/** The id of the new operation; null when the agency has begun one of this reference. */
export const beginOperation = (trx: Trx, reference: string, name: string): Promise<string | null> =>
  idOf(sql<{ id: string | null }>`select begin_operation(${reference}, ${name}) as id`.execute(trx));

/** Null when the agency is a member, or invited already. */
export const insertInvitation = (trx: Trx, operationId: string, agencyId: string): Promise<string | null> =>
  idOf(
    sql<{ id: string | null }>`select invite_to_operation(${operationId}::uuid, ${agencyId}::uuid) as id`.execute(trx),
  );

interface InvitationRow {
  readonly id: string;
  readonly operation_id: string;
  readonly reference: string;
  readonly name: string;
  readonly agency_id: string;
  readonly agency: string;
  readonly country: string;
  readonly inviting_agency_id: string;
  readonly inviting_agency: string;
  readonly inviting_country: string;
  readonly invited_by: string;
  readonly created_at: Date;
  readonly mine: boolean;
}

/** Open ones, newest first: of the viewer's agency, and those that operations of it have sent. */
export const readInvitations = async (trx: Trx): Promise<Invitation[]> => {
  const { rows } = await sql<InvitationRow>`select *, agency_id = app_agency() as mine from invitations()`.execute(trx);
  return rows.map((row) => ({
    id: row.id,
    operation: { id: row.operation_id, reference: row.reference, name: row.name },
    agency: { id: row.agency_id, name: row.agency, country: row.country },
    from: {
      agency: { id: row.inviting_agency_id, name: row.inviting_agency, country: row.inviting_country },
      officer: row.invited_by,
    },
    mine: row.mine,
    createdAt: row.created_at.toISOString(),
  }));
};

/** The id of its operation; null when there is no such open invitation of the viewer's agency. */
export const answerInvitation = (trx: Trx, id: string, accepts: boolean): Promise<string | null> =>
  idOf(sql<{ id: string | null }>`select answer_invitation(${id}::uuid, ${accepts}) as id`.execute(trx));

/** How many cases and lists are shared no longer; null when the agency is no member. */
export const leaveRows = async (
  trx: Trx,
  operationId: string,
): Promise<{ readonly cases: number; readonly lists: number } | null> =>
  (
    await sql<{ cases: number; lists: number }>`select cases, lists from leave_operation(${operationId}::uuid)`.execute(
      trx,
    )
  ).rows[0] ?? null;
