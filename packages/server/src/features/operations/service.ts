// Operations: joint work of agencies. A coordinator or an operator begins one; other agencies are invited, and are in it
// once an administrator or coordinator of theirs accepts, until one leaves.
import type { Operation } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { checkedName, checkedReference } from '../../app/reference.js';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { agencyByName, requireRight } from '../accounts/index.js';
import { beginOperation, insertInvitation, leaveRows, operationByReference, readOperations } from './queries.js';

export const listOperations = (store: Store, ctx: Context): Promise<Operation[]> =>
  withContext(store.app, ctx, (trx) => readOperations(trx, null));

const oneOperation = async (trx: Trx, id: string): Promise<Operation> => {
  const [operation] = await readOperations(trx, id);
  if (operation === undefined) throw fail('NOT_FOUND', 'no such operation');
  return operation;
};

/** Errors: NOT_FOUND. */
export const readOperation = (store: Store, ctx: Context, id: string): Promise<Operation> =>
  withContext(store.app, ctx, (trx) => oneOperation(trx, id));

/** An operation as the command line names it. Errors: NOT_FOUND. */
export const namedOperation = async (trx: Trx, reference: string): Promise<string> => {
  const id = await operationByReference(trx, reference);
  if (id === null) throw fail('NOT_FOUND', saying`operation ${reference}: see redthread operation list`);
  return id;
};

/** The actor's agency is its first member. Errors: FORBIDDEN, ALREADY_EXISTS. */
export const addOperation = (
  store: Store,
  ctx: Context,
  input: { readonly reference: string; readonly name?: string | undefined },
): Promise<Operation> => {
  if (ctx.actor.isOperator !== true) requireRight(ctx, 'begin operations');
  checkedReference('operation', input.reference);
  if (input.name !== undefined) checkedName('name', input.name);
  return withContext(store.app, ctx, async (trx) => {
    const id = await beginOperation(trx, input.reference, input.name ?? input.reference);
    if (id === null) throw fail('ALREADY_EXISTS', saying`operation ${input.reference}`, { pointer: '/reference' });
    await audit(trx, ctx, {
      type: 'operation-add',
      object: { kind: 'operation', id },
      detail: { reference: input.reference },
    });
    return oneOperation(trx, id);
  });
};

/** Asks an agency, by its exact name, to join an operation of the actor's. Answers the id of the invitation. Errors: FORBIDDEN, NOT_FOUND, ALREADY_EXISTS. */
export const inviteAgency = (
  store: Store,
  ctx: Context,
  input: { readonly operation: (trx: Trx) => Promise<string>; readonly agency: string },
): Promise<string> => {
  requireRight(ctx, 'join operations');
  return withContext(store.app, ctx, async (trx) => {
    const operation = await oneOperation(trx, await input.operation(trx));
    const agencyId = await agencyByName(trx, input.agency);
    const id = await insertInvitation(trx, operation.id, agencyId);
    if (id === null)
      throw fail('ALREADY_EXISTS', saying`${input.agency} is a member of ${operation.reference}, or invited`);
    await audit(trx, ctx, {
      type: 'operation-invite',
      object: { kind: 'operation', id: operation.id },
      detail: { reference: operation.reference, agency: input.agency },
    });
    return id;
  });
};

/** Takes what the agency shared with the operation out of it as well. Errors: FORBIDDEN, NOT_FOUND. */
export const leaveOperation = (
  store: Store,
  ctx: Context,
  find: (trx: Trx) => Promise<string>,
): Promise<{ readonly reference: string; readonly cases: number; readonly lists: number }> => {
  requireRight(ctx, 'join operations');
  return withContext(store.app, ctx, async (trx) => {
    const { id, reference } = await oneOperation(trx, await find(trx));
    const left = await leaveRows(trx, id);
    if (left === null) throw fail('NOT_FOUND', 'no such operation');
    await audit(trx, ctx, {
      type: 'operation-leave',
      object: { kind: 'operation', id },
      detail: { reference, ...left },
    });
    return { reference, ...left };
  });
};
