// Cases: an agency's investigations. Seen by the whole agency or by named people, and by whoever it is shared with.
import type { Case, CaseChange, CaseCreate } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import type { z } from 'zod';
import { checkedReference, checkedTitle } from '../../app/reference.js';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { requireHandling } from '../handling/index.js';
import { operationByReference } from '../operations/index.js';
import { insertAccess } from './access-queries.js';
import { colleagueByLogin, insertCase, readCases, updateCase, type CaseFilter, type CaseUpdate } from './queries.js';

/** First statement of what writes. Errors: READ_ONLY, naming the key that is asked for. */
export const requireWritable = (store: Store): void => {
  const { state } = store.keys;
  if (state.kind !== 'ready')
    throw fail('READ_ONLY', saying`master key ${state.expectedKeyId ?? 'none yet'} is not here`);
};

export const listCases = (store: Store, ctx: Context, filter: CaseFilter = {}): Promise<Case[]> =>
  withContext(store.app, ctx, (trx) => readCases(trx, filter));

/** Errors: NOT_FOUND. */
export const readCase = (store: Store, ctx: Context, id: string): Promise<Case> =>
  withContext(store.app, ctx, (trx) => oneCase(trx, id));

/** Errors: NOT_FOUND. */
export const requireCase = async (trx: Trx, id: string): Promise<void> => void (await oneCase(trx, id));

const oneCase = async (trx: Trx, id: string): Promise<Case> => {
  const [found] = await readCases(trx, { id });
  if (found === undefined) throw fail('NOT_FOUND', 'no such case');
  return found;
};

/** A case that the actor sees and whose agency is theirs: a shared one is looked at, not changed. Errors: NOT_FOUND. */
export const ownCase = async (trx: Trx, ctx: Context, id: string): Promise<Case> => {
  const found = await oneCase(trx, id);
  if (found.agency.id !== ctx.actor.agencyId) throw fail('NOT_FOUND', 'no such case');
  return found;
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An operation of the actor's agency, by its reference or id. Errors: NOT_FOUND. */
const ownOperation = async (trx: Trx, named: string): Promise<string> => {
  const id = UUID.test(named)
    ? (await trx.selectFrom('operations').select('id').where('id', '=', named).executeTakeFirst())?.id
    : await operationByReference(trx, named);
  if (id === undefined || id === null) throw fail('NOT_FOUND', 'no such operation');
  return id;
};

/** Errors: FORBIDDEN, READ_ONLY, ALREADY_EXISTS, HANDLING_UNKNOWN, NOT_FOUND for the operation, REQUEST_INVALID for sharing with none. */
export const createCase = (store: Store, ctx: Context, input: z.input<typeof CaseCreate>): Promise<Case> => {
  requireRight(ctx, 'open cases');
  requireWritable(store);
  const {
    access = 'agency',
    handling = 'TLP:AMBER',
    operationReference,
    shareWithOperation = false,
    title = '',
  } = input;
  checkedReference('case', input.reference);
  checkedTitle('title', title);
  if (shareWithOperation && operationReference === undefined)
    throw fail('REQUEST_INVALID', 'to share a case, name the operation', { pointer: '/operationReference' });
  return withContext(store.app, ctx, async (trx) => {
    const operationId = operationReference === undefined ? null : await ownOperation(trx, operationReference);
    await requireHandling(trx, handling);
    const id = await insertCase(trx, {
      agency_id: ctx.actor.agencyId,
      created_by: ctx.actor.userId,
      reference: input.reference,
      title,
      operation_id: operationId,
      shared_with_operation: shareWithOperation,
      access,
      handling,
    });
    if (id === null) throw fail('ALREADY_EXISTS', saying`case ${input.reference}`, { pointer: '/reference' });
    const object = { kind: 'case', id } as const;
    await audit(trx, ctx, {
      type: 'case-add',
      object,
      detail: { reference: input.reference, operation: operationReference ?? null },
    });
    if (shareWithOperation) await recordSharing(trx, ctx, id, operationReference ?? '', true);
    return oneCase(trx, id);
  });
};

const recordSharing = (trx: Trx, ctx: Context, id: string, operation: string, shared: boolean): Promise<void> =>
  audit(trx, ctx, { type: 'case-share', object: { kind: 'case', id }, detail: { operation, shared } });

/** What a change means for the row; the sharing ends where the operation is null. */
const updateOf = async (trx: Trx, change: CaseChange): Promise<CaseUpdate> => {
  if (change.handling !== undefined) await requireHandling(trx, change.handling);
  const contact = change.contact === undefined ? undefined : await colleagueByLogin(trx, change.contact);
  if (contact === null) throw fail('USER_UNKNOWN', change.contact ?? '');
  const { shareWith } = change;
  const sharing =
    shareWith === undefined
      ? {}
      : shareWith === null
        ? { shared_with_operation: false }
        : { operation_id: await ownOperation(trx, shareWith), shared_with_operation: true };
  return {
    ...sharing,
    ...(change.title === undefined ? {} : { title: change.title }),
    ...(change.access === undefined ? {} : { access: change.access }),
    ...(change.handling === undefined ? {} : { handling: change.handling }),
    ...(change.partnerBreakGlass === undefined ? {} : { partner_break_glass: change.partnerBreakGlass }),
    ...(contact === undefined ? {} : { contact_user_id: contact }),
  };
};

/**
 * Changes a case of the actor's agency that they see. Errors: FORBIDDEN, READ_ONLY, NOT_FOUND, HANDLING_UNKNOWN, USER_UNKNOWN,
 * REQUEST_INVALID for a change of nothing.
 */
export const changeCase = (store: Store, ctx: Context, id: string, change: CaseChange): Promise<Case> => {
  requireRight(ctx, 'open cases');
  requireWritable(store);
  const changed = Object.entries(change).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (changed.length === 0) throw fail('REQUEST_INVALID', 'say what is to change');
  if (change.title !== undefined) checkedTitle('title', change.title);
  return withContext(store.app, ctx, async (trx) => {
    const before = await ownCase(trx, ctx, id);
    const update = await updateOf(trx, change);
    // Whoever keeps a case for named people is one of them: else they could not see what they have done.
    if (change.access === 'named') {
      const { agencyId, login } = ctx.actor;
      await insertAccess(trx, { caseId: id, agencyId, login, until: null });
    }
    if (!(await updateCase(trx, id, update))) throw fail('NOT_FOUND', 'no such case');
    await audit(trx, ctx, { type: 'case-change', object: { kind: 'case', id }, detail: { changed } });
    if (change.shareWith !== undefined)
      await recordSharing(trx, ctx, id, change.shareWith ?? before.operationId ?? '', change.shareWith !== null);
    return oneCase(trx, id);
  });
};
