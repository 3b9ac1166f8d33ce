// Writes the custody of exhibits: one entry for each change of hands, place or state, in the transaction of the change.
import type { Transaction } from 'kysely';
import type { Context } from '@redthread/core/domain';
import type { CustodyEvent, Database } from '../../store/index.js';

export interface CustodyFact {
  readonly agencyId: string;
  readonly caseId: string;
  /** Null: the whole case. */
  readonly exhibitId: string | null;
  readonly event: CustodyEvent;
  /** Null: somebody of another agency. */
  readonly userId: string | null;
  readonly person: string;
  readonly secondPerson?: string | null;
  readonly from?: string | null;
  readonly to?: string | null;
  readonly reason?: string;
  readonly requestId?: string | null;
}

export const writeCustody = async (trx: Transaction<Database>, facts: readonly CustodyFact[]): Promise<void> => {
  if (facts.length === 0) return;
  const rows = facts.map((fact) => ({
    agency_id: fact.agencyId,
    case_id: fact.caseId,
    exhibit_id: fact.exhibitId,
    event: fact.event,
    user_id: fact.userId,
    person: fact.person,
    second_person: fact.secondPerson ?? null,
    from_place: fact.from ?? null,
    to_place: fact.to ?? null,
    reason: fact.reason ?? '',
    request_id: fact.requestId ?? null,
  }));
  await trx.insertInto('custody_entries').values(rows).execute();
};

/** The part of an entry that says who acts. */
export const byActor = ({ actor }: Context): Pick<CustodyFact, 'agencyId' | 'userId' | 'person'> => ({
  agencyId: actor.agencyId,
  userId: actor.userId,
  person: actor.login,
});
