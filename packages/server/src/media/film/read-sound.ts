// The sound of a file as it is compared: decoded by ffmpeg to one channel, and made words of as it comes.
import { fail } from '@redthread/core/errors';
import { soundWordsSignal, type Signal } from '@redthread/core/signals';
import { ChromaWords, Loudness, MOST_WORDS, SOUND_RATE_HZ } from '@redthread/core/sound';
import type { RandomAccess } from '../walk/index.js';
import { runFfmpeg, type FfmpegLimits } from './ffmpeg.js';
import { Messages } from './sample-frames.js';
import { streamable } from './streamable.js';
import { stoppedOf, troubleOf, type Stopped } from './trouble.js';

export interface FilmSound {
  readonly durationMs: number;
  readonly signal: Signal;
  /** Along its length: see `Loudness`. */
  readonly loudness: readonly number[];
  readonly isDamaged: boolean;
  /** What ended it before it had heard all. */
  readonly stopped: Stopped | null;
  readonly version: string;
}

const FULL_SCALE = 32_768;

/** Null where there is none. Errors: FILM_CODEC_MISSING, FILM_CORRUPT, DECODER_TIMEOUT, DECODER_MEMORY, DECODER_DIED, FILM_DECODER_MISSING. */
export const readSound = async (
  file: RandomAccess,
  demuxer: string,
  limits: FfmpegLimits,
): Promise<FilmSound | null> => {
  const words = new ChromaWords();
  const loudness = new Loudness();
  const messages = new Messages();
  let samples = 0;
  let odd: number | null = null;
  const end = await runFfmpeg({
    demuxer,
    inputOptions: [],
    outputOptions: ['-map', '0:a:0', '-vn', '-sn', '-dn', '-ac', '1', '-ar', String(SOUND_RATE_HZ), '-f', 's16le'],
    input: streamable(file, demuxer),
    limits,
    onOutput: (piece) => {
      const bytes: Buffer = odd === null ? piece : Buffer.concat([Buffer.of(odd), piece]);
      odd = bytes.length % 2 === 1 ? bytes[bytes.length - 1]! : null;
      const count = bytes.length >> 1;
      samples += count;
      const heard = Float64Array.from({ length: count }, (_, i) => bytes.readInt16LE(2 * i) / FULL_SCALE);
      loudness.take(heard);
      if (words.words.length < MOST_WORDS) words.take(heard);
    },
    onMessage: (line) => messages.take(line),
  });
  if (samples === 0) {
    if (messages.hasNoStream) return null;
    throw fail(troubleOf(end, messages), 'nothing of its sound could be decoded');
  }
  const durationMs = Math.round((samples / SOUND_RATE_HZ) * 1000);
  const line = {
    durationMs,
    words: Uint32Array.from(words.words.slice(0, MOST_WORDS)),
    heard: Uint8Array.from(words.sounds.slice(0, MOST_WORDS), Number),
  };
  return {
    durationMs,
    signal: soundWordsSignal(line),
    loudness: loudness.bars(),
    isDamaged: messages.isDamaged || end === 'failed',
    stopped: stoppedOf(end, messages),
    version: messages.version,
  };
};
