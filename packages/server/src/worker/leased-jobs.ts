// The worker's supply of decode jobs: leased in small batches, the next batch before the last is used up.
import { throughRestarts } from '../app/through-restarts.js';
import { leaseWork, type Lease } from '../features/work/index.js';
import type { Store } from '../store/index.js';
import { findOriginals, type Original } from './originals.js';

/** Few enough that two workers end together, enough that the database is asked rarely. */
const LEASE_SIZE = 8;
const LEASE_AHEAD_BELOW = 4;

export interface LeasedJob {
  readonly lease: Lease;
  readonly original: Original | undefined;
}

interface Supply {
  readonly store: Store<'worker'>;
  readonly processId: string;
  readonly stopping: AbortSignal;
  /** Called while there is nothing to decode; returns when it is time to look again. */
  readonly whenIdle: () => Promise<void>;
}

/** Jobs as they come, until `stopping`. */
export async function* leasedJobs({
  store,
  processId,
  stopping,
  whenIdle,
}: Supply): AsyncGenerator<LeasedJob, void, void> {
  const lease = (): Promise<LeasedJob[]> =>
    throughRestarts(async () => {
      const leases = await leaseWork(store.worker, { stage: 'decode', processId, limit: LEASE_SIZE });
      const originals =
        leases.length === 0
          ? new Map<string, Original>()
          : await findOriginals(
              store,
              leases.map(({ mediaId }) => mediaId),
            );
      return leases.map((one) => ({ lease: one, original: originals.get(one.mediaId) }));
    });
  const ready: LeasedJob[] = [];
  let coming: Promise<LeasedJob[]> | null = null;
  while (!stopping.aborted) {
    const job = ready.shift();
    if (job !== undefined) {
      if (ready.length < LEASE_AHEAD_BELOW && coming === null) {
        coming = lease();
        coming.catch(() => undefined);
      }
      yield job;
      continue;
    }
    ready.push(...(await (coming ?? lease())));
    coming = null;
    if (ready.length === 0) await whenIdle();
  }
  await coming?.catch(() => undefined);
}
