// What files say about themselves, read when nothing waits to be decoded: a batch at a time, so that new pictures never
// wait longer than a moment.
import { sql } from 'kysely';
import { isRedthreadError } from '@redthread/core/errors';
import { throughRestarts } from '../app/through-restarts.js';
import {
  completeWork,
  failWork,
  leaseWork,
  WORK_VERSION,
  type Lease,
  type WorkFailure,
} from '../features/work/index.js';
import { createMetadataReader, type Metadata, type MetadataReader } from '../media/metadata/index.js';
import type { Store } from '../store/index.js';
import { ahead } from './ahead.js';
import { findOriginals, markLost, readOriginal, type LostSource, type Original } from './originals.js';

const BATCH = 32;
const READ_AHEAD = 2;
const METHOD = 'exiftool';

export interface MetadataStage {
  /** Reads one batch; false when there was nothing to read. */
  workOnce(): Promise<boolean>;
  close(): Promise<void>;
}

interface Read {
  readonly lease: Lease;
  readonly metadata: Metadata;
}

export const createMetadataStage = (store: Store<'worker'>, processId: string): MetadataStage => {
  const reader = createMetadataReader();
  return {
    workOnce: async () => {
      const leases = await throughRestarts(() =>
        leaseWork(store.worker, { stage: 'metadata', processId, limit: BATCH }),
      );
      if (leases.length === 0) return false;
      const originals = await throughRestarts(() =>
        findOriginals(
          store,
          leases.map(({ mediaId }) => mediaId),
        ),
      );
      await readBatch(store, reader, leases, originals);
      return true;
    },
    close: () => reader.close(),
  };
};

const readBatch = async (
  store: Store<'worker'>,
  reader: MetadataReader,
  leases: readonly Lease[],
  originals: ReadonlyMap<string, Original>,
): Promise<void> => {
  const found: Read[] = [];
  const failures: WorkFailure[] = [];
  const lost: LostSource[] = [];
  const load = async (lease: Lease) => {
    const original = originals.get(lease.mediaId);
    return { lease, original, read: original === undefined ? null : await readOriginal(store, original) };
  };
  for await (const { lease, original, read } of ahead(asyncItems(leases), READ_AHEAD, load)) {
    lost.push(...(read?.lost ?? []));
    if (original === undefined || read === null || !read.ok) {
      failures.push({
        workId: lease.workId,
        code: 'METADATA_UNREADABLE',
        detail: read?.ok === false ? `${read.code}: ${read.detail}` : '',
      });
      continue;
    }
    try {
      found.push({ lease, metadata: await reader.read(read.bytes, original.mime) });
    } catch (error) {
      if (!isRedthreadError(error)) throw error;
      failures.push({ workId: lease.workId, code: error.code, detail: error.detail });
    }
  }
  await throughRestarts(() => storeMetadata(store, found, failures, lost));
};

async function* asyncItems<T>(items: readonly T[]): AsyncGenerator<T, void, void> {
  yield* items;
}

const storeMetadata = (
  store: Store<'worker'>,
  found: readonly Read[],
  failures: readonly WorkFailure[],
  lost: readonly LostSource[],
): Promise<void> =>
  store.worker.transaction().execute(async (trx) => {
    await sql`insert into media_metadata (media_id, agency_id, method, version, value)
      select f.media_id, f.agency_id, ${METHOD}, ${WORK_VERSION}, f.value::jsonb
      from unnest(${found.map(({ lease }) => lease.mediaId)}::uuid[], ${found.map(({ lease }) => lease.agencyId)}::uuid[],
        ${found.map(({ metadata }) => storable(metadata))}::text[]) as f (media_id, agency_id, value)
      on conflict (media_id, method, version) do update set value = excluded.value`.execute(trx);
    await markLost(trx, lost);
    await completeWork(
      trx,
      found.map(({ lease }) => lease.workId),
    );
    await failWork(trx, 'failed', failures);
  });

/** jsonb holds no NUL and no half of a surrogate pair; what a file writes about itself may hold both. */
const storable = (metadata: Metadata): string =>
  JSON.stringify(metadata)
    .replace(/\\u0000/g, '\\ufffd')
    .replace(/\\ud[89a-f][0-9a-f]{2}/gi, '\\ufffd');
