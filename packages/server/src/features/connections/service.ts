// Connections between exhibits, from what the viewer may see.
import type { Connection } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import type { Page } from '../../app/http/paging.js';
import { withContext, type Store } from '../../store/index.js';
import { requireScope, scopeOf, type ScopeInput } from '../funnel/index.js';
import { readConnections } from './queries.js';

/** Errors: NOT_FOUND for a scope that does not exist or is not shared. */
export const listConnections = (
  store: Store,
  ctx: Context,
  input: ScopeInput & { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<Connection>> => {
  const scope = scopeOf(input);
  return withContext(
    store.app,
    ctx,
    async (trx) => {
      if (scope !== null) await requireScope(trx, scope);
      return readConnections(trx, scope, input);
    },
    { access: 'read only' },
  );
};
