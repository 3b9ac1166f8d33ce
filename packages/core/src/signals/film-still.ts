// A still picture in a film, and the time at which it is shown: the frame nearest to it, in any orientation. Reads the frames of a film, and takes a picture for a
// film of one. docs/methods/film-frames.md.
import { exchangedPlaces } from '../domain/places.js';
import { isComparable, TIME_LINE_HEADER_BYTES, turnedHash, type Frame } from '../film/index.js';
import { distanceBits256, HASH_BYTES, ORIENTATIONS } from '../kernels/index.js';
import { isFirst } from './feature-signal.js';
import { filmExample } from './film-examples.js';
import { filmFrames, filmFramesSignal, timeLineOf } from './film-frames.js';
import { FILM_RATES } from './film-rates.js';
import type { Comparison, Signal, SignalMethod } from './method.js';
import { PDQ_THRESHOLD_BITS } from './pdq.js';

const NAME = 'film-still';
const VERSION = 1;

/** A picture as a film of one frame; `pdq` is its signal. */
export const filmOfStill = (pdq: Signal): Signal =>
  filmFramesSignal({
    durationMs: 0,
    frames: [{ timeMs: 0, quality: pdq.quality ?? 0, marks: 0, hash: pdq.value.subarray(0, HASH_BYTES) }],
  });

interface Nearest {
  readonly bits: number;
  readonly where: Comparison['where'];
}

const compare = (a: Signal, b: Signal): Comparison => {
  const isInOrder = isFirst(a, b);
  const [first, second] = (isInOrder ? [a, b] : [b, a]).map((one) => timeLineOf(one).frames.filter(isComparable)) as [
    Frame[],
    Frame[],
  ];
  const { bits, where } = nearest(first, second);
  const isEmpty = Math.min(first.length, second.length, a.quality ?? 0, b.quality ?? 0) === 0;
  return {
    value: bits,
    unit: 'bits',
    threshold: PDQ_THRESHOLD_BITS,
    grade: !isEmpty && bits <= PDQ_THRESHOLD_BITS ? 'partial' : null,
    where: isInOrder ? where : exchangedPlaces(where),
    ...(isEmpty ? { note: { code: 'LOW_QUALITY', detail: 'no frame can be compared: flat, dark or writing' } } : {}),
  };
};

/** The nearest pair of frames, and from where to where the frame of either film is shown. */
const nearest = (first: readonly Frame[], second: readonly Frame[]): Nearest => {
  let best: Nearest = { bits: 8 * HASH_BYTES, where: { a: {}, b: {} } };
  for (const orientation of ORIENTATIONS) {
    first.forEach((frame, i) => {
      const turned = orientation === 'upright' ? frame.hash : turnedHash(frame.hash, orientation);
      second.forEach((other, j) => {
        const bits = distanceBits256(turned, other.hash);
        if (bits >= best.bits) return;
        best = {
          bits,
          where: {
            a: { orientation: 'upright', timeRange: shownAt(first, i) },
            b: { orientation, timeRange: shownAt(second, j) },
          },
        };
      });
    });
  }
  return best;
};

const shownAt = (frames: readonly Frame[], i: number): { startMs: number; endMs: number } => {
  const startMs = frames[i]!.timeMs;
  return { startMs, endMs: frames[i + 1]?.timeMs ?? startMs };
};

const still = (flipped: number): Signal => {
  const hash = filmExample(1);
  for (let bit = 0; bit < flipped; bit++) hash[bit >> 3]! ^= 1 << (bit & 7);
  return filmFramesSignal({ durationMs: 0, frames: [{ timeMs: 0, quality: 100, marks: 0, hash }] });
};

export const filmStill: SignalMethod = {
  name: NAME,
  version: VERSION,
  title: 'A still picture in a film, by its nearest frame',
  mediaTypes: ['film'],
  unit: 'bits',
  threshold: PDQ_THRESHOLD_BITS,
  matchesWhen: 'at-most',
  rates: FILM_RATES.filmStill,
  examples: [
    { a: still(0), b: still(PDQ_THRESHOLD_BITS), value: PDQ_THRESHOLD_BITS, grade: 'partial' },
    { a: still(0), b: still(PDQ_THRESHOLD_BITS + 1), value: PDQ_THRESHOLD_BITS + 1, grade: null },
  ],
  reads: filmFrames,
  headerBytes: TIME_LINE_HEADER_BYTES,
  validate: filmFrames.validate,
  compare,
};
