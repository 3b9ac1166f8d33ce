// One decode job from the verified original to sealed renditions; whatever the file does, the answer is a result.
import { isRedthreadError, type ErrorCode } from '@redthread/core/errors';
import { givenUp, type Lease } from '../features/work/index.js';
import { isTransientFailure, type Decoder } from '../media/decode/index.js';
import {
  ensureObjectNamer,
  kindKey,
  type ObjectNamer,
  type StagedObject,
  type Store,
  type VaultKind,
} from '../store/index.js';
import type { DecodeResult, Undecoded } from './decode-result.js';
import { readOriginal, type Original, type ReadOriginal } from './originals.js';

export interface LoadedJob {
  readonly lease: Lease;
  readonly original: Original | null;
  readonly read: ReadOriginal;
}

export type NamerOf = (agencyId: string) => Promise<ObjectNamer>;

/** Namers of vault objects, one an agency, asked for once. */
export const objectNamers = (store: Store<'worker'>): NamerOf => {
  const namers = new Map<string, ObjectNamer>();
  return async (agencyId) => {
    const known = namers.get(agencyId);
    if (known !== undefined) return known;
    const made = await store.worker.transaction().execute((trx) => ensureObjectNamer(trx, store.keys, agencyId));
    namers.set(agencyId, made);
    return made;
  };
};

/** Reads the original of a job while the one before is being decoded. */
export const loadJob = async (
  store: Store<'worker'>,
  lease: Lease,
  original: Original | undefined,
  allocate: (sizeBytes: number) => Buffer,
): Promise<LoadedJob> => {
  if (original === undefined)
    return {
      lease,
      original: null,
      read: { ok: false, code: 'VAULT_MISSING', detail: 'no key opens this media', lost: [] },
    };
  return { lease, original, read: await readOriginal(store, original, allocate) };
};

/** Errors: DISK_FULL only, which ends the worker's batch. */
export const decodeJob = async (
  store: Store<'worker'>,
  decoder: Decoder,
  namerOf: NamerOf,
  { lease, original, read }: LoadedJob,
): Promise<DecodeResult> => {
  const { lost } = read;
  if (!read.ok || original === null)
    return { kind: 'failed', lease, lost, code: read.ok ? 'INTERNAL' : read.code, detail: read.ok ? '' : read.detail };
  const why = givenUp(lease);
  if (why !== null) return { kind: 'quarantined', lease, lost, ...why };
  try {
    const { clear, veiled, ...image } = await decoder.decode(read.bytes, { mime: original.mime });
    const nameObject = await namerOf(lease.agencyId);
    const seal = (kind: VaultKind, bytes: Buffer): StagedObject =>
      store.vault.stageBuffer(nameObject(original.sha256, kind), kindKey(original.dataKey, kind), bytes);
    return {
      kind: 'decoded',
      lease,
      original,
      image,
      lost,
      clear: seal('clear', clear.bytes),
      veiled: seal('veiled', veiled.bytes),
    };
  } catch (error) {
    if (!isRedthreadError(error) || error.code === 'DISK_FULL') throw error;
    return failureOf(lease, error.code, error.detail, lost);
  }
};

/** A file that stops its decoder a second time is set aside. */
export const failureOf = (lease: Lease, code: ErrorCode, detail: string, lost: Undecoded['lost']): Undecoded => {
  if (!isTransientFailure(code)) return { kind: 'failed', lease, code, detail, lost };
  return lease.lastErrorCode?.startsWith('DECODER_') === true
    ? {
        kind: 'quarantined',
        lease,
        code: 'DECODER_QUARANTINED',
        detail: `${lease.lastErrorCode}, then ${code}: ${detail}`,
        lost,
      }
    : { kind: 'retry', lease, code, detail, lost };
};
