// What is measured of a film, whatever of it can be decoded.
import { fail, type ItemErrorCode } from '@redthread/core/errors';
import type { Vocabulary } from '@redthread/core/kernels';
import type { Signal } from '@redthread/core/signals';
import { loadVocabulary } from '../decode/vocabulary.js';
import type { DecoderOptions } from '../decode/options.js';
import type { RandomAccess } from '../walk/index.js';
import { readFilm } from './read-film.js';
import { demuxerFor } from './types-read.js';

export interface MeasuredFilm {
  /** As it is shown; null for a sound. */
  readonly widthPx: number | null;
  readonly heightPx: number | null;
  readonly durationMs: number;
  readonly signals: readonly Signal[];
  readonly notes: readonly ItemErrorCode[];
  /** Which program decoded it, and how. */
  readonly decoder: string;
}

export interface FilmReader {
  /**
   * Reads one film; the caller closes the file. Throws a RedthreadError: FILM_NO_PICTURE, FILM_CODEC_MISSING, FILM_CORRUPT, DECODER_TIMEOUT, DECODER_MEMORY,
   * FILM_DECODER_MISSING, IMAGE_UNSUPPORTED for a type that is none.
   */
  measure(file: RandomAccess, input: { readonly mime: string; readonly isExact?: boolean }): Promise<MeasuredFilm>;
}

/** A film takes longer than a picture of its size. */
const PER_MEGABYTE_MS = 4_000;

export const createFilmReader = (
  options: Pick<DecoderOptions, 'memoryMb' | 'timeoutMs' | 'timeoutPerMegabyteMs'>,
): FilmReader => {
  let vocabulary: Vocabulary | undefined;
  return {
    measure: async (file, { isExact = false, mime }) => {
      const demuxer = demuxerFor(mime);
      if (demuxer === undefined) throw fail('IMAGE_UNSUPPORTED', mime);
      if (file.sizeBytes === 0) throw fail('FILE_EMPTY', '0 bytes');
      const timeoutMs =
        options.timeoutMs + Math.max(PER_MEGABYTE_MS, options.timeoutPerMegabyteMs) * (file.sizeBytes / 1e6);
      const film = await readFilm(file, demuxer, {
        isExact,
        limits: { memoryMb: options.memoryMb, timeoutMs },
        vocabulary: (vocabulary ??= loadVocabulary()),
      });
      return {
        widthPx: film.size.widthPx,
        heightPx: film.size.heightPx,
        durationMs: film.durationMs,
        signals: film.signals,
        notes: film.notes,
        decoder: film.decoder,
      };
    },
  };
};
