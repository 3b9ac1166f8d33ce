// The funnel of an operation, a case or an exhibit, from what the viewer may see.
import { FUNNEL_STEPS, type AgencyRef, type Funnel, type FunnelStep } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { withContext, type Trx } from '../../store/context.js';
import type { Store } from '../../store/database.js';
import { STEP_EXPLANATIONS } from './explanation.js';
import { listsUnasked } from './lists-unasked.js';
import { countSteps, namedAgencies, type StepCount } from './queries.js';
import { requireScope, type Scope } from './scope.js';

/** Steps that are files rather than contents: their lists are of occurrences. */
const FILE_STEPS: ReadonlySet<FunnelStep> = new Set(['seized', 'unreadable', 'duplicate']);

/** The call of the API that lists exactly the items which a step counts. */
const stepQuery = (scope: Scope, step: FunnelStep, agencyId?: string): string => {
  const query = `${scope.kind}=${scope.id}${agencyId === undefined ? '' : `&agency=${agencyId}`}&step=${step}`;
  return FILE_STEPS.has(step) ? `/api/v1/occurrences?${query}` : `/api/v1/stacks?${query}&collapse=media`;
};

/** Of a content that two agencies hold the first copy by registration stays, which may be the other's: a number by agency would have no list. */
const AGENCY_STEPS = FUNNEL_STEPS.filter((step) => step !== 'duplicate');

const sumOf = (rows: readonly StepCount[], step: FunnelStep): { readonly files: number; readonly bytes: number } => {
  if (step === 'duplicate') {
    const [seized, unreadable, unique] = [sumOf(rows, 'seized'), sumOf(rows, 'unreadable'), sumOf(rows, 'unique')];
    return {
      files: seized.files - unreadable.files - unique.files,
      bytes: seized.bytes - unreadable.bytes - unique.bytes,
    };
  }
  const of = rows.filter((row) => row.step === step);
  return {
    files: of.reduce((sum, { files }) => sum + files, 0),
    bytes: of.reduce((sum, { bytes }) => sum + bytes, 0),
  };
};

const byAgency = (scope: Scope, rows: readonly StepCount[], agencies: readonly AgencyRef[]): Funnel['agencies'] =>
  agencies
    .map((agency) => {
      const own = rows.filter(({ agencyId }) => agencyId === agency.id);
      const steps = AGENCY_STEPS.map((step) => ({
        step,
        ...sumOf(own, step),
        query: stepQuery(scope, step, agency.id),
      }));
      return { agency, steps };
    })
    .sort((a, b) => (b.steps[0]?.files ?? 0) - (a.steps[0]?.files ?? 0) || a.agency.name.localeCompare(b.agency.name));

/** Errors: NOT_FOUND for a scope that does not exist or is not shared with the viewer. */
export const readFunnel = (store: Store, ctx: Context, scope: Scope): Promise<Funnel> =>
  withContext(store.app, ctx, async (trx) => ({ ...(await funnelOf(trx, scope)), asOf: new Date().toISOString() }), {
    access: 'read only',
  });

/** Errors: as `readFunnel`. */
export const funnelOf = async (trx: Trx, scope: Scope): Promise<Omit<Funnel, 'asOf'>> => {
  const label = await requireScope(trx, scope);
  const rows = await countSteps(trx, scope);
  return {
    scope: { ...scope, label },
    steps: FUNNEL_STEPS.map((step) => ({
      step,
      ...sumOf(rows, step),
      query: stepQuery(scope, step),
      explanation: STEP_EXPLANATIONS[step],
    })),
    agencies: scope.kind === 'operation' ? byAgency(scope, rows, await namedAgencies(trx, rows)) : [],
    listsUnasked: await listsUnasked(trx),
  };
};
