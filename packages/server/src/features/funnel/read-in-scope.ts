// What is read of an operation, a case or an exhibit, or of all that the viewer sees, for the features that ask so.
import type { Context } from '@redthread/core/domain';
import { withContext, withRoom, type Store, type Trx } from '../../store/index.js';
import { requireScope, scopeOf, type Scope, type ScopeInput } from './scope.js';

/** Errors: NOT_FOUND for a scope that does not exist or is not shared, REQUEST_INVALID for two. */
export const readInScope = <T>(
  store: Store,
  ctx: Context,
  given: ScopeInput,
  read: (trx: Trx, scope: Scope | null) => Promise<T>,
): Promise<T> => {
  const scope = scopeOf(given);
  return withContext(
    store.app,
    ctx,
    async (trx) => {
      if (scope !== null) await requireScope(trx, scope);
      await withRoom(trx);
      return read(trx, scope);
    },
    { access: 'read only' },
  );
};
