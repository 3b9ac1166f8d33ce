// The funnel of an operation, a case or an exhibit, from what the viewer may see.
import { FUNNEL_STEPS, type Funnel, type FunnelStep } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { withContext, type Trx } from '../../store/context.js';
import type { Store } from '../../store/database.js';
import { STEP_EXPLANATIONS } from './explanation.js';
import { listsUnasked } from './lists-unasked.js';
import { countSteps } from './queries.js';
import { requireScope, type Scope } from './scope.js';

/** Steps that are files rather than contents: their lists are of occurrences. */
const FILE_STEPS: ReadonlySet<FunnelStep> = new Set(['seized', 'unreadable', 'duplicate']);

/** The call of the API that lists exactly the items which a step counts. */
export const stepQuery = (scope: Scope, step: FunnelStep): string =>
  FILE_STEPS.has(step)
    ? `/api/v1/occurrences?${scope.kind}=${scope.id}&step=${step}`
    : `/api/v1/stacks?${scope.kind}=${scope.id}&step=${step}&collapse=media`;

/** Errors: NOT_FOUND for a scope that does not exist or is not shared with the viewer. */
export const readFunnel = (store: Store, ctx: Context, scope: Scope): Promise<Funnel> =>
  withContext(store.app, ctx, async (trx) => ({ ...(await funnelOf(trx, scope)), asOf: new Date().toISOString() }), {
    access: 'read only',
  });

/** Errors: as `readFunnel`. */
export const funnelOf = async (trx: Trx, scope: Scope): Promise<Omit<Funnel, 'asOf'>> => {
  const label = await requireScope(trx, scope);
  const counts = new Map((await countSteps(trx, scope)).map((row) => [row.step, row]));
  return {
    scope: { ...scope, label },
    steps: FUNNEL_STEPS.map((step) => ({
      step,
      files: counts.get(step)?.files ?? 0,
      bytes: counts.get(step)?.bytes ?? 0,
      query: stepQuery(scope, step),
      explanation: STEP_EXPLANATIONS[step],
    })),
    listsUnasked: await listsUnasked(trx),
  };
};
