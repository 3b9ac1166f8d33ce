// Handling codes: the traffic light protocol and codes of an agency's own. The owner says whom each reaches; a code on a case,
// an exhibit or a list can only narrow what sharing opened.
import type { HandlingCode, HandlingReach } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { checkedTitle } from '../../app/reference.js';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { agencyByName, requireRight } from '../accounts/index.js';
import { deleteCode, hasCode, markRow, putCode, readCodes } from './queries.js';

export const listCodes = (store: Store, ctx: Context): Promise<HandlingCode[]> =>
  withContext(store.app, ctx, (trx) => readCodes(trx, null));

/** Errors: HANDLING_UNKNOWN. */
export const requireHandling = async (trx: Trx, code: string): Promise<void> => {
  if (!(await hasCode(trx, code))) throw fail('HANDLING_UNKNOWN', code, { pointer: '/handling' });
};

export interface HandlingSetting {
  readonly title: string;
  readonly reach: HandlingReach;
  /** Exact names of agencies, for `listed`. */
  readonly recipients: readonly string[];
}

/** Makes a code of the agency, or changes whom one reaches: at once, for everything that carries it. Errors: FORBIDDEN, NOT_FOUND, REQUEST_INVALID. */
export const setCode = (store: Store, ctx: Context, code: string, setting: HandlingSetting): Promise<HandlingCode> => {
  requireRight(ctx, 'set handling codes');
  checkedTitle('title', setting.title);
  if ((setting.reach === 'listed') !== setting.recipients.length > 0)
    throw fail('REQUEST_INVALID', 'a code that reaches listed agencies lists them, any other does not', {
      pointer: '/recipients',
    });
  return withContext(store.app, ctx, async (trx) => {
    const recipients: string[] = [];
    for (const name of setting.recipients) recipients.push(await agencyByName(trx, name));
    await putCode(trx, ctx.actor.agencyId, { code, ...setting, recipients });
    await audit(trx, ctx, {
      type: 'handling-change',
      object: { kind: 'handling-code', id: code },
      detail: { code, reach: setting.reach, recipients: setting.recipients },
    });
    const [made] = await readCodes(trx, code);
    if (made === undefined) throw fail('INTERNAL', `code ${code} is not there after it was set`);
    return made;
  });
};

const FOREIGN_KEY_VIOLATION = '23503';

/** Errors: FORBIDDEN, HANDLING_UNKNOWN, HANDLING_IN_USE for what something carries and for the traffic light protocol. */
export const removeCode = (store: Store, ctx: Context, code: string): Promise<void> => {
  requireRight(ctx, 'set handling codes');
  if (code.startsWith('TLP:'))
    throw fail('HANDLING_IN_USE', saying`${code}: the traffic light protocol stays as a whole`);
  return withContext(store.app, ctx, async (trx) => {
    const isGone = await deleteCode(trx, code).catch((error: unknown) => {
      if ((error as { code?: string }).code === FOREIGN_KEY_VIOLATION)
        throw fail('HANDLING_IN_USE', code, { cause: error });
      throw error;
    });
    if (!isGone) throw fail('HANDLING_UNKNOWN', code);
    const object = { kind: 'handling-code', id: code } as const;
    await audit(trx, ctx, { type: 'handling-change', object, detail: { code, reach: null, recipients: [] } });
  });
};

/** Null: an exhibit follows its case. Errors: FORBIDDEN, NOT_FOUND, HANDLING_UNKNOWN, REQUEST_INVALID for a list without one. */
export const mark = (
  store: Store,
  ctx: Context,
  what: { readonly kind: 'exhibit' | 'list'; readonly id: (trx: Trx) => Promise<string> },
  handling: string | null,
): Promise<void> => {
  requireRight(ctx, 'open cases');
  if (handling === null && what.kind === 'list')
    throw fail('REQUEST_INVALID', 'a list carries a code', { pointer: '/handling' });
  return withContext(store.app, ctx, async (trx) => {
    const id = await what.id(trx);
    if (handling !== null) await requireHandling(trx, handling);
    if (!(await markRow(trx, what.kind === 'exhibit' ? 'exhibits' : 'lists', id, handling)))
      throw fail('NOT_FOUND', saying`no such ${what.kind}`);
    await audit(trx, ctx, { type: 'handling-mark', object: { kind: what.kind, id }, detail: { code: handling } });
  });
};
