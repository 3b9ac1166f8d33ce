// What an agency and a user must be like before they are written.
import { Role } from '@redthread/core/contract';
import { fail, saying } from '@redthread/core/errors';
import { checkedName } from '../../app/reference.js';
import { readSetting, type Trx } from '../../store/index.js';

export interface NewAgency {
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

export interface NewUser {
  readonly login: string;
  readonly displayName?: string | undefined;
  readonly roles: readonly string[];
  /** Null: signs in only through the account of the operating system, or not yet. */
  readonly password: string | null;
  readonly osAccount?: string | null | undefined;
}

/** What a password of this person is not to be made of. */
export const namesOf = ({ login, displayName = '' }: Pick<NewUser, 'login' | 'displayName'>, agency = ''): string[] => [
  login,
  displayName,
  agency,
];

const LOGIN = /^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,79}$/u;

/** Errors: ARGUMENT_INVALID. */
export const checkAgency = ({ name, country }: NewAgency): void => {
  checkedName('agency', name);
  if (!/^[A-Z]{2}$/.test(country))
    throw fail('ARGUMENT_INVALID', saying`${country}: a country is two capital letters, such as ES`, {
      pointer: 'country',
    });
};

/** Errors: ARGUMENT_INVALID. */
export const checkRoles = (roles: readonly string[]): void => {
  const unknown = roles.filter((role) => !Role.safeParse(role).success);
  if (roles.length === 0 || unknown.length > 0)
    throw fail('ARGUMENT_INVALID', saying`roles ${unknown.join(', ')}: one or more of ${Role.options.join(', ')}`, {
      pointer: 'role',
    });
};

/** Errors: ARGUMENT_INVALID. */
export const checkUser = ({ login, displayName, roles }: NewUser): void => {
  if (!LOGIN.test(login)) throw fail('ARGUMENT_INVALID', saying`${login}: a login is one word`, { pointer: 'login' });
  if (displayName !== undefined) checkedName('display-name', displayName);
  checkRoles(roles);
};

/** A demonstration never becomes a real instance: nobody is added to it but by itself. Errors: DEMO_ONLY. */
export const refuseInDemo = async (trx: Trx): Promise<void> => {
  if ((await readSetting(trx, 'instance'))?.kind === 'demo')
    throw fail('DEMO_ONLY', 'its people are drawn with it: begin real work in a data folder of its own');
};
