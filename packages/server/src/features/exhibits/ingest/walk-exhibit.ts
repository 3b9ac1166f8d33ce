// The first half of an ingest, from its lock to its last row: walk, hash, seal, store. Decoding and matching are the work of other processes.
import type { Config } from '../../../app/config.js';
import { fail, isRedthreadError, saying } from '@redthread/core/errors';
import { nothingSaid, type Viewing } from '@redthread/core/sending';
import { throughRestarts } from '../../../app/through-restarts.js';
import { ensureCaseKey, ensureObjectNamer, type Store } from '../../../store/index.js';
import { walk } from '../../../media/walk/index.js';
import type { RegisteredExhibit } from '../service.js';
import type { Source } from '../source.js';
import { beginWalk, endWalk, failWalk, noteContainer, withExhibitLock } from './exhibit-state.js';
import { HashPool } from './hash-pool.js';
import { localEnd } from './local-end.js';
import { Pipeline, type PipelineCounts } from './pipeline.js';
import { folderPackage } from './package-viewing.js';
import { runWalk, type IngestRun } from './run.js';
import type { IngestStore, IngestTarget } from './target.js';

export interface WalkRunOptions {
  /** What was said of the provider; by default nothing. */
  readonly viewing?: Viewing;
  /** Tried on what is locked, in order. */
  readonly passwords?: readonly string[];
  /** Ends the run after the batches that are under way. */
  readonly stopping: AbortSignal;
  /** Given the live counts once the walk begins. */
  readonly onStart?: (counts: Readonly<PipelineCounts>) => void;
}

export interface WalkOutcome {
  readonly counts: Readonly<PipelineCounts>;
  readonly interrupted: boolean;
}

/** Errors: EXHIBIT_BUSY, EXHIBIT_SOURCE_DIFFERS, DISK_FULL, DB_UNREACHABLE, SOURCE_UNREADABLE. */
export const walkExhibit = (
  store: Store<'worker'>,
  exhibit: RegisteredExhibit,
  { stopping, onStart, viewing = nothingSaid, passwords = [] }: WalkRunOptions,
): Promise<WalkOutcome> =>
  withExhibitLock(store.worker, exhibit.exhibitId, async () => {
    const { config, worker: db } = store;
    const ingestStore = await ingestStoreOf(store, exhibit);
    const pool = new HashPool(config.hashThreads, { vaultFolder: config.vaultFolder });
    try {
      await beginWalk(db, exhibit.exhibitId);
      // An archive is verified before it is gone on with, and hashed beside the walk the first time.
      const digest = digestContainer(store, exhibit, pool);
      if (exhibit.isResumed) await digest;
      const end = localEnd(ingestStore, exhibit);
      const pipeline = new Pipeline(end, pool, config.hashThreads, exhibit.isResumed);
      onStart?.(pipeline.counts);
      const atEnd = await runWalk({
        end,
        pipeline,
        entries: walk(exhibit.source.path, { limits: walkLimits(config), passwords }),
        before: beforeWalk(exhibit.source, config),
        isResumed: exhibit.isResumed,
        viewing,
        stopping,
      });
      if (atEnd) {
        await digest;
        await endWalk(db, exhibit.exhibitId, config.floodFiles);
      }
      return { counts: pipeline.counts, interrupted: !atEnd };
    } catch (error) {
      await failWalk(db, exhibit.exhibitId, isRedthreadError(error) ? error : fail('INTERNAL', String(error)));
      throw error;
    } finally {
      await pool.stop();
    }
  });

/** The keys of agency and case are made before the first batch: else all batches would wait for the one that makes them. */
export const ingestStoreOf = async (
  store: Store<'worker'>,
  { agencyId, caseId }: Pick<IngestTarget, 'agencyId' | 'caseId'>,
): Promise<IngestStore> => {
  const nameObject = await throughRestarts(() =>
    store.worker.transaction().execute(async (trx) => {
      await ensureCaseKey(trx, store.keys, { agencyId, caseId });
      return ensureObjectNamer(trx, store.keys, agencyId);
    }),
  );
  const { worker: db, keys, vault, lists, config } = store;
  return { db, keys, vault, lists, nameObject, maxDecodeBytes: config.maxDecodeBytes };
};

/** A TAR would have to be gone through whole. */
export const beforeWalk = (
  { kind, path }: Source,
  limits: Parameters<typeof walkLimits>[0],
): IngestRun<unknown>['before'] =>
  kind === 'folder'
    ? { prefix: '', entries: () => folderPackage(path) }
    : kind === 'zip'
      ? { prefix: '', entries: () => walk(path, { limits: walkLimits(limits) }) }
      : undefined;

const digestContainer = async (store: Store<'worker'>, exhibit: RegisteredExhibit, pool: HashPool): Promise<void> => {
  const { source, exhibitId } = exhibit;
  if (source.kind === 'folder') return;
  const { outcome, digests } = await pool.digestLarge(source.path, null, source.sizeBytes ?? 0);
  if (!outcome.ok) throw fail('SOURCE_UNREADABLE', saying`${source.path}: ${outcome.detail}`);
  await noteContainer(store.worker, exhibitId, digests.sha256, outcome.sizeBytes);
};

export const walkLimits = ({
  archiveMaxDepth,
  archiveMaxRatio,
  archiveMaxEntries,
}: Pick<Config, 'archiveMaxDepth' | 'archiveMaxRatio' | 'archiveMaxEntries'>) => ({
  maxDepth: archiveMaxDepth,
  maxRatio: archiveMaxRatio,
  maxEntries: archiveMaxEntries,
});
