// Contacts: another agency works on what a case of the actor's holds, and this is whom to ask. A person answers, with a note.
import { CONTACT_STATUSES, type Contact, type ContactAnswer } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { audit, withContext, type Store, type Trx } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { requireCase } from '../cases/index.js';
import { readContacts, updateContact } from './queries.js';

/** Errors: NOT_FOUND for a case that is not seen. */
export const listContacts = (
  store: Store,
  ctx: Context,
  filter: { readonly case?: string | undefined; readonly all: boolean },
): Promise<Contact[]> =>
  withContext(store.app, ctx, async (trx) => {
    if (filter.case !== undefined) await requireCase(trx, filter.case);
    return readContacts(trx, filter);
  });

/** By its id or its reference. Errors: NOT_FOUND. */
export const showContact = (store: Store, ctx: Context, named: string): Promise<Contact> =>
  withContext(store.app, ctx, (trx) => oneContact(trx, named));

const oneContact = async (trx: Trx, named: string): Promise<Contact> => {
  const [found] = await readContacts(trx, { named, all: true });
  if (found === undefined) throw fail('NOT_FOUND', 'no such contact');
  return found;
};

/** A later status or the same with another note. Errors: FORBIDDEN, NOT_FOUND, CONTACT_ANSWERED. */
export const answerContact = (store: Store, ctx: Context, named: string, answer: ContactAnswer): Promise<Contact> => {
  requireRight(ctx, 'open cases');
  return withContext(store.app, ctx, async (trx) => {
    const { id, status } = await oneContact(trx, named);
    const [from, to] = [CONTACT_STATUSES.indexOf(status), CONTACT_STATUSES.indexOf(answer.status)];
    if (status === 'closed' || to < from) throw fail('CONTACT_ANSWERED', saying`it is ${status}`);
    if (!(await updateContact(trx, id, answer, ctx.actor.login))) throw fail('NOT_FOUND', 'no such contact');
    await audit(trx, ctx, {
      type: 'contact-answer',
      object: { kind: 'contact', id },
      detail: { contact: id, ...answer },
    });
    return oneContact(trx, id);
  });
};
