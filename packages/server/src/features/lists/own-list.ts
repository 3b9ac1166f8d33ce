// A version of a list of the actor's own agency, as what is about to change it or give it out needs it.
import { sql } from 'kysely';
import type { List } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import type { Trx } from '../../store/index.js';
import { readLists } from './queries.js';

/** Held until the transaction ends. Errors: NOT_FOUND, LIST_EXPIRED. */
export const countingRow = async (
  trx: Trx,
  { actor }: Context,
  id: string,
): Promise<{ readonly name: string; readonly version: string }> => {
  const own = await trx
    .selectFrom('lists')
    .select(['name', 'version', 'expires_at'])
    .where('id', '=', id)
    .where('agency_id', '=', actor.agencyId)
    .forUpdate()
    .executeTakeFirst();
  if (own === undefined) throw fail('NOT_FOUND', 'no such list of your agency');
  const { name, version, expires_at } = own;
  if (expires_at !== null && expires_at.getTime() <= Date.now())
    throw fail('LIST_EXPIRED', saying`${name} version ${version} since ${expires_at.toISOString()}`);
  return { name, version };
};

export const listById = async (trx: Trx, name: string, id: string): Promise<List> => {
  const list = (await readLists(trx, name)).find((one) => one.id === id);
  if (list === undefined) throw fail('INTERNAL', `list ${id} is not there any more`);
  return list;
};

/** The one version of an own list that still counts, or the one that is named. Errors: NOT_FOUND, ARGUMENT_INVALID. */
export const countingList = async (trx: Trx, name: string, version: string | undefined): Promise<string> => {
  const rows = await trx
    .selectFrom('lists')
    .select(['id', 'version'])
    .where('name', '=', name)
    .where('agency_id', '=', sql<string>`app_agency()`)
    .where((where) =>
      version === undefined
        ? where.or([where('expires_at', 'is', null), where('expires_at', '>', sql<Date>`now()`)])
        : where('version', '=', version),
    )
    .orderBy('version')
    .execute();
  const [first] = rows;
  if (first === undefined)
    throw fail(
      'NOT_FOUND',
      saying`${version === undefined ? 'a version that counts' : `version ${version}`} of list ${name}`,
    );
  if (rows.length > 1)
    throw fail('ARGUMENT_INVALID', saying`say which version: ${rows.map((row) => row.version).join(', ')}`, {
      pointer: 'list-version',
    });
  return first.id;
};
