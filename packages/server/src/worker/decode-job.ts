// One decode job from the verified original to sealed renditions; whatever the file does, the answer is a result.
import { isRedthreadError, type ErrorCode } from '@redthread/core/errors';
import { givenUp, type Lease } from '../features/work/index.js';
import {
  decoderName,
  isTransientFailure,
  type DecodedImage,
  type Decoder,
  type Rendition,
} from '../media/decode/index.js';
import { isFilmOrSound, type FilmReader, type FilmView, type MeasuredFilm } from '../media/film/index.js';
import { ensureObjectNamer, kindKey, type ObjectNamer, type Store, type VaultKind } from '../store/index.js';
import type { DecodeResult, Seen, Undecoded } from './decode-result.js';
import { openOriginal, readOriginal, type LostSource, type Original, type ReadOriginal } from './originals.js';

export interface LoadedJob {
  readonly lease: Lease;
  readonly original: Original | null;
  /** Null for a film, of any size: it is read while it is decoded. */
  readonly read: ReadOriginal | null;
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
  if (isFilmOrSound(original.mime)) return { lease, original, read: null };
  return { lease, original, read: await readOriginal(store, original, allocate) };
};

export interface Readers {
  readonly decoder: Decoder;
  readonly films: FilmReader;
}

/** Errors: DISK_FULL only, which ends the worker's batch. */
export const decodeJob = async (
  store: Store<'worker'>,
  { decoder, films }: Readers,
  namerOf: NamerOf,
  { lease, original, read }: LoadedJob,
): Promise<DecodeResult> => {
  const lost = [...(read?.lost ?? [])];
  if (read?.ok === false || original === null)
    return {
      kind: 'failed',
      lease,
      lost,
      code: read?.ok === false ? read.code : 'INTERNAL',
      detail: read?.ok === false ? read.detail : '',
    };
  const why = givenUp(lease);
  if (why !== null) return { kind: 'quarantined', lease, lost, ...why };
  try {
    const { seen, renditions } =
      read === null
        ? ofFilm(await viewOriginal(store, films, { original, lost, isLastTry: wasStopped(lease) }))
        : ofPicture(await decoder.decode(read.bytes, { mime: original.mime }));
    const nameObject = await namerOf(lease.agencyId);
    const objects = renditions.map(([kind, { bytes }]) => ({
      kind,
      object: store.vault.stageBuffer(nameObject(original.sha256, kind), kindKey(original.dataKey, kind), bytes),
    }));
    return { kind: 'decoded', lease, original, seen, lost, objects };
  } catch (error) {
    if (!isRedthreadError(error) || error.code === 'DISK_FULL') throw error;
    return failureOf(lease, error.code, error.detail, lost);
  }
};

interface Decoding {
  readonly seen: Seen;
  readonly renditions: readonly (readonly [VaultKind, Pick<Rendition, 'bytes'>])[];
}

const ofPicture = ({ clear, veiled, ...image }: DecodedImage): Decoding => ({
  seen: { ...image, decoder: decoderName(image.decoder), durationMs: null, storyboard: null, loudness: null },
  renditions: [
    ['clear', clear],
    ['veiled', veiled],
  ],
});

const ofFilm = ({ view, stopped: _, ...film }: MeasuredFilm & { readonly view: FilmView | null }): Decoding => ({
  seen: { ...film, storyboard: view?.storyboard ?? null },
  renditions:
    view === null
      ? []
      : [
          ['clear', view.clear],
          ['veiled', view.veiled],
          ['storyboard', view.sheet],
          ['veiled-storyboard', view.veiledSheet],
        ],
});

interface FilmJob {
  readonly original: Original;
  readonly lost: LostSource[];
  readonly isLastTry: boolean;
}

const viewOriginal = async (store: Store<'worker'>, films: FilmReader, { isLastTry, lost, original }: FilmJob) => {
  const file = await openOriginal(store, original, lost);
  try {
    return await films.view(file, { mime: original.mime, isLastTry });
  } finally {
    await file.close?.();
  }
};

/** Whether its decoder ended too early the last time: it gets one more try. */
const wasStopped = ({ lastErrorCode }: Lease): boolean => lastErrorCode?.startsWith('DECODER_') === true;

/** A file that stops its decoder a second time is set aside. */
export const failureOf = (lease: Lease, code: ErrorCode, detail: string, lost: Undecoded['lost']): Undecoded => {
  if (!isTransientFailure(code)) return { kind: 'failed', lease, code, detail, lost };
  return wasStopped(lease)
    ? {
        kind: 'quarantined',
        lease,
        code: 'DECODER_QUARANTINED',
        detail: `${lease.lastErrorCode}, then ${code}: ${detail}`,
        lost,
      }
    : { kind: 'retry', lease, code, detail, lost };
};
