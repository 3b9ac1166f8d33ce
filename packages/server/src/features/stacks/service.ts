// Stacks and single media of a scope, veiled: the grid that people review, and what each number of the funnel opens.
import type { StackQuery, StackTile } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import type { Page } from '../../app/http/paging.js';
import { withContext, type Store } from '../../store/index.js';
import { requireScope, scopeOf } from '../funnel/index.js';
import { readTiles } from './queries.js';

/** Steps of the funnel that count files have no contents to show as tiles. */
const FILE_STEPS = new Set(['seized', 'unreadable', 'duplicate']);

/** Errors: REQUEST_INVALID for a step of files. */
export const requireContentStep = (step: StackQuery['step']): void => {
  if (step !== undefined && FILE_STEPS.has(step))
    throw fail('REQUEST_INVALID', saying`${step} counts files: see /occurrences`, { pointer: '/step' });
};

/** Errors: NOT_FOUND for a scope that does not exist or is not shared, REQUEST_INVALID for a step of files. */
export const listStacks = (store: Store, ctx: Context, query: StackQuery): Promise<Page<StackTile>> => {
  const scope = scopeOf(query);
  requireContentStep(query.step);
  return withContext(
    store.app,
    ctx,
    async (trx) => {
      if (scope !== null) await requireScope(trx, scope);
      return readTiles(trx, scope, query);
    },
    { access: 'read only' },
  );
};
