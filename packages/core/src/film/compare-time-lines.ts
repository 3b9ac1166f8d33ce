// Where two films show the same: frames that look alike, turned or not, aligned along both lengths; the evidence of each segment, and how much of both it covers.
import { distanceWords256 } from '../kernels/hamming.js';
import { ORIENTATIONS, type Orientation } from '../kernels/orientation.js';
import { alignHits, type Hit, type Line } from './align.js';
import { frameWords } from './frame-words.js';
import { isComparable, type Frame, type TimeLine } from './time-line.js';

/** Frames farther apart than this are no hit. Those of different films start near 90 bits; one that was edited, or seen half a second later, lies between. */
const HIT_BITS = 66;
/** Up to here a frame counts as one. */
const SAME_BITS = 31;
/** A frame that differs by fewer bits from the one that counted before shows nothing new. */
const NEW_BITS = 20;
/** What such a frame still counts: more where it is nearly exact. */
const REPEATED = 0.2;
const REPEATED_EXACTLY = 0.5;
const EXACT_BITS = 8;
/** Aligned frames that a segment takes. */
export const LEAST_ALIGNED = 3;
/** Frames that one hit may be alike of the other film. */
const MOST_PARTNERS = 48;
/** Seconds. */
const TOLERANCE_S = 0.9;
const LEAST_GAP_S = 6;
/** What is nearer to the end of a film than this, with nothing comparable between, reaches it. */
const END_S = 2.5;

const range = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => Math.round((from + i * step) * 1000) / 1000);
const SPEEDS = range(0.8, 1.25, 0.01);
const BOTH_WAYS = [...SPEEDS, ...SPEEDS.map((speed) => -speed)];

export interface TimeRange {
  readonly startMs: number;
  readonly endMs: number;
}

export interface Segment {
  readonly a: TimeRange;
  readonly b: TimeRange;
  /** So many times as long in `b`; negative where it runs backwards there. */
  readonly speed: number;
  /** Aligned frames, those that show nothing new counted in part. */
  readonly aligned: number;
}

export interface FilmAgreement {
  /** `b` shows `a` after this turn. */
  readonly orientation: Orientation;
  /** Strongest first; where none is strong enough, the strongest. */
  readonly segments: readonly Segment[];
  /** Aligned frames of all segments. */
  readonly aligned: number;
  /** Share of what can be compared of each film that the segments cover. */
  readonly covered: { readonly a: number; readonly b: number };
}

const NOTHING: FilmAgreement = { orientation: 'upright', segments: [], aligned: 0, covered: { a: 0, b: 0 } };

/** Upright first; turned only where that shows little, and as what most frames look like. */
export const compareTimeLines = (a: TimeLine, b: TimeLine): FilmAgreement => {
  const [from, to] = [a.frames.filter(isComparable), b.frames.filter(isComparable)];
  if (from.length === 0 || to.length === 0) return NOTHING;
  const words = frameWords(to, 'upright');
  const upright = agreement(a, b, from, to, hitsOf(frameWords(from, 'upright'), words), 'upright');
  if (upright.aligned >= LEAST_ALIGNED) return upright;
  const turn = likeliestTurn(from, words);
  if (turn === null) return upright;
  const turned = agreement(a, b, from, to, hitsOf(frameWords(from, turn), words), turn);
  return turned.aligned > upright.aligned ? turned : upright;
};

const SAMPLED_FRAMES = 48;

/** The turn by which most of some frames of one film look like some frame of the other; null where that is hardly ever. */
const likeliestTurn = (from: readonly Frame[], to: Int32Array): Orientation | null => {
  const step = Math.max(1, Math.floor(from.length / SAMPLED_FRAMES));
  const sampled = from.filter((_, i) => i % step === 0);
  let best: Orientation | null = null;
  let most = 0;
  for (const orientation of ORIENTATIONS.slice(1)) {
    const weight = hitsOf(frameWords(sampled, orientation), to).reduce((sum, hit) => sum + hit.weight, 0);
    if (weight > most) [most, best] = [weight, orientation];
  }
  return best;
};

/** A weight of 1 up to the bits of the same picture, then less, to none. */
const weightOf = (bits: number): number => (bits <= SAME_BITS ? 1 : (HIT_BITS - bits) / (HIT_BITS - SAME_BITS));

const hitsOf = (from: Int32Array, to: Int32Array): Hit[] => {
  const hits: Hit[] = [];
  for (let a = 0; a * 8 < from.length; a++) {
    const own: Hit[] = [];
    for (let b = 0; b * 8 < to.length; b++) {
      const bits = distanceWords256(from, a * 8, to, b * 8, HIT_BITS - 1);
      if (bits < HIT_BITS) own.push({ a, b, weight: weightOf(bits) });
    }
    if (own.length > MOST_PARTNERS) own.sort((x, y) => y.weight - x.weight).length = MOST_PARTNERS;
    hits.push(...own);
  }
  return hits;
};

const medianStep = (times: readonly number[]): number => {
  const steps = times.slice(1).map((time, i) => time - times[i]!);
  return steps.sort((x, y) => x - y)[steps.length >> 1] ?? 0;
};

/** One of the two films, and what is asked of it for each line. */
interface Side {
  readonly film: TimeLine;
  readonly frames: readonly Frame[];
  /** Seconds. */
  readonly times: readonly number[];
  /** From one frame to the next, mostly. */
  readonly stepS: number;
  readonly words: Int32Array;
}

const sideOf = (film: TimeLine, frames: readonly Frame[]): Side => {
  const times = frames.map(({ timeMs }) => timeMs / 1000);
  return { film, frames, times, stepS: medianStep(times), words: frameWords(frames, 'upright') };
};

const agreement = (
  a: TimeLine,
  b: TimeLine,
  from: readonly Frame[],
  to: readonly Frame[],
  hits: readonly Hit[],
  orientation: Orientation,
): FilmAgreement => {
  const [sideA, sideB] = [sideOf(a, from), sideOf(b, to)];
  const [{ times: timesA }, { times: timesB }] = [sideA, sideB];
  const gapS = Math.max(LEAST_GAP_S, 4 * sideA.stepS, 4 * sideB.stepS);
  const lines = alignHits(hits, { timesA, timesB, speeds: BOTH_WAYS, toleranceS: TOLERANCE_S, gapS });
  const all = lines.map((line) => segmentOf(line, sideA, sideB));
  const strong = all.filter(({ aligned }) => aligned >= LEAST_ALIGNED);
  const segments = strong.length > 0 ? strong : all.slice(0, 1);
  return {
    orientation,
    segments,
    aligned: segments.reduce((most, { aligned }) => most + aligned, 0),
    covered: { a: share(segments, 'a', a, from), b: share(segments, 'b', b, to) },
  };
};

const segmentOf = (line: Line, sideA: Side, sideB: Side): Segment => {
  const { hits, offsetS, speed } = line;
  const [{ film: a, frames: from, times: timesA }, { film: b, frames: to }] = [sideA, sideB];
  const [first, last] = [hits[0]!, hits[hits.length - 1]!];
  const half = (step: number): number => Math.min(1, step) / 2;
  // Told in the time of `a`: half a step beyond the outermost frames, or to the end of either film.
  const inA = (tb: number): number => (tb - offsetS) / speed;
  const endsOfB = [inA(0), inA(b.durationMs / 1000)].sort((x, y) => x - y) as [number, number];
  const [lowB, highB] = first.b < last.b ? [first.b, last.b] : [last.b, first.b];
  const isFirstOfA = first.a === 0;
  const isLastOfA = last.a === from.length - 1;
  const [isFirstOfB, isLastOfB] =
    speed > 0 ? [lowB === 0, highB === to.length - 1] : [highB === to.length - 1, lowB === 0];
  const [tFirst, tLast] = [timesA[first.a]!, timesA[last.a]!];
  const margin = Math.min(half(sideA.stepS), half(sideB.stepS));
  const candidates = (at: number, isOfA: boolean, endOfA: number, isOfB: boolean, endOfB: number): number[] => [
    ...(isOfA && Math.abs(at - endOfA) <= END_S ? [endOfA] : []),
    ...(isOfB && Math.abs(at - endOfB) <= END_S ? [endOfB] : []),
  ];
  const starts = candidates(tFirst, isFirstOfA, 0, isFirstOfB, endsOfB[0]);
  const ends = candidates(tLast, isLastOfA, a.durationMs / 1000, isLastOfB, endsOfB[1]);
  const start = Math.max(0, endsOfB[0], starts.length > 0 ? Math.max(...starts) : tFirst - margin);
  const end = Math.min(a.durationMs / 1000, endsOfB[1], ends.length > 0 ? Math.min(...ends) : tLast + margin);
  const [s, e] = start <= end ? [start, end] : [tFirst, tLast];
  const inB = [speed * s + offsetS, speed * e + offsetS].sort((x, y) => x - y) as [number, number];
  const clipped = (seconds: number, film: TimeLine): number =>
    Math.max(0, Math.min(film.durationMs, Math.round(seconds * 1000)));
  return {
    a: { startMs: clipped(s, a), endMs: clipped(e, a) },
    b: { startMs: clipped(inB[0], b), endMs: clipped(inB[1], b) },
    speed: Math.round(speed * 1000) / 1000,
    aligned: Math.round(alignedFrames(hits, sideA.words, sideB.words) * 10) / 10,
  };
};

/** What the hits of a line are worth: a frame that shows what the one before showed says little more. */
const alignedFrames = (hits: readonly Hit[], words: Int32Array, others: Int32Array): number => {
  let counted = -1;
  let countedB = -1;
  let sum = 0;
  for (const { a, b, weight } of hits) {
    const isNew =
      counted < 0 ||
      (distanceWords256(words, a * 8, words, counted * 8, NEW_BITS) > NEW_BITS &&
        distanceWords256(others, b * 8, others, countedB * 8, NEW_BITS) > NEW_BITS);
    const isExact = weight === 1 && distanceWords256(words, a * 8, others, b * 8, EXACT_BITS) <= EXACT_BITS;
    sum += weight * (isNew ? 1 : isExact ? REPEATED_EXACTLY : REPEATED);
    if (isNew) [counted, countedB] = [a, b];
  }
  return sum;
};

/** Of the time from the first to the last frame that can be compared: what the segments cover. */
const share = (segments: readonly Segment[], side: 'a' | 'b', film: TimeLine, frames: readonly Frame[]): number => {
  const [first, last] = [frames[0]!.timeMs, frames[frames.length - 1]!.timeMs];
  const whole = Math.max(1, Math.min(film.durationMs, last + END_S * 1000) - Math.max(0, first - END_S * 1000));
  const covered = segments.reduce((sum, segment) => sum + segment[side].endMs - segment[side].startMs, 0);
  return Math.min(1, covered / whole);
};
