// Why nothing, or not all, could be decoded.
import type { DecodeFailureCode } from '../decode/failures.js';
import type { FfmpegEnd } from './ffmpeg.js';
import type { FilmMessages } from './sample-frames.js';

/** It was ended, by us or by the system: that says something about the moment, and only the second time about the file. */
export type Stopped = Extract<DecodeFailureCode, 'DECODER_TIMEOUT' | 'DECODER_MEMORY' | 'DECODER_DIED'>;

type Trouble = Stopped | 'FILM_NO_PICTURE' | 'FILM_CODEC_MISSING' | 'FILM_CORRUPT';

/** Null where it ended by itself, well or not. */
export const stoppedOf = (end: FfmpegEnd, { hasNoMemory }: Pick<FilmMessages, 'hasNoMemory'>): Stopped | null => {
  if (end === 'timeout') return 'DECODER_TIMEOUT';
  if (end === 'memory' || hasNoMemory) return 'DECODER_MEMORY';
  return end === 'died' ? 'DECODER_DIED' : null;
};

/** Why there is nothing at all. */
export const troubleOf = (
  end: FfmpegEnd,
  said: Pick<FilmMessages, 'hasNoCodec' | 'hasNoStream' | 'hasNoMemory'>,
): Trouble => {
  const stopped = stoppedOf(end, said);
  if (stopped !== null) return stopped;
  if (said.hasNoStream) return 'FILM_NO_PICTURE';
  return said.hasNoCodec ? 'FILM_CODEC_MISSING' : 'FILM_CORRUPT';
};
