// Two sounds, aligned along their lengths by the words of their notes: the same recording re-encoded or cut, in films as well. docs/methods/sound-words.md.
import { exchangedPlaces } from '../domain/places.js';
import { fail } from '../errors/index.js';
import {
  compareSounds,
  LEAST_WORDS,
  packSoundLine,
  SOUND_HEADER_BYTES,
  soundLineBytes,
  unpackSoundLine,
  type SoundLine,
  type SoundSegment,
} from '../sound/index.js';
import { isFirst } from './feature-signal.js';
import { filmExample } from './film-examples.js';
import { SOUND_RATES } from './film-rates.js';
import type { Comparison, Signal, SignalMethod } from './method.js';
import { checkSignal } from './validate.js';

const NAME = 'sound-words';
const VERSION = 1;
/** Of both sounds this share has to be covered where they are the same. */
const SAME_SHARE = 0.8;

/** Quality is the number of words in which something is heard, up to 100. */
export const soundWordsSignal = (line: SoundLine): Signal => ({
  method: NAME,
  version: VERSION,
  quality: Math.min(100, heardWords(line)),
  value: packSoundLine(line),
});

export const soundLineOf = (signal: Signal): SoundLine => unpackSoundLine(signal.value);

const heardWords = ({ heard }: SoundLine): number => heard.reduce((sum, one) => sum + one, 0);

const compare = (a: Signal, b: Signal): Comparison => {
  const isInOrder = isFirst(a, b);
  const [first, second] = isInOrder ? [a, b] : [b, a];
  const [from, to] = [soundLineOf(first), soundLineOf(second)];
  const segments = compareSounds(from, to);
  const strong = segments.filter(({ aligned }) => aligned >= LEAST_WORDS);
  const told = strong.length > 0 ? strong : segments.slice(0, 1);
  const value = Math.round(told.reduce((sum, { aligned }) => sum + aligned, 0) * 10) / 10;
  const least = Math.min(a.quality ?? 0, b.quality ?? 0, heardWords(from), heardWords(to));
  const isMatch = least >= LEAST_WORDS && value >= LEAST_WORDS;
  const isSame = Math.min(covered(told, 'a', from), covered(told, 'b', to)) >= SAME_SHARE;
  const where = isMatch ? placesOf(told) : { a: {}, b: {} };
  return {
    value,
    unit: 'words',
    threshold: LEAST_WORDS,
    grade: isMatch ? (isSame ? 'same content' : 'partial') : null,
    where: isInOrder ? where : exchangedPlaces(where),
    ...(least >= LEAST_WORDS
      ? {}
      : {
          note: {
            code: 'LOW_QUALITY',
            detail: `words in which something is heard: ${least}; ${LEAST_WORDS} are the least`,
          },
        }),
  };
};

const covered = (segments: readonly SoundSegment[], side: 'a' | 'b', { durationMs }: SoundLine): number =>
  segments.reduce((sum, segment) => sum + segment[side].endMs - segment[side].startMs, 0) / Math.max(1, durationMs);

const placesOf = (segments: readonly SoundSegment[]): Comparison['where'] => ({
  a: { timeRange: segments[0]!.a },
  b: { timeRange: segments[0]!.b },
  segments: segments.map(({ a, b }) => ({ a, b, speed: 1 })),
});

/** Throws HASH_INVALID, QUALITY_INVALID. */
const validate = (signal: Signal): void => {
  const bytes = Math.max(SOUND_HEADER_BYTES, soundLineBytes(signal.value));
  checkSignal(signal, { method: NAME, version: VERSION, bytes, hasQuality: true });
  if (soundLineBytes(signal.value) < 0)
    throw fail('HASH_INVALID', `${NAME}: ${signal.value.length} bytes of another form`);
};

const EXAMPLE_WORDS = 24;
/** The first `common` words are always the same ones, the others have no bit of them right. */
const sound = (common: number): Signal => {
  const words = Uint32Array.from({ length: EXAMPLE_WORDS }, (_, i) => {
    const word = new DataView(filmExample(i + 1).buffer).getUint32(0, true);
    return i < common ? word : ~word;
  });
  return soundWordsSignal({ durationMs: 5_000, words, heard: new Uint8Array(EXAMPLE_WORDS).fill(1) });
};

export const soundWords: SignalMethod = {
  name: NAME,
  version: VERSION,
  title: 'Two sounds, aligned along their lengths by the words of their notes',
  mediaTypes: ['film', 'sound'],
  unit: 'words',
  threshold: LEAST_WORDS,
  matchesWhen: 'at-least',
  headerBytes: SOUND_HEADER_BYTES,
  rates: SOUND_RATES.soundWords,
  examples: [
    { a: sound(EXAMPLE_WORDS), b: sound(EXAMPLE_WORDS), value: EXAMPLE_WORDS, grade: 'same content' },
    { a: sound(EXAMPLE_WORDS), b: sound(LEAST_WORDS), value: LEAST_WORDS, grade: 'partial' },
    { a: sound(EXAMPLE_WORDS), b: sound(LEAST_WORDS - 1), value: LEAST_WORDS - 1, grade: null },
  ],
  validate,
  compare,
};
