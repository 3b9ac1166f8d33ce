// A picture, a film or a sound from outside as something that can be compared, and why where it cannot.
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { regionWithin, type WrittenRegion } from '@redthread/core/domain';
import { fail, isRedthreadError, saying } from '@redthread/core/errors';
import type { Region } from '@redthread/core/geometry';
import { hasLength, partSignal, type ComparableMedia } from '@redthread/core/graph';
import {
  filmFrames,
  isFeatureless,
  LEAST_FEATURES,
  pdq,
  signalOf,
  soundWords,
  type Signal,
} from '@redthread/core/signals';
import type { Config } from '../../app/config.js';
import { sha256OfFile } from '../../disk/digest.js';
import {
  bufferAccess,
  createDecoder,
  createFilmReader,
  decoderOptionsOf,
  fileAccess,
  IDENTIFY_BYTES,
  identifyFurther,
  isDecodable,
  isFilmOrSound,
  type Decoder,
  type MeasuredImage,
  type RandomAccess,
} from '../../media/index.js';

export interface OutsidePicture {
  /** Of the bytes. */
  readonly sha256: string;
  /** What is compared: it, or the part of it that is looked for. */
  readonly seen: ComparableMedia;
  /** That part, in parts of its sides; null where all of it is looked for. */
  readonly region: Region | null;
  /** Why it is compared by its digest only, where it is. */
  readonly note: string | null;
}

/** A picture, a film or a sound in a file, or a part of a picture. Errors: SOURCE_UNREADABLE; with a region also those of `partOf`, and FILE_TOO_LARGE. */
export const readPicture = async (
  config: Config,
  file: string,
  region: WrittenRegion | null = null,
): Promise<OutsidePicture> => {
  const found = await readable(file, (path) => stat(path));
  // A pipe or a device never ends, or never begins.
  if (!found.isFile()) throw fail('SOURCE_UNREADABLE', saying`${file} is not a regular file`);
  // A film may be of any size: it is never held in memory.
  const film = region === null ? await filmIn(config, await readable(file, fileAccess)) : null;
  if (film !== null) return outsideFilm(await readable(file, sha256OfFile), film);
  if (found.size > config.maxDecodeBytes) {
    const tooLarge = `${found.size} bytes`;
    if (region !== null) throw fail('FILE_TOO_LARGE', tooLarge);
    const sha256 = await readable(file, sha256OfFile);
    const note = `FILE_TOO_LARGE: ${tooLarge}: compared by its digest only`;
    return { sha256, seen: { sha256, signals: [] }, region, note };
  }
  return pictureOf(config, await readable(file, (path) => readFile(path)), region);
};

/** One whose bytes are at hand, or a part of it. Errors, with a region: those of `partOf`. */
export const pictureOf = async (
  config: Config,
  bytes: Buffer,
  region: WrittenRegion | null = null,
): Promise<OutsidePicture> => {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (region !== null) return partOf(config, bytes, sha256, region);
  const film = await filmIn(config, bufferAccess(bytes));
  if (film !== null) return outsideFilm(sha256, film);
  try {
    const { signals } = await measured(config, bytes, (decoder, mime) => decoder.measure(bytes, { mime }));
    return { sha256, seen: { sha256, signals }, region, note: noteOf(signals) };
  } catch (error) {
    if (!isRedthreadError(error)) throw error;
    return { sha256, seen: { sha256, signals: [] }, region, note: `${error.code}: ${error.detail}` };
  }
};

type MeasuredOrNot = Pick<OutsidePicture, 'note'> & { readonly signals: readonly Signal[] };

const outsideFilm = (sha256: string, { note, signals }: MeasuredOrNot): OutsidePicture => ({
  sha256,
  seen: { sha256, signals },
  region: null,
  note,
});

/** Null where it is neither film nor sound. Closes the file. */
const filmIn = async (config: Config, file: RandomAccess): Promise<MeasuredOrNot | null> => {
  try {
    const { mime } = await identifyFurther(await file.read(0, IDENTIFY_BYTES), file.sizeBytes);
    if (!isFilmOrSound(mime)) return null;
    const { notes, signals } = await createFilmReader(decoderOptionsOf(config)).measure(file, { mime });
    return { signals, note: noteOfFilm(signals) ?? notes[0] ?? null };
  } catch (error) {
    if (!isRedthreadError(error)) throw error;
    return { signals: [], note: `${error.code}: ${error.detail}` };
  } finally {
    await file.close?.();
  }
};

const noteOfFilm = (signals: readonly Signal[]): string | null =>
  hasLength(signals) && [filmFrames, soundWords].every((method) => (signalOf(signals, method)?.quality ?? 0) === 0)
    ? 'LOW_QUALITY: nothing that it shows or that is heard in it can be compared'
    : null;

/** A part has no bytes of its own that a digest could find. Errors: REGION_OUTSIDE, REGION_TOO_SMALL; those of decoding. */
const partOf = async (
  config: Config,
  bytes: Buffer,
  sha256: string,
  region: WrittenRegion,
): Promise<OutsidePicture> => {
  const image = await measured(config, bytes, (decoder, mime) => decoder.measureRegion(bytes, { mime, region }));
  const within = regionWithin(region, image);
  const own = createHash('sha256').update(sha256).update(JSON.stringify(within)).digest('hex');
  const note = partSignal(image.signals) === undefined ? TOO_FEW : null;
  return { sha256, seen: { sha256: own, signals: image.signals }, region: within, note };
};

const TOO_FEW = `LOW_QUALITY: the region has fewer than ${LEAST_FEATURES} features that could be found elsewhere`;

const noteOf = (signals: readonly Signal[]): string | null => {
  const whole = signalOf(signals, pdq);
  return whole === undefined || isFeatureless(whole)
    ? `LOW_QUALITY: quality ${whole?.quality ?? 0}: too few features to compare by sight`
    : null;
};

const readable = <T>(file: string, read: (file: string) => Promise<T>): Promise<T> =>
  read(file).catch((cause: unknown) => {
    throw fail('SOURCE_UNREADABLE', file, { cause });
  });

const measured = async (
  config: Config,
  bytes: Buffer,
  measure: (decoder: Decoder, mime: string) => Promise<MeasuredImage>,
): Promise<MeasuredImage> => {
  const { mime } = await identifyFurther(bytes.subarray(0, IDENTIFY_BYTES), bytes.length);
  if (isFilmOrSound(mime))
    throw fail('IMAGE_UNSUPPORTED', saying`${mime} is looked for as a whole: a region is a part of a picture`);
  if (!isDecodable(mime)) throw fail('IMAGE_UNSUPPORTED', saying`${mime} is compared by its digest only`);
  const decoder = createDecoder(decoderOptionsOf(config));
  try {
    return await measure(decoder, mime);
  } finally {
    await decoder.close();
  }
};
