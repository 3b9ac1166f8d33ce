// Break-glass: a case that somebody is not on, opened in an emergency for a time. The agency of the case is told at once.
import type { BreakGlass, BreakGlassRequest } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import type { z } from 'zod';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { agencyByName, requireRight } from '../accounts/index.js';
import { endBreakGlass, insertBreakGlass, readBreakGlass } from './queries.js';

/** The actor's own, and those of cases of their agency that they see. */
export const listBreakGlass = (store: Store, ctx: Context): Promise<BreakGlass[]> =>
  withContext(store.app, ctx, (trx) => readBreakGlass(trx, null));

const one = async (trx: Trx, id: string): Promise<BreakGlass> => {
  const [found] = await readBreakGlass(trx, id);
  if (found === undefined) throw fail('NOT_FOUND', 'no such break-glass access');
  return found;
};

/**
 * Errors: FORBIDDEN; NOT_FOUND, alike for a case that is not there and one that may not be opened so; ALREADY_EXISTS for one that
 * the actor is on.
 */
export const breakGlass = (
  store: Store,
  ctx: Context,
  input: z.output<typeof BreakGlassRequest>,
): Promise<BreakGlass> => {
  requireRight(ctx, 'break the glass of cases');
  return withContext(store.app, ctx, async (trx) => {
    const agencyId = input.agency === undefined ? ctx.actor.agencyId : await agencyByName(trx, input.agency);
    const { case: reference, reason, hours } = input;
    const id = await insertBreakGlass(trx, { agencyId, reference, reason, hours });
    if (id === null) throw fail('NOT_FOUND', 'no such case, or it is not to be opened so');
    const made = await one(trx, id);
    await audit(trx, ctx, {
      type: 'break-glass',
      object: { kind: 'case', id: made.case.id },
      detail: { reference, until: made.expiresAt, reason },
    });
    return made;
  });
};

/** Before its time, by whoever broke it or by the agency of the case. Errors: NOT_FOUND. */
export const endGlass = (store: Store, ctx: Context, id: string): Promise<BreakGlass> =>
  withContext(store.app, ctx, async (trx) => {
    const before = await one(trx, id);
    if ((await endBreakGlass(trx, id)) === null) throw fail('NOT_FOUND', 'no such break-glass access in force');
    await audit(trx, ctx, {
      type: 'break-glass-end',
      object: { kind: 'case', id: before.case.id },
      detail: { officer: before.by.login },
    });
    return { ...before, endedAt: new Date().toISOString() };
  });
