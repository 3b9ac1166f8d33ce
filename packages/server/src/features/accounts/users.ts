// The users of an agency: their own administrators add them, give and take roles, end and renew accounts.
import type { User } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { audit, withContext, type Store } from '../../store/index.js';
import { requireRight } from './access.js';
import { checkRoles, checkUser, namesOf, refuseInDemo, type NewUser } from './new-user.js';
import { hashPassword } from './password.js';
import {
  insertUser,
  setReachableAt,
  setUserDisabled,
  setUserPassword,
  setUserRoles,
  usersOfAgency,
} from './queries.js';

/** Errors: FORBIDDEN. */
export const listUsers = (store: Store, ctx: Context): Promise<User[]> => {
  requireRight(ctx, 'manage users');
  return withContext(store.app, ctx, (trx) => usersOfAgency(trx, null));
};

const oneUser = async (store: Store, ctx: Context, login: string): Promise<User> => {
  const [user] = await withContext(store.app, ctx, (trx) => usersOfAgency(trx, login));
  if (user === undefined) throw fail('USER_UNKNOWN', login);
  return user;
};

/**
 * Adds a user to the actor's agency; `inDemo`: one of the demonstration's own people.
 * Errors: ARGUMENT_INVALID, ALREADY_EXISTS, FORBIDDEN, DEMO_ONLY.
 */
export const addUser = async (
  store: Store,
  by: Context,
  user: NewUser,
  { inDemo = false }: { readonly inDemo?: boolean } = {},
): Promise<User> => {
  requireRight(by, 'manage users');
  checkUser(user);
  const passwordHash = user.password === null ? null : await hashPassword(user.password, namesOf(user));
  await withContext(store.app, by, async (trx) => {
    if (!inDemo) await refuseInDemo(trx);
    const id = await insertUser(trx, { ...user, displayName: user.displayName ?? user.login, passwordHash });
    if (id === null) throw fail('ALREADY_EXISTS', saying`${user.login}: this login or system account is taken`);
    await audit(trx, by, {
      type: 'user-add',
      object: { kind: 'user', id },
      detail: { login: user.login, roles: user.roles },
    });
  });
  return oneUser(store, by, user.login);
};

/** Errors: FORBIDDEN, USER_UNKNOWN, ARGUMENT_INVALID, LAST_ADMINISTRATOR. */
export const changeRoles = async (
  store: Store,
  ctx: Context,
  login: string,
  roles: readonly string[],
): Promise<User> => {
  requireRight(ctx, 'manage users');
  checkRoles(roles);
  await withContext(store.app, ctx, async (trx) => {
    const id = await setUserRoles(trx, login, [...new Set(roles)]);
    if (id === null) throw fail('USER_UNKNOWN', login);
    await audit(trx, ctx, {
      type: 'user-change',
      object: { kind: 'user', id },
      detail: { login, changed: ['roles', ...roles] },
    });
  });
  return oneUser(store, ctx, login);
};

/**
 * One's own password, or as an administrator that of anybody in the agency; ends every session, and every API key unless they are kept: whoever knew
 * the old password may have made them. Answers how many keys ended. Errors: FORBIDDEN, USER_UNKNOWN, ARGUMENT_INVALID, PASSWORD_WEAK.
 */
export const changePassword = async (
  store: Store,
  ctx: Context,
  login: string,
  { password, keepKeys }: { readonly password: string; readonly keepKeys: boolean },
): Promise<number> => {
  if (login !== ctx.actor.login) requireRight(ctx, 'manage users');
  const passwordHash = await hashPassword(password, [login]);
  return withContext(store.app, ctx, async (trx) => {
    const changed = await setUserPassword(trx, login, { passwordHash, keepKeys });
    if (changed === null) throw fail('USER_UNKNOWN', login);
    await audit(trx, ctx, {
      type: 'user-change',
      object: { kind: 'user', id: changed.id },
      detail: { login, changed: ['password', ...(changed.keys > 0 ? ['API keys ended'] : [])] },
    });
    return changed.keys;
  });
};

/** Ends every session as well. Errors: FORBIDDEN, USER_UNKNOWN, LAST_ADMINISTRATOR, LAST_OPERATOR. */
export const disableUser = async (store: Store, ctx: Context, login: string): Promise<User> => {
  requireRight(ctx, 'manage users');
  await withContext(store.app, ctx, async (trx) => {
    const id = await setUserDisabled(trx, login, true);
    if (id === null) throw fail('USER_UNKNOWN', saying`${login}, or the account has ended already`);
    if (id === ctx.actor.userId) throw fail('ARGUMENT_INVALID', 'nobody disables their own account');
    await audit(trx, ctx, { type: 'user-disable', object: { kind: 'user', id }, detail: { login } });
  });
  return oneUser(store, ctx, login);
};

/** Errors: FORBIDDEN, USER_UNKNOWN. */
export const enableUser = async (store: Store, ctx: Context, login: string): Promise<User> => {
  requireRight(ctx, 'manage users');
  await withContext(store.app, ctx, async (trx) => {
    const id = await setUserDisabled(trx, login, false);
    if (id === null) throw fail('USER_UNKNOWN', saying`${login}, or the account is in force already`);
    await audit(trx, ctx, { type: 'user-enable', object: { kind: 'user', id }, detail: { login } });
  });
  return oneUser(store, ctx, login);
};

/** How another agency reaches the actor; null takes it away. */
export const sayHowToReach = (store: Store, ctx: Context, reachableAt: string | null): Promise<void> =>
  withContext(store.app, ctx, async (trx) => {
    await setReachableAt(trx, reachableAt);
    await audit(trx, ctx, {
      type: 'user-change',
      object: { kind: 'user', id: ctx.actor.userId },
      detail: { login: ctx.actor.login, changed: ['reachable at'] },
    });
  });
