// Who operates the instance: decided by an operator with the owner's role of the database at hand, never over the web.
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { audit, type Store } from '../../store/index.js';
import { requireOperator } from './access.js';

type Owner = Pick<Store<'owner'>, 'owner'>;

export interface Operator {
  readonly login: string;
  readonly agency: string;
}

/** Errors: FORBIDDEN. */
export const listOperators = ({ owner }: Owner, by: Context): Promise<Operator[]> => {
  requireOperator(by, 'see who operates the instance');
  return owner
    .selectFrom('users as u')
    .innerJoin('agencies as a', 'a.id', 'u.agency_id')
    .select(['u.login', 'a.name as agency'])
    .where('u.is_operator', '=', true)
    .orderBy('u.login')
    .execute();
};

/** Errors: FORBIDDEN, USER_UNKNOWN, LAST_OPERATOR. */
export const changeOperator = async (
  { owner }: Owner,
  by: Context,
  { login, operates }: { readonly login: string; readonly operates: boolean },
): Promise<void> => {
  requireOperator(by, 'say who operates the instance');
  await owner
    .transaction()
    .execute(async (trx) => {
      const user = await trx
        .updateTable('users')
        .set({ is_operator: operates })
        .where('login', '=', login)
        .where('disabled_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      if (user === undefined) throw fail('USER_UNKNOWN', login);
      await audit(trx, by, {
        type: 'operator-change',
        object: { kind: 'user', id: user.id },
        detail: { login, operates },
      });
    })
    .catch((error: unknown) => {
      if ((error as { message?: string }).message === 'LAST_OPERATOR')
        throw fail('LAST_OPERATOR', login, { cause: error });
      throw error;
    });
};
