// From what a person types to a scope: a reference of an operation or a case, `CASE/EXHIBIT`, or an id.
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { withContext, type Store, type Trx } from '../../store/index.js';
import { caseByReference } from '../cases/index.js';
import { operationByReference } from '../operations/index.js';
import { scopeOf, type Scope, type ScopeInput } from './scope.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The scope that the references name, or null for none. Errors: NOT_FOUND, CASE_UNKNOWN, ARGUMENT_INVALID. */
export const resolveScope = (store: Store, ctx: Context, references: ScopeInput): Promise<Scope | null> => {
  const given = scopeOf(references);
  if (given === null || UUID.test(given.id)) return Promise.resolve(given);
  return withContext(store.app, ctx, async (trx) => ({ kind: given.kind, id: await idOf(trx, given) }));
};

const idOf = async (trx: Trx, { kind, id: reference }: Scope): Promise<string> => {
  if (kind === 'exhibit') return exhibitOf(trx, reference);
  const id = await (kind === 'case' ? caseByReference(trx, reference) : operationByReference(trx, reference));
  if (id === null) throw fail(kind === 'case' ? 'CASE_UNKNOWN' : 'NOT_FOUND', saying`${kind} ${reference}`);
  return id;
};

const exhibitOf = async (trx: Trx, reference: string): Promise<string> => {
  const slash = reference.lastIndexOf('/');
  if (slash < 1)
    throw fail('ARGUMENT_INVALID', saying`${reference}: name an exhibit as CASE/EXHIBIT`, { pointer: 'exhibit' });
  const caseId = await caseByReference(trx, reference.slice(0, slash));
  if (caseId === null) throw fail('CASE_UNKNOWN', reference.slice(0, slash));
  const exhibit = await trx
    .selectFrom('exhibits')
    .select('id')
    .where('case_id', '=', caseId)
    .where('reference', '=', reference.slice(slash + 1))
    .executeTakeFirst();
  if (exhibit === undefined) throw fail('NOT_FOUND', saying`exhibit ${reference}`);
  return exhibit.id;
};
