// Asks for what takes two persons: puts the request on record with a number that the second person types.
import { randomInt } from 'node:crypto';
import { RequestReason, type TwoPersonRequest, type RequestKind } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { audit, type Trx } from '../../../store/index.js';
import { requireRight } from '../../accounts/index.js';
import { rightFor } from '../kinds.js';
import { requireNoHold } from './checks.js';
import { namedSecond, type Origin } from './people.js';
import { openAbout, rowById, type RequestSubject } from './queries.js';
import { toRequest } from './show.js';

/** What every request says; `second`: login of the person who is to confirm, or anybody who may. */
export interface Asking {
  readonly reason: string;
  readonly second?: string | undefined;
}

export interface Wanted {
  readonly kind: RequestKind;
  readonly undoes?: RequestKind;
  readonly caseId: string;
  readonly exhibitId?: string;
  readonly toCaseId?: string;
  readonly toAgencyId?: string;
  readonly ofRequest?: string;
  readonly subject: Omit<RequestSubject, 'agency'>;
}

const NUMBERS = 100_000_000;
/** Eight digits that a person can say and type. */
export const newNumber = (): string => {
  const digits = String(randomInt(NUMBERS)).padStart(8, '0');
  return `${digits.slice(0, 4)}-${digits.slice(4)}`;
};

/** First statement of whatever asks. Errors: FORBIDDEN, REQUEST_INVALID without words that say why. */
export const requireAsking = (
  ctx: Context,
  kind: RequestKind,
  { reason }: Asking,
  undoes: RequestKind | null = null,
): void => {
  requireRight(ctx, rightFor(kind, undoes));
  if (!RequestReason.safeParse(reason).success)
    throw fail('REQUEST_INVALID', 'say why, in words that can be read', { pointer: '/reason' });
};

/** Errors: CASE_ON_HOLD, SECOND_PERSON_INVALID, SECOND_PERSON_SAME, ALREADY_EXISTS naming a request that is open. */
export const ask = async (
  trx: Trx,
  ctx: Context,
  origin: Origin,
  { reason, second }: Asking,
  wanted: Wanted,
): Promise<TwoPersonRequest> => {
  const { kind, caseId, exhibitId = null, ofRequest = null } = wanted;
  await requireNoHold(trx, { kind, caseId, undoes: wanted.undoes ?? null, toCaseId: wanted.toCaseId ?? null });
  const open = await openAbout(trx, { kind, caseId, exhibitId, ofRequest });
  if (open !== null) throw fail('ALREADY_EXISTS', saying`request ${open} asks for the same`);
  const right = rightFor(kind, wanted.undoes ?? null);
  const person = second === undefined ? null : await namedSecond(trx, ctx, { login: second, right, origin });
  const number = newNumber();
  const agency = await trx
    .selectFrom('agencies')
    .select(['id', 'name', 'country'])
    .where('id', '=', ctx.actor.agencyId)
    .executeTakeFirstOrThrow();
  const { id } = await trx
    .insertInto('requests')
    .values({
      agency_id: ctx.actor.agencyId,
      number,
      kind,
      case_id: caseId,
      exhibit_id: exhibitId,
      to_case_id: wanted.toCaseId ?? null,
      to_agency_id: wanted.toAgencyId ?? null,
      of_request: ofRequest,
      subject: JSON.stringify({ ...wanted.subject, agency }),
      reason,
      requested_by: ctx.actor.userId,
      requested_login: ctx.actor.login,
      requested_from: origin.osAccount,
      second_user: person?.id ?? null,
      second_login: person?.login ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await audit(trx, ctx, {
    type: 'request-add',
    object: exhibitId === null ? { kind: 'case', id: caseId } : { kind: 'exhibit', id: exhibitId },
    detail: { number, kind, second: person?.login ?? null, reason },
  });
  const row = await rowById(trx, id);
  if (row === undefined) throw fail('INTERNAL', `request ${number} is not there`);
  return toRequest(row, ctx);
};
