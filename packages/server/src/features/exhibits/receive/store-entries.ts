// A batch of entries as its sender asks for it: what is needed is asked as the sender; when nothing is, the intake stores.
import type { DiskImage, IngestBatch, IngestBatchAnswer, SeenItem } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { withContext, type Store } from '../../../store/index.js';
import { findSeen } from '../ingest/earlier-run.js';
import type { ContainerFailure } from '../ingest/containers.js';
import type { IntakeDoor } from './intake-orders.js';
import { findNeeded } from './needed.js';
import { requireRun } from './run-access.js';

/** Errors: NOT_FOUND, INGEST_ENDED, UPLOAD_SIZE_DIFFERS, INTAKE_UNAVAILABLE, DISK_FULL. */
export const storeEntries = async (
  store: Store,
  intake: IntakeDoor,
  ctx: Context,
  runId: string,
  batch: IngestBatch,
): Promise<IngestBatchAnswer> => {
  const needed = await withContext(store.app, ctx, async (trx) => {
    const run = await requireRun(trx, ctx, runId);
    return findNeeded(
      trx,
      run,
      batch.entries.flatMap((entry) => ('content' in entry ? [entry.content] : [])),
    );
  });
  if (needed.length > 0) return { stored: false, needed, mediaIds: [] };
  return intake.ask({ op: 'store', runId, batch });
};

/** What an earlier run of this exhibit left at these paths. Errors: NOT_FOUND, INGEST_ENDED. */
export const listSeen = (store: Store, ctx: Context, runId: string, paths: readonly string[]): Promise<SeenItem[]> =>
  withContext(store.app, ctx, async (trx) => {
    const run = await requireRun(trx, ctx, runId);
    const seen = await findSeen(trx, run.exhibitId, paths);
    return [...seen.values()].map(({ path, stateKey, state, media }) => ({
      path,
      stateKey,
      state,
      media: media === null ? null : { ...media, sha256: media.sha256.toString('hex') },
    }));
  });

/** Errors: NOT_FOUND, INGEST_ENDED, EXHIBIT_SOURCE_DIFFERS, INTAKE_UNAVAILABLE. */
export const noteContainerDigest = async (
  store: Store,
  intake: IntakeDoor,
  ctx: Context,
  runId: string,
  digest: { readonly sha256: string; readonly sizeBytes: number },
): Promise<void> => {
  await withContext(store.app, ctx, (trx) => requireRun(trx, ctx, runId));
  await intake.ask({ op: 'container', runId, ...digest });
};

/** Errors: NOT_FOUND, INGEST_ENDED, INTAKE_UNAVAILABLE. */
export const noteDamage = async (
  store: Store,
  intake: IntakeDoor,
  ctx: Context,
  runId: string,
  failure: ContainerFailure,
): Promise<void> => {
  await withContext(store.app, ctx, (trx) => requireRun(trx, ctx, runId));
  await intake.ask({ op: 'damage', runId, failure });
};

/** Errors: NOT_FOUND, INGEST_ENDED, INTAKE_UNAVAILABLE. */
export const noteOpenedImage = async (
  store: Store,
  intake: IntakeDoor,
  ctx: Context,
  runId: string,
  image: DiskImage,
): Promise<void> => {
  await withContext(store.app, ctx, (trx) => requireRun(trx, ctx, runId));
  await intake.ask({ op: 'image', runId, image });
};
