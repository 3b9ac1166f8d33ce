// Legal holds: one person places one at once, with a reason, and it keeps a case from being destroyed, handed over or thinned
// out until it is released. Releasing takes one person too: what it then allows takes two, who are both told of the release.
import { RequestReason, type Hold } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { byActor, writeCustody } from '../custody/index.js';
import { ownCase } from './find.js';
import { holdOn } from './steps/queries.js';

export interface HoldInput {
  /** Id or reference. */
  readonly case: string;
  readonly reason: string;
}

const requireReason = (reason: string): void => {
  if (!RequestReason.safeParse(reason).success)
    throw fail('REQUEST_INVALID', 'say why, in words that can be read', { pointer: '/reason' });
};

const record = async (trx: Trx, ctx: Context, caseId: string, placed: boolean, reason: string): Promise<void> => {
  await audit(trx, ctx, { type: 'case-hold', object: { kind: 'case', id: caseId }, detail: { placed, reason } });
  await writeCustody(trx, [
    { ...byActor(ctx), caseId, exhibitId: null, event: placed ? 'hold-placed' : 'hold-released', reason },
  ]);
};

/** Errors: FORBIDDEN, REQUEST_INVALID, CASE_UNKNOWN, CASE_ENDED, ALREADY_EXISTS naming the hold that is there. */
export const placeHold = (store: Store, ctx: Context, { case: given, reason }: HoldInput): Promise<Hold> => {
  requireRight(ctx, 'hold cases');
  requireReason(reason);
  return withContext(store.app, ctx, async (trx) => {
    const found = await ownCase(trx, ctx, given);
    if (found.state !== 'open')
      throw fail('CASE_ENDED', saying`case ${found.reference} is ${found.state}: it is too late for a hold`);
    const there = await holdOn(trx, found.id);
    if (there !== null) throw fail('ALREADY_EXISTS', saying`a hold of ${there.placedBy}: ${there.reason}`);
    await trx
      .insertInto('case_holds')
      .values({
        agency_id: ctx.actor.agencyId,
        case_id: found.id,
        reason,
        placed_by: ctx.actor.userId,
        placed_login: ctx.actor.login,
      })
      .execute();
    await record(trx, ctx, found.id, true, reason);
    const placed = await holdOn(trx, found.id);
    return { reason, placedBy: ctx.actor.login, placedAt: (placed?.placedAt ?? new Date()).toISOString() };
  });
};

/** Errors: FORBIDDEN, REQUEST_INVALID, CASE_UNKNOWN, NOT_FOUND where none is. */
export const releaseHold = (store: Store, ctx: Context, { case: given, reason }: HoldInput): Promise<void> => {
  requireRight(ctx, 'hold cases');
  requireReason(reason);
  return withContext(store.app, ctx, async (trx) => {
    const found = await ownCase(trx, ctx, given);
    const released = await trx
      .updateTable('case_holds')
      .set({ released_by: ctx.actor.userId, released_at: new Date(), release_reason: reason })
      .where('case_id', '=', found.id)
      .where('released_at', 'is', null)
      .executeTakeFirst();
    if (released.numUpdatedRows === 0n) throw fail('NOT_FOUND', saying`no hold is on case ${found.reference}`);
    await record(trx, ctx, found.id, false, reason);
  });
};
