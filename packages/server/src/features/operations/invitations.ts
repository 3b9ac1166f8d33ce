// Invitations to operations, from the side of the agency that is asked.
import type { Invitation } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { audit, withContext, type Store } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { answerInvitation, readInvitations } from './queries.js';

/** Open ones: those of the actor's agency, and those that operations of it have sent. Errors: FORBIDDEN. */
export const listInvitations = (store: Store, ctx: Context): Promise<Invitation[]> => {
  requireRight(ctx, 'join operations');
  return withContext(store.app, ctx, readInvitations);
};

const answer = (
  store: Store,
  ctx: Context,
  wanted: (invitation: Invitation) => boolean,
  accepts: boolean,
): Promise<Invitation> => {
  requireRight(ctx, 'join operations');
  return withContext(store.app, ctx, async (trx) => {
    const found = (await readInvitations(trx)).filter((one) => one.mine && wanted(one));
    const [invitation] = found;
    if (invitation === undefined) throw fail('NOT_FOUND', 'no such invitation');
    if (found.length > 1)
      throw fail(
        'ARGUMENT_INVALID',
        saying`several agencies call an operation so: give the id, ${found.map(({ id }) => id).join(' or ')}`,
      );
    const { id, reference } = invitation.operation;
    if ((await answerInvitation(trx, invitation.id, accepts)) === null) throw fail('NOT_FOUND', 'no such invitation');
    const object = { kind: 'operation', id } as const;
    await audit(
      trx,
      ctx,
      accepts
        ? { type: 'operation-join', object, detail: { reference, agency: invitation.agency.name } }
        : { type: 'operation-decline', object, detail: { reference } },
    );
    return invitation;
  });
};

/** By the reference of the operation, or the id of the invitation. Errors: FORBIDDEN, NOT_FOUND, ARGUMENT_INVALID for a reference of several. */
export const answerByName = (store: Store, ctx: Context, name: string, accepts: boolean): Promise<Invitation> =>
  answer(store, ctx, (one) => one.operation.reference === name || one.id === name, accepts);

/** Errors: FORBIDDEN, NOT_FOUND. */
export const answerById = (store: Store, ctx: Context, id: string, accepts: boolean): Promise<Invitation> =>
  answer(store, ctx, (one) => one.id === id, accepts);
