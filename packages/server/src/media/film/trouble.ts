// Why nothing could be decoded.
import type { DecodeFailureCode } from '../decode/failures.js';
import type { FfmpegEnd } from './ffmpeg.js';
import type { FilmMessages } from './sample-frames.js';

type Trouble =
  | Extract<DecodeFailureCode, 'DECODER_TIMEOUT' | 'DECODER_MEMORY'>
  | 'FILM_NO_PICTURE'
  | 'FILM_CODEC_MISSING'
  | 'FILM_CORRUPT';

export const troubleOf = (
  end: FfmpegEnd,
  { hasNoCodec, hasNoStream }: Pick<FilmMessages, 'hasNoCodec' | 'hasNoStream'>,
): Trouble => {
  if (end === 'timeout') return 'DECODER_TIMEOUT';
  if (end === 'memory') return 'DECODER_MEMORY';
  if (hasNoStream) return 'FILM_NO_PICTURE';
  return hasNoCodec ? 'FILM_CODEC_MISSING' : 'FILM_CORRUPT';
};
