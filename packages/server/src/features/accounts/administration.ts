// Agencies and their users: made by whoever holds the owner's role of the database, on record under a named actor.
import { sql, type Kysely, type Transaction } from 'kysely';
import { Role } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { audit, readSetting, writeSetting, type Store } from '../../store/index.js';
import type { Database } from '../../store/tables.js';
import { requireRight } from './access.js';
import { hashPassword } from './password.js';
import { contextOf } from './sign-in.js';

export interface NewAgency {
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

export interface NewUser {
  readonly login: string;
  readonly displayName?: string | undefined;
  readonly roles: readonly string[];
  /** Null: signs in only through the account of the operating system. */
  readonly password: string | null;
  readonly osAccount?: string | null | undefined;
}

const LOGIN = /^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,79}$/u;

const checkAgency = ({ name, country }: NewAgency): void => {
  if (name.trim() === '') throw fail('ARGUMENT_INVALID', 'an agency has a name', { pointer: 'agency' });
  if (!/^[A-Z]{2}$/.test(country))
    throw fail('ARGUMENT_INVALID', `${country}: a country is two capital letters, such as ES`, { pointer: 'country' });
};

const checkUser = ({ login, roles }: NewUser): void => {
  if (!LOGIN.test(login)) throw fail('ARGUMENT_INVALID', `${login}: a login is one word`, { pointer: 'login' });
  const unknown = roles.filter((role) => !Role.safeParse(role).success);
  if (roles.length === 0 || unknown.length > 0)
    throw fail('ARGUMENT_INVALID', `roles ${unknown.join(', ')}: one or more of ${Role.options.join(', ')}`, {
      pointer: 'role',
    });
};

const refuseTaken = async (trx: Transaction<Database>, { login, osAccount }: NewUser): Promise<void> => {
  const taken = await trx
    .selectFrom('users')
    .select('login')
    .where((e) => e.or([e('login', '=', login), e('os_account', '=', osAccount ?? '')]))
    .executeTakeFirst();
  if (taken !== undefined) throw fail('ALREADY_EXISTS', `${taken.login}: this login or system account is taken`);
};

const insertUser = async (trx: Transaction<Database>, agencyId: string, user: NewUser): Promise<Context> => {
  await refuseTaken(trx, user);
  const { id } = await trx
    .insertInto('users')
    .values({
      agency_id: agencyId,
      login: user.login,
      display_name: user.displayName ?? user.login,
      password_hash: user.password === null ? null : await hashPassword(user.password),
      os_account: user.osAccount ?? null,
      roles: [...user.roles],
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return contextOf(
    {
      id,
      agency_id: agencyId,
      login: user.login,
      display_name: user.displayName ?? user.login,
      roles: [...user.roles],
    },
    'local',
  );
};

/** A demonstration never becomes a real instance: nobody is added to it but by itself. Errors: DEMO_ONLY. */
const refuseInDemo = async ({ owner }: Pick<Store<'owner'>, 'owner'>, by: Context | null): Promise<void> => {
  const instance = await readSetting(owner, 'instance');
  if (by !== null && instance?.kind === 'demo')
    throw fail('DEMO_ONLY', 'its people are drawn with it: begin real work in a data folder of its own');
  if (instance === null) await writeSetting(owner, 'instance', { kind: 'real', createdAt: new Date().toISOString() });
};

const recordUser = (trx: Transaction<Database>, by: Context, added: Context): Promise<void> =>
  audit(trx, by, {
    type: 'user-add',
    object: { kind: 'user', id: added.actor.userId },
    detail: { login: added.actor.login, roles: added.actor.roles },
  });

/** Whether nobody has an account yet: then the first administrator may be made without one. */
export const isEmptyInstance = async ({ owner }: Pick<Store<'owner'>, 'owner'>): Promise<boolean> =>
  (await owner.selectFrom('users').select('id').limit(1).executeTakeFirst()) === undefined;

/**
 * Makes an agency and its first user; answers that user as an actor. `by`: who does so; null only on an empty instance
 * (and for the demonstration's own world), where the new user is on record as the one who did.
 * Errors: ARGUMENT_INVALID, ALREADY_EXISTS, FORBIDDEN, DEMO_ONLY.
 */
export const foundAgency = async (
  { owner }: Pick<Store<'owner'>, 'owner'>,
  by: Context | null,
  agency: NewAgency,
  user: NewUser,
): Promise<Context> => {
  if (by !== null) requireRight(by, 'administer');
  checkAgency(agency);
  checkUser(user);
  await refuseInDemo({ owner }, by);
  return owner.transaction().execute(async (trx) => {
    const taken = await trx.selectFrom('agencies').select('id').where('name', '=', agency.name).executeTakeFirst();
    if (taken !== undefined) throw fail('ALREADY_EXISTS', `agency ${agency.name}`);
    const { id } = await trx
      .insertInto('agencies')
      .values({ name: agency.name, country: agency.country })
      .returning('id')
      .executeTakeFirstOrThrow();
    const added = await insertUser(trx, id, user);
    const actor = by ?? added;
    await audit(trx, actor, { type: 'agency-add', object: { kind: 'agency', id }, detail: { name: agency.name } });
    await recordUser(trx, actor, added);
    return added;
  });
};

/** Adds a user to an agency (the actor's own when none is named). Errors: ARGUMENT_INVALID, ALREADY_EXISTS, FORBIDDEN, NOT_FOUND, DEMO_ONLY. */
export const addUser = async (
  { owner }: Pick<Store<'owner'>, 'owner'>,
  by: Context,
  user: NewUser,
  agencyName?: string | undefined,
): Promise<Context> => {
  requireRight(by, 'administer');
  checkUser(user);
  await refuseInDemo({ owner }, by);
  return owner.transaction().execute(async (trx) => {
    const agencyId = agencyName === undefined ? by.actor.agencyId : await agencyByName(trx, agencyName);
    const added = await insertUser(trx, agencyId, user);
    await recordUser(trx, by, added);
    return added;
  });
};

export const agencyByName = async (db: Kysely<Database>, name: string): Promise<string> => {
  const row = await db.selectFrom('agencies').select('id').where('name', '=', name).executeTakeFirst();
  if (row === undefined) throw fail('NOT_FOUND', `agency ${name}: see redthread agency list`);
  return row.id;
};

/** Every agency of the instance with its number of users, for whoever administers it. */
export const listAgencies = async ({ owner }: Pick<Store<'owner'>, 'owner'>, by: Context) => {
  requireRight(by, 'administer');
  return owner
    .selectFrom('agencies as a')
    .leftJoin('users as u', 'u.agency_id', 'a.id')
    .select(['a.id', 'a.name', 'a.country', sql<number>`count(u.id)`.as('users')])
    .groupBy('a.id')
    .orderBy('a.name')
    .execute();
};
