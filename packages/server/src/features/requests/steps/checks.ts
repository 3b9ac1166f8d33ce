// What stands in the way of a request; asked when it is asked for, when it is confirmed, and again by whoever carries it out.
import { fail, saying } from '@redthread/core/errors';
import type { Transaction } from 'kysely';
import { minute } from '../../../app/cli/minute.js';
import type { Database, Trx } from '../../../store/index.js';
import { takenFrom } from '../kinds.js';
import { holdOn } from './queries.js';

/** Errors: CASE_ON_HOLD, naming who placed it, when and why. */
export const requireNoHold = async (
  trx: Transaction<Database>,
  taking: Parameters<typeof takenFrom>[0],
): Promise<void> => {
  const caseId = takenFrom(taking);
  const hold = caseId === null ? null : await holdOn(trx, caseId);
  if (hold !== null) throw heldError(hold);
};

export const heldError = ({ reason, placedBy, placedAt }: { reason: string; placedBy: string; placedAt: Date }) =>
  fail('CASE_ON_HOLD', saying`placed by ${placedBy} on ${minute(placedAt)} UTC: ${reason}`);

/** Errors: CASE_ENDED. */
export const requireOpen = async (trx: Trx, caseId: string): Promise<void> => {
  const found = await trx
    .selectFrom('cases')
    .select(['state', 'reference'])
    .where('id', '=', caseId)
    .executeTakeFirst();
  if (found === undefined) throw fail('CASE_UNKNOWN', 'no such case');
  if (found.state !== 'open') throw fail('CASE_ENDED', saying`case ${found.reference} is ${found.state}`);
};
