// Operations: joint work of agencies. Reading is for members; making one and joining it is for whoever runs the instance.
import type { Operation } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { audit, withContext, type Store } from '../../store/index.js';
import { agencyByName, requireRight } from '../accounts/index.js';
import { readOperations } from './queries.js';

type Owner = Pick<Store<'owner'>, 'owner'>;

export const listOperations = (store: Store, ctx: Context): Promise<Operation[]> =>
  withContext(store.app, ctx, (trx) => readOperations(trx, null));

/** Errors: NOT_FOUND. */
export const readOperation = async (store: Store, ctx: Context, id: string): Promise<Operation> => {
  const [operation] = await withContext(store.app, ctx, (trx) => readOperations(trx, id));
  if (operation === undefined) throw fail('NOT_FOUND', 'no such operation');
  return operation;
};

/** The actor's agency is its first member. Answers its id. Errors: FORBIDDEN, ALREADY_EXISTS. */
export const addOperation = (
  { owner }: Owner,
  ctx: Context,
  input: { readonly reference: string; readonly name?: string | undefined },
): Promise<string> => {
  requireRight(ctx, 'run operations');
  return owner.transaction().execute(async (trx) => {
    const row = await trx
      .insertInto('operations')
      .values({ reference: input.reference, name: input.name ?? input.reference })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (row === undefined) throw fail('ALREADY_EXISTS', `operation ${input.reference}`);
    await trx.insertInto('operation_members').values({ operation_id: row.id, agency_id: ctx.actor.agencyId }).execute();
    await audit(trx, ctx, {
      type: 'operation-add',
      object: { kind: 'operation', id: row.id },
      detail: { reference: input.reference },
    });
    return row.id;
  });
};

/** Adds an agency to an operation that the actor's agency is in. Errors: FORBIDDEN, NOT_FOUND. */
export const joinOperation = (
  { owner }: Owner,
  ctx: Context,
  input: { readonly reference: string; readonly agency: string },
): Promise<void> => {
  requireRight(ctx, 'run operations');
  return owner.transaction().execute(async (trx) => {
    const operation = await trx
      .selectFrom('operations as o')
      .innerJoin('operation_members as m', 'm.operation_id', 'o.id')
      .select('o.id')
      .where('o.reference', '=', input.reference)
      .where('m.agency_id', '=', ctx.actor.agencyId)
      .executeTakeFirst();
    if (operation === undefined) throw fail('NOT_FOUND', `operation ${input.reference}: see redthread operation list`);
    const agencyId = await agencyByName(trx, input.agency);
    await trx
      .insertInto('operation_members')
      .values({ operation_id: operation.id, agency_id: agencyId })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await audit(trx, ctx, {
      type: 'operation-join',
      object: { kind: 'operation', id: operation.id },
      detail: { reference: input.reference, agency: input.agency },
    });
  });
};
