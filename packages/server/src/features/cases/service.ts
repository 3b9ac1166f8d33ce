// Cases: an agency's investigations, its own until it shares them with an operation.
import type { Case, CaseCreate } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import type { z } from 'zod';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { operationByReference } from '../operations/index.js';
import { insertCase, readCases, type CaseFilter } from './queries.js';

/** First statement of what writes. Errors: READ_ONLY, naming the key that is asked for. */
export const requireWritable = (store: Store): void => {
  const { state } = store.keys;
  if (state.kind !== 'ready') throw fail('READ_ONLY', `master key ${state.expectedKeyId ?? 'none yet'} is not here`);
};

export const listCases = (store: Store, ctx: Context, filter: CaseFilter = {}): Promise<Case[]> =>
  withContext(store.app, ctx, (trx) => readCases(trx, filter));

/** Errors: NOT_FOUND. */
export const readCase = (store: Store, ctx: Context, id: string): Promise<Case> =>
  withContext(store.app, ctx, (trx) => oneCase(trx, id));

const oneCase = async (trx: Trx, id: string): Promise<Case> => {
  const [found] = await readCases(trx, { id });
  if (found === undefined) throw fail('NOT_FOUND', 'no such case');
  return found;
};

/** Errors: FORBIDDEN, READ_ONLY, ALREADY_EXISTS, NOT_FOUND for the operation, REQUEST_INVALID for sharing with none. */
export const createCase = (store: Store, ctx: Context, input: z.output<typeof CaseCreate>): Promise<Case> => {
  requireRight(ctx, 'open cases');
  requireWritable(store);
  const { operationReference } = input;
  if (input.shareWithOperation && operationReference === undefined)
    throw fail('REQUEST_INVALID', 'to share a case, name the operation', { pointer: '/operationReference' });
  return withContext(store.app, ctx, async (trx) => {
    const operationId = operationReference === undefined ? null : await operationByReference(trx, operationReference);
    if (operationReference !== undefined && operationId === null) throw fail('NOT_FOUND', 'no such operation');
    const id = await insertCase(trx, {
      agency_id: ctx.actor.agencyId,
      created_by: ctx.actor.userId,
      reference: input.reference,
      title: input.title,
      operation_id: operationId,
      shared_with_operation: input.shareWithOperation,
    });
    if (id === null) throw fail('ALREADY_EXISTS', `case ${input.reference}`, { pointer: '/reference' });
    await audit(trx, ctx, {
      type: 'case-add',
      object: { kind: 'case', id },
      detail: { reference: input.reference, operation: operationReference ?? null },
    });
    if (input.shareWithOperation)
      await audit(trx, ctx, {
        type: 'case-share',
        object: { kind: 'case', id },
        detail: { operation: operationReference ?? '', shared: true },
      });
    return oneCase(trx, id);
  });
};
