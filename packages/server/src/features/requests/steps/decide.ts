// The steps of a request after it was asked for: confirmed or refused by the second person, accepted by the other agency where a
// case goes to one, cancelled by those who asked. What is approved is carried out by whoever looks first.
import type { SecondPerson, TwoPersonRequest } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { sql } from 'kysely';
import { audit, withContext, type Store, type Trx } from '../../../store/index.js';
import { requireRight, rolesMayDo } from '../../accounts/index.js';
import { requireWritable } from '../../cases/index.js';
import { announceWork } from '../../work/index.js';
import { rightFor } from '../kinds.js';
import { requireNoHold, requireOpen } from './checks.js';
import { colleagues, requireSecond, type Origin } from './people.js';
import { listRows, rowById, rowsByNumber, type RequestRow } from './queries.js';
import { toRequest } from './show.js';

export const listRequests = (store: Store, ctx: Context, all = false): Promise<TwoPersonRequest[]> =>
  withContext(store.app, ctx, async (trx) => (await listRows(trx, { all })).map((row) => toRequest(row, ctx)));

/** Colleagues of the actor who may confirm that exhibits are moved and withdrawn, and so may be asked. Errors: FORBIDDEN. */
export const listSeconds = (store: Store, ctx: Context): Promise<SecondPerson[]> => {
  requireRight(ctx, 'move and withdraw exhibits');
  return withContext(store.app, ctx, async (trx) =>
    (await colleagues(trx, ctx))
      .filter(({ id, roles }) => id !== ctx.actor.userId && rolesMayDo(roles, 'move and withdraw exhibits'))
      .map(({ login, displayName }) => ({ login, displayName })),
  );
};

/** Errors: NOT_FOUND. */
export const showRequest = (store: Store, ctx: Context, number: string): Promise<TwoPersonRequest> =>
  withContext(store.app, ctx, async (trx) => toRequest(await byNumber(trx, number), ctx));

/** Id of a request that the actor may see. Errors: NOT_FOUND. */
export const requestId = (store: Store, ctx: Context, number: string): Promise<string> =>
  withContext(store.app, ctx, async (trx) => (await byNumber(trx, number)).id);

/** The row of this number, locked: two who decide at once do so one after the other. Errors: NOT_FOUND. */
const byNumber = async (trx: Trx, number: string, lock = false): Promise<RequestRow> => {
  const [found] = await rowsByNumber(trx, number);
  if (found === undefined) throw fail('NOT_FOUND', saying`no request ${number}`);
  if (!lock) return found;
  await sql`select from requests where id = ${found.id}::uuid for update`.execute(trx);
  return (await rowById(trx, found.id)) ?? found;
};

/** Errors: REQUEST_CLOSED, saying what became of it. */
const requireState = (row: RequestRow, ...wanted: readonly RequestRow['state'][]): void => {
  if (wanted.includes(row.state) && row.expires_at.getTime() > Date.now()) return;
  const words =
    row.expires_at.getTime() <= Date.now() && ['requested', 'offered'].includes(row.state)
      ? `it was open until ${row.expires_at.toISOString().slice(0, 10)}`
      : `it is ${row.state}${row.decided_login === null ? '' : `, decided by ${row.decided_login}`}`;
  throw fail('REQUEST_CLOSED', saying`request ${row.number}: ${words}`);
};

type Decision = 'confirmed' | 'refused' | 'cancelled' | 'accepted';

const putStep = async (
  trx: Trx,
  ctx: Context,
  row: RequestRow,
  decision: Decision,
  set: Record<string, unknown>,
  reason: string | null = null,
): Promise<TwoPersonRequest> => {
  await trx.updateTable('requests').set(set).where('id', '=', row.id).execute();
  await audit(trx, ctx, {
    type: 'request-decide',
    object: row.exhibit_id === null ? { kind: 'case', id: row.case_id } : { kind: 'exhibit', id: row.exhibit_id },
    detail: { number: row.number, kind: row.kind, decision, reason },
  });
  if (set['state'] === 'approved') await announceWork(trx, 'request');
  return toRequest((await rowById(trx, row.id)) ?? row, ctx);
};

/** A step of the request that this agency asks for or is offered. */
const step = (
  store: Store,
  ctx: Context,
  number: string,
  take: (trx: Trx, row: RequestRow) => Promise<TwoPersonRequest>,
): Promise<TwoPersonRequest> =>
  withContext(store.app, ctx, async (trx) => take(trx, await byNumber(trx, number, true)));

export interface Deciding {
  readonly number: string;
  readonly origin: Origin;
  readonly reason?: string | undefined;
}

/** Errors: FORBIDDEN, NOT_FOUND, READ_ONLY, REQUEST_CLOSED, SECOND_PERSON_SAME, SECOND_PERSON_INVALID, CASE_ON_HOLD, CASE_ENDED. */
export const confirmRequest = (store: Store, ctx: Context, input: Deciding): Promise<TwoPersonRequest> =>
  step(store, ctx, input.number, async (trx, row) => {
    if (row.agency_id !== ctx.actor.agencyId) throw fail('NOT_FOUND', saying`no request ${input.number}`);
    requireRight(ctx, rightFor(row.kind, row.undoes));
    requireWritable(store);
    requireState(row, 'requested');
    await requireSecond(trx, ctx, row, input.origin);
    await requireNoHold(trx, { ...row, caseId: row.case_id, toCaseId: row.to_case_id });
    await requireOpen(trx, row.case_id);
    return putStep(trx, ctx, row, 'confirmed', {
      state: row.kind === 'case-transfer' ? 'offered' : 'approved',
      ...decidedBy(ctx, input),
    });
  });

const decidedBy = ({ actor }: Context, { origin, reason }: Deciding) => ({
  decided_by: actor.userId,
  decided_login: actor.login,
  decided_at: new Date(),
  decided_from: origin.osAccount,
  decision_reason: reason ?? null,
});

/** By the second person, or by the agency that a case is offered to. Errors: as for confirming. */
export const refuseRequest = (
  store: Store,
  ctx: Context,
  input: Deciding & { readonly reason: string },
): Promise<TwoPersonRequest> =>
  step(store, ctx, input.number, async (trx, row) => {
    requireRight(ctx, rightFor(row.kind, row.undoes));
    if (row.agency_id !== ctx.actor.agencyId) {
      requireState(row, 'offered');
      const set = { state: 'refused', ...acceptedBy(ctx), decision_reason: input.reason };
      return putStep(trx, ctx, row, 'refused', set, input.reason);
    }
    requireState(row, 'requested');
    await requireSecond(trx, ctx, row, input.origin);
    return putStep(trx, ctx, row, 'refused', { state: 'refused', ...decidedBy(ctx, input) }, input.reason);
  });

const acceptedBy = ({ actor }: Context) => ({
  accepted_by: actor.userId,
  accepted_login: actor.login,
  accepted_at: new Date(),
});

/** By whoever asked, or anybody of the agency who may do the same. Errors: FORBIDDEN, NOT_FOUND, REQUEST_CLOSED. */
export const cancelRequest = (store: Store, ctx: Context, number: string): Promise<TwoPersonRequest> =>
  step(store, ctx, number, async (trx, row) => {
    if (row.agency_id !== ctx.actor.agencyId) throw fail('NOT_FOUND', saying`no request ${number}`);
    if (row.requested_by !== ctx.actor.userId) requireRight(ctx, rightFor(row.kind, row.undoes));
    requireState(row, 'requested', 'offered');
    return putStep(trx, ctx, row, 'cancelled', { state: 'cancelled' });
  });

/**
 * Takes a case that another agency offers; `as`: the reference that it gets here. Errors: FORBIDDEN, NOT_FOUND, READ_ONLY,
 * REQUEST_CLOSED, ALREADY_EXISTS when a case here has that reference.
 */
export const acceptRequest = (
  store: Store,
  ctx: Context,
  { number, as }: { readonly number: string; readonly as?: string | undefined },
): Promise<TwoPersonRequest> =>
  step(store, ctx, number, async (trx, row) => {
    if (row.to_agency_id !== ctx.actor.agencyId) throw fail('NOT_FOUND', saying`no request ${number}`);
    requireRight(ctx, 'hand cases over');
    requireWritable(store);
    requireState(row, 'offered');
    const reference = as ?? row.subject.case;
    const taken = await trx
      .selectFrom('cases')
      .select('id')
      .where('agency_id', '=', ctx.actor.agencyId)
      .where('reference', '=', reference)
      // One that was handed over from here comes back to its own line.
      .where('state', '<>', 'transferred')
      .executeTakeFirst();
    if (taken !== undefined)
      throw fail('ALREADY_EXISTS', saying`case ${reference}: give it another reference here (--as)`, {
        pointer: '/as',
      });
    return putStep(trx, ctx, row, 'accepted', { state: 'approved', ...acceptedBy(ctx), accepted_as: reference });
  });
