// The status line, which is always true, and the readiness that machines ask for.
import type { Status } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import type { MatcherState, Readiness } from '../../app/http/health.js';
import { readSetting, withContext, withNobody, type Store, type Trx } from '../../store/index.js';
import { readOnlyState } from '../accounts/index.js';
import { countUnread } from '../notices/index.js';
import { countProcesses, readQueue, type ProcessCounts } from './queries.js';

export const readStatus = (store: Store, ctx: Context): Promise<Status> =>
  withContext(store.app, ctx, async (trx) => {
    const processes = await countProcesses(trx);
    const { queue, ratePerSecond } = await readQueue(trx);
    const waiting = Object.values(queue).reduce((sum, one) => sum + one, 0);
    return {
      demo: (await readSetting(trx, 'instance'))?.kind === 'demo',
      readOnly: readOnlyState(store),
      workers: processes.workers,
      matcher: matcherState(store, processes),
      index: indexOf(processes),
      queued: queue,
      ratePerSecond,
      record: sealingState(store, processes),
      etaSeconds: waiting === 0 ? 0 : ratePerSecond === 0 ? null : Math.ceil(waiting / ratePerSecond),
      notices: await countUnread(trx),
    };
  });

/** Whether events get their seal, and what keeps heads from being anchored. */
export const sealingOf = async (store: Store, trx: Trx): Promise<Status['record']> =>
  sealingState(store, await countProcesses(trx));

const sealingState = (store: Store, { sealer }: ProcessCounts): Status['record'] => ({
  sealing: readOnlyState(store) !== null ? 'read-only' : (sealer?.state ?? 'absent'),
  places: (sealer?.anchors ?? []).map(({ at, code, kind }) => ({
    kind,
    code,
    at: at === null ? null : new Date(at).toISOString(),
  })),
});

/** How many changes wait is not said: they are those of all agencies. */
const indexOf = ({ index }: ProcessCounts): Status['index'] =>
  index === null ? null : { progress: index.progress, lagSeconds: Math.round(index.lagSeconds) };

/** The active matcher says how its index is; a server has started one that is not there yet. */
const matcherState = (store: Store, { matchers, servers, index }: ProcessCounts): MatcherState => {
  if (matchers > 0) return index?.state ?? 'loading';
  // A server without its key starts none: there is nothing to wait for.
  if (readOnlyState(store) !== null) return 'absent';
  return servers > 0 ? 'loading' : 'absent';
};

/** For probes, which are nobody: whether the database answers and an index is loaded. */
export const readinessOf = async (store: Store): Promise<Readiness> => ({
  database: true,
  matcher: matcherState(store, await withNobody(store.app, countProcesses)),
});
