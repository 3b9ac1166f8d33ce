// What is measured of a film, whatever of it can be decoded.
import { fail, isRedthreadError, type ItemErrorCode, type RedthreadError } from '@redthread/core/errors';
import type { Vocabulary } from '@redthread/core/kernels';
import { filmFrames, signalOf, timeLineOf, type Signal } from '@redthread/core/signals';
import { loadVocabulary } from '../decode/vocabulary.js';
import type { DecoderOptions } from '../decode/options.js';
import type { RandomAccess } from '../walk/index.js';
import { readFilm, type FilmPicture } from './read-film.js';
import { readSound, type FilmSound } from './read-sound.js';
import { LONGEST_FILM_MS } from './ffmpeg.js';
import type { FilmView } from './storyboard.js';
import type { Stopped } from './trouble.js';
import { demuxerFor, isSound } from './types-read.js';

export interface MeasuredFilm {
  /** As it is shown; null for a sound. */
  readonly widthPx: number | null;
  readonly heightPx: number | null;
  readonly durationMs: number;
  /** Of its sound, along its length; null where there is none. */
  readonly loudness: readonly number[] | null;
  readonly signals: readonly Signal[];
  readonly notes: readonly ItemErrorCode[];
  /** What ended a decoder before it had read all: FILM_CUT_SHORT is among the notes then. */
  readonly stopped: Stopped | null;
  /** Which program decoded it, and how. */
  readonly decoder: string;
}

export interface FilmReader {
  /**
   * Reads one film; the caller closes the file. Throws a RedthreadError: FILM_NO_PICTURE, FILM_CODEC_MISSING, FILM_CORRUPT, DECODER_TIMEOUT, DECODER_MEMORY,
   * DECODER_DIED, FILM_DECODER_MISSING, IMAGE_UNSUPPORTED for a type that is none.
   */
  measure(file: RandomAccess, input: { readonly mime: string; readonly isExact?: boolean }): Promise<MeasuredFilm>;
  /**
   * The same, with what a person sees of it; null where it has no picture, and with FILM_NO_STILLS where it has. Only the last try keeps what came
   * of it where its decoder was stopped before its end.
   */
  view(
    file: RandomAccess,
    input: { readonly mime: string; readonly isLastTry: boolean },
  ): Promise<MeasuredFilm & { readonly view: FilmView | null }>;
}

/** A film takes longer than a picture of its size, and no longer than the longest one plays: a file may be as large as it likes. */
const PER_MEGABYTE_MS = 4_000;

export const createFilmReader = (
  options: Pick<DecoderOptions, 'memoryMb' | 'timeoutMs' | 'timeoutPerMegabyteMs'>,
): FilmReader => {
  let vocabulary: Vocabulary | undefined;
  const orderFor = (file: RandomAccess, mime: string) => {
    const demuxer = demuxerFor(mime);
    if (demuxer === undefined) throw fail('IMAGE_UNSUPPORTED', mime);
    if (file.sizeBytes === 0) throw fail('FILE_EMPTY', '0 bytes');
    const forSizeMs = Math.max(PER_MEGABYTE_MS, options.timeoutPerMegabyteMs) * (file.sizeBytes / 1e6);
    const timeoutMs = Math.min(options.timeoutMs + forSizeMs, LONGEST_FILM_MS);
    return { demuxer, limits: { memoryMb: options.memoryMb, timeoutMs } };
  };
  const reader: FilmReader = {
    measure: async (file, { isExact = false, mime }) => {
      const { demuxer, limits } = orderFor(file, mime);
      // Two children at once: neither waits for the other.
      const [pictures, sounds] = await Promise.allSettled([
        isSound(mime)
          ? null
          : readFilm(file, demuxer, { isExact, limits, vocabulary: (vocabulary ??= loadVocabulary()) }),
        readSound(file, demuxer, limits),
      ]);
      return measured(pictures, sounds);
    },
    view: async (file, { isLastTry, mime }) => {
      const film = await reader.measure(file, { mime });
      if (film.stopped !== null && !isLastTry) throw fail(film.stopped, 'it was stopped before it had read all');
      const frames = signalOf(film.signals, filmFrames);
      const { demuxer, limits } = orderFor(file, mime);
      if (frames === undefined) return { ...film, view: null };
      // Only where pictures are encoded: the encoder takes memory, and is set up for its whole process.
      const { viewFilm } = await import('./storyboard.js');
      const { stopped, view } = await viewFilm(file, demuxer, timeLineOf(frames), limits);
      if (stopped !== null && !isLastTry) throw fail(stopped, 'it was stopped while it made stills');
      return { ...film, view, notes: [...(view === null ? (['FILM_NO_STILLS'] as const) : []), ...film.notes] };
    },
  };
  return reader;
};

/** What of picture and sound could be read; what could not is a note, unless there is nothing else. */
const measured = (
  pictures: PromiseSettledResult<FilmPicture | null>,
  sounds: PromiseSettledResult<FilmSound | null>,
): MeasuredFilm => {
  const film = pictures.status === 'fulfilled' ? pictures.value : null;
  const sound = sounds.status === 'fulfilled' ? sounds.value : null;
  const failures = [pictures, sounds].flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []));
  // What says nothing of the film is not of it: a seal that does not hold, a disk that cannot be read.
  const unforeseen = failures.find((error) => !isOfFilm(error) && !isStop(error));
  if (unforeseen !== undefined) throw unforeseen;
  const stops = failures.filter(isStop);
  if (film === null && sound === null)
    throw stops[0] ?? failures[0] ?? fail('FILM_CORRUPT', 'there is neither picture nor sound in it');
  const stopped = film?.stopped ?? sound?.stopped ?? stops[0]?.code ?? null;
  // Half of it was decoded.
  const codes = failures.filter(isOfFilm).map(({ code }) => (code === 'FILM_CORRUPT' ? 'FILM_DAMAGED' : code));
  const isDamaged = sound?.isDamaged === true && film?.notes.includes('FILM_DAMAGED') !== true;
  const durationMs = Math.max(film?.durationMs ?? 0, sound?.durationMs ?? 0);
  return {
    widthPx: film?.size.widthPx ?? null,
    heightPx: film?.size.heightPx ?? null,
    durationMs,
    loudness: sound?.loudness ?? null,
    signals: [...(film?.signals ?? []), ...(sound === null ? [] : [sound.signal])],
    stopped,
    notes: [
      ...(stopped === null ? [] : (['FILM_CUT_SHORT'] as const)),
      ...(film?.notes ?? []),
      ...codes,
      ...(isDamaged ? (['FILM_DAMAGED'] as const) : []),
      ...(durationMs > LONGEST_FILM_MS ? (['FILM_TOO_LONG'] as const) : []),
    ],
    decoder: film?.decoder ?? `ffmpeg ${sound?.version}`,
  };
};

const isStop = (error: unknown): error is RedthreadError & { readonly code: Stopped } =>
  isRedthreadError(error) && error.code.startsWith('DECODER_');

const isOfFilm = (
  error: unknown,
): error is RedthreadError & { readonly code: Extract<ItemErrorCode, `FILM_${string}`> } =>
  isRedthreadError(error) && error.code.startsWith('FILM_');
