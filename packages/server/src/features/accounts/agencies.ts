// Agencies of the instance: founded by its operators, each with its first administrator, who manages its users from then on.
import type { Agency } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { audit, readSetting, withContext, writeSetting, type Store, type Trx } from '../../store/index.js';
import { requireOperator } from './access.js';
import { checkAgency, checkUser, namesOf, refuseInDemo, type NewAgency, type NewUser } from './new-user.js';
import { hashPassword } from './password.js';
import { agencyNamed, allAgencies, foundAgencyRows, lockFounding, newAgencyRows, type FoundAgency } from './queries.js';
import { contextOf } from './sign-in.js';

const hashOf = async (agency: NewAgency, user: NewUser): Promise<string | null> =>
  user.password === null ? null : hashPassword(user.password, namesOf(user, agency.name));

const rowOf = async (agency: NewAgency, user: NewUser) => ({
  ...agency,
  login: user.login,
  displayName: user.displayName ?? user.login,
  passwordHash: await hashOf(agency, user),
  osAccount: user.osAccount ?? null,
  roles: user.roles,
});

const record = async (trx: Trx, by: Context, made: FoundAgency, agency: NewAgency, user: NewUser): Promise<void> => {
  await audit(trx, by, {
    type: 'agency-add',
    object: { kind: 'agency', id: made.agencyId },
    detail: { name: agency.name },
  });
  await audit(trx, by, {
    type: 'user-add',
    object: { kind: 'user', id: made.userId },
    detail: { login: user.login, roles: user.roles },
  });
};

/** The new administrator as an actor. Errors: ARGUMENT_INVALID, ALREADY_EXISTS, FORBIDDEN, DEMO_ONLY. */
export const foundAgency = async (
  store: Store,
  by: Context,
  agency: NewAgency,
  administrator: Omit<NewUser, 'roles'>,
): Promise<FoundAgency> => {
  requireOperator(by, 'found an agency');
  const user = { ...administrator, roles: ['administrator'] };
  checkAgency(agency);
  checkUser(user);
  const row = await rowOf(agency, user);
  return withContext(store.app, by, async (trx) => {
    await refuseInDemo(trx);
    const made = await foundAgencyRows(trx, row);
    if (made === null)
      throw fail('ALREADY_EXISTS', saying`agency ${agency.name}, login ${user.login} or its system account`);
    await record(trx, by, made, agency, user);
    return made;
  });
};

/** Whether nobody has an account yet: then the first administrator may be made without one. */
export const isEmptyInstance = async ({ owner }: Pick<Store<'owner'>, 'owner'>): Promise<boolean> =>
  (await owner.selectFrom('users').select('id').limit(1).executeTakeFirst()) === undefined;

/**
 * Founds an agency as whoever holds the owner's role of the database: the first one of an instance, whose user operates it
 * and is on record as the one who did; and those of the demonstration's own world. Errors: ARGUMENT_INVALID, ALREADY_EXISTS.
 */
export const foundAsOwner = async (
  { owner }: Pick<Store<'owner'>, 'owner'>,
  agency: NewAgency,
  user: NewUser,
): Promise<Context> => {
  checkAgency(agency);
  checkUser(user);
  const row = await rowOf(agency, user);
  return owner.transaction().execute(async (trx) => {
    await lockFounding(trx);
    const isFirst = await isEmptyInstance({ owner: trx });
    const instance = await readSetting(trx, 'instance');
    if (!isFirst && instance?.kind !== 'demo')
      throw fail('ALREADY_EXISTS', 'somebody has founded this instance meanwhile: act as a user of it');
    if (instance === null) await writeSetting(trx, 'instance', { kind: 'real', createdAt: new Date().toISOString() });
    const made = await newAgencyRows(trx, { ...row, operates: isFirst });
    if (made === null)
      throw fail('ALREADY_EXISTS', saying`agency ${agency.name}, login ${user.login} or its system account`);
    const added = contextOf(
      {
        id: made.userId,
        agency_id: made.agencyId,
        login: user.login,
        display_name: row.displayName,
        roles: [...user.roles],
        is_operator: isFirst,
      },
      'local',
    );
    await record(trx as Trx, added, made, agency, user);
    return added;
  });
};

/** Every agency of the instance with its number of users and its administrators. Errors: FORBIDDEN. */
export const listAgencies = (store: Store, by: Context): Promise<Agency[]> => {
  requireOperator(by, 'see all agencies');
  return withContext(store.app, by, allAgencies);
};

/** The agency of exactly this name, which may be unknown to the actor so far. Errors: NOT_FOUND. */
export const agencyByName = async (trx: Trx, name: string): Promise<string> => {
  const id = await agencyNamed(trx, name);
  if (id === null) throw fail('NOT_FOUND', saying`agency ${name}: give its exact name`);
  return id;
};
