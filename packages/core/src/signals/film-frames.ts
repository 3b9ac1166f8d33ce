// The pictures of two films, aligned along their lengths: re-encoded, cut, sped up, mirrored, framed in black. docs/methods/film-frames.md.
import { exchangedPlaces } from '../domain/places.js';
import { fail } from '../errors/index.js';
import {
  compareTimeLines,
  isComparable,
  LEAST_ALIGNED,
  packTimeLine,
  TIME_LINE_HEADER_BYTES,
  timeLineBytes,
  unpackTimeLine,
  type FilmAgreement,
  type Frame,
  type TimeLine,
} from '../film/index.js';
import { isFirst } from './feature-signal.js';
import { FILM_RATES } from './film-rates.js';
import { filmExample } from './film-examples.js';
import type { Comparison, Signal, SignalMethod } from './method.js';
import { checkSignal } from './validate.js';

const NAME = 'film-frames';
const VERSION = 1;
/** Of both films this share has to be covered where they are the same. */
const SAME_SHARE = 0.8;

/** Quality is the number of frames that can be compared, up to 100. */
export const filmFramesSignal = (line: TimeLine): Signal => ({
  method: NAME,
  version: VERSION,
  quality: Math.min(100, line.frames.filter(isComparable).length),
  value: packTimeLine(line),
});

/** The time line that a signal holds. */
export const timeLineOf = (signal: Signal): TimeLine => unpackTimeLine(signal.value);

const compare = (a: Signal, b: Signal): Comparison => {
  const isInOrder = isFirst(a, b);
  const [first, second] = isInOrder ? [a, b] : [b, a];
  const agreement = compareTimeLines(timeLineOf(first), timeLineOf(second));
  const value = Math.round(agreement.aligned * 10) / 10;
  const least = Math.min(...[a, b].map((one) => Math.min(one.quality ?? 0, comparableCount(one))));
  const isMatch = least >= LEAST_ALIGNED && value >= LEAST_ALIGNED;
  const isSame = Math.min(agreement.covered.a, agreement.covered.b) >= SAME_SHARE;
  const where = isMatch ? placesOf(agreement) : { a: {}, b: {} };
  return {
    value,
    unit: 'frames',
    threshold: LEAST_ALIGNED,
    grade: isMatch ? (isSame ? 'same content' : 'partial') : null,
    where: isInOrder ? where : exchangedPlaces(where),
    ...(least >= LEAST_ALIGNED
      ? {}
      : {
          note: {
            code: 'LOW_QUALITY',
            detail: `frames that are not flat, dark or writing: ${least}; ${LEAST_ALIGNED} are the least`,
          },
        }),
  };
};

const comparableCount = (signal: Signal): number => timeLineOf(signal).frames.filter(isComparable).length;

/** The longest segment as the time range, and all of them where there are several or one does not run at its speed. */
const placesOf = ({ orientation, segments }: FilmAgreement): Comparison['where'] => {
  const [longest] = [...segments].sort((x, y) => y.aligned - x.aligned);
  return {
    a: { orientation: 'upright', ...(longest ? { timeRange: longest.a } : {}) },
    b: { orientation, ...(longest ? { timeRange: longest.b } : {}) },
    segments: segments.map(({ a, b, speed }) => ({ a, b, speed })),
  };
};

/** Throws HASH_INVALID, QUALITY_INVALID. */
const validate = (signal: Signal): void => {
  const bytes = Math.max(TIME_LINE_HEADER_BYTES, timeLineBytes(signal.value));
  checkSignal(signal, { method: NAME, version: VERSION, bytes, hasQuality: true });
  if (timeLineBytes(signal.value) < 0)
    throw fail('HASH_INVALID', `${NAME}: ${signal.value.length} bytes of another form`);
};

const frame = (timeMs: number, seed: number): Frame => ({ timeMs, quality: 100, marks: 0, hash: filmExample(seed) });
const film = (seeds: readonly number[]): Signal =>
  filmFramesSignal({ durationMs: seeds.length * 1000, frames: seeds.map((seed, i) => frame(i * 1000, seed)) });

export const filmFrames: SignalMethod = {
  name: NAME,
  version: VERSION,
  title: 'The pictures of two films, aligned along their lengths',
  mediaTypes: ['film'],
  unit: 'frames',
  threshold: LEAST_ALIGNED,
  matchesWhen: 'at-least',
  headerBytes: TIME_LINE_HEADER_BYTES,
  rates: FILM_RATES.filmFrames,
  examples: [
    { a: film([1, 2, 3, 4, 5, 6, 7, 8]), b: film([1, 2, 3, 4, 5, 6, 7, 8]), value: 8, grade: 'same content' },
    { a: film([1, 2, 3, 4, 5, 6, 7, 8]), b: film([21, 22, 3, 4, 5, 26, 27, 28]), value: 3, grade: 'partial' },
    { a: film([1, 2, 3, 4, 5, 6, 7, 8]), b: film([21, 22, 3, 4, 25, 26, 27, 28]), value: 2, grade: null },
  ],
  validate,
  compare,
};
