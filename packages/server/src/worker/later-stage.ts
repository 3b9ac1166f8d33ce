// Work on files that is done when nothing waits to be decoded: a batch at a time, so that new pictures never wait longer than a
// moment. What is done with a file, and where it goes, is the stage's.
import type { Transaction } from 'kysely';
import type { WorkStage } from '@redthread/core/contract';
import { isRedthreadError, type RedthreadError } from '@redthread/core/errors';
import { throughRestarts } from '../app/through-restarts.js';
import { completeWork, failWork, givenUp, leaseWork, requeueWork, type Lease } from '../features/work/index.js';
import type { Database, Store } from '../store/index.js';
import { ahead } from './ahead.js';
import type { Undecoded } from './decode-result.js';
import { findOriginals, markLost, readOriginal, type LostSource, type Original } from './originals.js';

export interface LaterStage {
  /** Works off one batch; false when there was nothing to do. */
  workOnce(): Promise<boolean>;
  close(): Promise<void>;
}

export interface FileDone<Result> {
  readonly lease: Lease;
  readonly original: Original;
  readonly result: Result;
}

type Failure = Pick<Undecoded, 'kind' | 'code' | 'detail'>;

export interface LaterWork<Result> {
  readonly stage: WorkStage;
  /** Files taken at a time. */
  readonly batch: number;
  /** Errors of the catalogue are those of the file. */
  workOn(bytes: Buffer, original: Original): Promise<Result>;
  /** What an error says: of the file, of what it does to its reader, or of the moment. */
  failureOf(lease: Lease, error: RedthreadError): Failure;
  /** Of a file whose original cannot be read any more. */
  unreadable(why: { readonly code: string; readonly detail: string } | null): {
    readonly code: string;
    readonly detail: string;
  };
  /** In the transaction that ends the work. */
  store(trx: Transaction<Database>, done: readonly FileDone<Result>[]): Promise<void>;
  close(): Promise<void>;
}

const READ_AHEAD = 2;

export const createLaterStage = <Result>(
  store: Store<'worker'>,
  processId: string,
  work: LaterWork<Result>,
): LaterStage => ({
  workOnce: async () => {
    const lease = (limit: number, areNew: boolean) =>
      throughRestarts(() => leaseWork(store.worker, { stage: work.stage, processId, limit, areNew }));
    const fresh = await lease(work.batch, true);
    // What was tried before may have taken its worker down, and would take others with it again: each is tried alone.
    const leases = fresh.length > 0 ? fresh : await lease(1, false);
    if (leases.length === 0) return false;
    await workOff(store, work, leases);
    return true;
  },
  close: () => work.close(),
});

const workOff = async <Result>(
  store: Store<'worker'>,
  work: LaterWork<Result>,
  leases: readonly Lease[],
): Promise<void> => {
  const done: FileDone<Result>[] = [];
  const failures: (Failure & { readonly workId: number })[] = [];
  const lost: LostSource[] = [];
  const mediaIds = leases.map(({ mediaId }) => mediaId);
  const originals = await throughRestarts(() => findOriginals(store, mediaIds));
  const load = async (lease: Lease) => {
    const original = originals.get(lease.mediaId);
    return { lease, original, read: original === undefined ? null : await readOriginal(store, original) };
  };
  for await (const { lease, original, read } of ahead(asyncItems(leases), READ_AHEAD, load)) {
    const { workId } = lease;
    lost.push(...(read?.lost ?? []));
    const why = givenUp(lease);
    if (why !== null) {
      failures.push({ workId, kind: 'quarantined', ...why });
      continue;
    }
    if (original === undefined || read === null || !read.ok) {
      failures.push({ workId, kind: 'failed', ...work.unreadable(read?.ok === false ? read : null) });
      continue;
    }
    try {
      done.push({ lease, original, result: await work.workOn(read.bytes, original) });
    } catch (error) {
      if (!isRedthreadError(error)) throw error;
      failures.push({ workId, ...work.failureOf(lease, error) });
    }
  }
  const of = (kind: Failure['kind']) => failures.filter((failure) => failure.kind === kind);
  await throughRestarts(() =>
    store.worker.transaction().execute(async (trx) => {
      await work.store(trx, done);
      await markLost(trx, lost);
      await completeWork(
        trx,
        done.map(({ lease }) => lease.workId),
      );
      await failWork(trx, 'failed', of('failed'));
      await failWork(trx, 'quarantined', of('quarantined'));
      await requeueWork(trx, of('retry'));
    }),
  );
};

async function* asyncItems<T>(items: readonly T[]): AsyncGenerator<T, void, void> {
  yield* items;
}
