// An administrator's work on the users of their own agency.
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { audit, withContext, type Store } from '../../store/index.js';
import { requireRight } from './access.js';
import { hashPassword } from './password.js';
import { disableUserRow, setPasswordHash, usersOfAgency } from './queries.js';

export const listUsers = (store: Store, ctx: Context) => {
  requireRight(ctx, 'administer');
  return withContext(store.app, ctx, usersOfAgency);
};

/** One's own password, or as an administrator that of anybody in the agency; ends every session. Errors: FORBIDDEN, USER_UNKNOWN. */
export const changePassword = async (store: Store, ctx: Context, login: string, password: string): Promise<void> => {
  if (login !== ctx.actor.login) requireRight(ctx, 'administer');
  const passwordHash = await hashPassword(password);
  await withContext(store.app, ctx, async (trx) => {
    const id = await setPasswordHash(trx, login, passwordHash);
    if (id === null) throw fail('USER_UNKNOWN', login);
    await audit(trx, ctx, {
      type: 'user-change',
      object: { kind: 'user', id },
      detail: { login, changed: ['password'] },
    });
  });
};

/** Ends every session as well. Errors: FORBIDDEN, USER_UNKNOWN. */
export const disableUser = async (store: Store, ctx: Context, login: string): Promise<void> => {
  requireRight(ctx, 'administer');
  if (login === ctx.actor.login) throw fail('ARGUMENT_INVALID', 'nobody disables their own account');
  await withContext(store.app, ctx, async (trx) => {
    const id = await disableUserRow(trx, login);
    if (id === null) throw fail('USER_UNKNOWN', login);
    await audit(trx, ctx, { type: 'user-disable', object: { kind: 'user', id }, detail: { login } });
  });
};
