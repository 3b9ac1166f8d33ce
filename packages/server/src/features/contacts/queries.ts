// Reads and answers contacts of cases that the viewer sees.
import { sql } from 'kysely';
import type { Contact, ContactAnswer } from '@redthread/core/contract';
import type { Trx } from '../../store/index.js';

interface Row extends Omit<Contact, 'answer'> {
  readonly note: string;
  readonly answered_login: string | null;
  readonly answered_at: Date | null;
}

export interface ContactFilter {
  /** An id, or a reference. */
  readonly named?: string | undefined;
  readonly case?: string | undefined;
  /** Also what is closed or settled. */
  readonly all: boolean;
}

/** The newest first. */
export const readContacts = async (trx: Trx, { named, case: caseId, all }: ContactFilter): Promise<Contact[]> => {
  const { rows } = await sql<Row>`
    select x.id, x.reference, json_build_object('id', c.id, 'reference', c.reference) as case, x.far_agency as agency, x.officer,
      x.reachable_at as "reachableAt", x.grade, x.told_on::text as "toldOn", x.urgent, x.status, x.note, x.answered_login, x.answered_at,
      case when x.settled_as is not null then json_build_object('as', x.settled_as, 'on', x.settled_on::text) end as settled
    from contacts x join cases c on c.id = x.case_id
    where ${named === undefined ? sql`true` : sql`(x.reference = ${named} or x.id::text = ${named})`}
      and ${caseId === undefined ? sql`true` : sql`x.case_id = ${caseId}::uuid`}
      and ${all ? sql`true` : sql`x.status <> 'closed' and x.settled_as is null`}
    order by x.urgent desc, x.told_on desc, x.reference`.execute(trx);
  return rows.map(({ note, answered_login, answered_at, ...row }) => ({
    ...row,
    answer:
      answered_login === null || answered_at === null
        ? null
        : { note, by: answered_login, at: answered_at.toISOString() },
  }));
};

export const updateContact = async (
  trx: Trx,
  id: string,
  { status, note }: ContactAnswer,
  login: string,
): Promise<boolean> => {
  const { numUpdatedRows } = await trx
    .updateTable('contacts')
    .set({ status, note, answered_by: sql<string>`app_user()`, answered_login: login, answered_at: new Date() })
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
};
