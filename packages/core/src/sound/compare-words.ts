// Where two sounds run alike: along each offset the stretch in which their words agree best, at the same speed. A stretch counts by how much better it agrees than
// what it would by chance, and less where the sound resembles itself: a held note agrees with every other.
import { bitCount32 } from '../kernels/hamming.js';
import { WORD_SPAN_S, WORD_STEP_S } from './chroma-words.js';

export interface SoundLine {
  readonly durationMs: number;
  readonly words: Uint32Array;
  /** 1 where something is heard. */
  readonly heard: Uint8Array;
}

export interface SoundSegment {
  readonly a: { readonly startMs: number; readonly endMs: number };
  readonly b: { readonly startMs: number; readonly endMs: number };
  /** Words, those that differ counted in part. */
  readonly aligned: number;
  /** Share of the bits that differ. */
  readonly errorRate: number;
}

/** Bits of 32 that may differ on a stretch, on the whole: half of them do by chance. */
const MOST_BITS = 10;
/** Of what a sound differs from itself a second later, the other may differ by so much. */
const SELF_SHARE = 0.7;
const LAG_WORDS = 8;
/** Words that a stretch takes, those that differ counted in part. */
export const LEAST_WORDS = 7;
/** Pairs of words that are compared one by one; of longer sounds the offsets that most equal halves of words vote for. */
const MOST_PAIRS = 6e7;
const VOTED_OFFSETS = 60;
const MOST_SEGMENTS = 8;

interface Stretch {
  readonly offset: number;
  readonly from: number;
  readonly to: number;
  readonly score: number;
}

/** Strongest first; where none is strong enough, the strongest. */
export const compareSounds = (a: SoundLine, b: SoundLine): SoundSegment[] => {
  const [n, m] = [a.words.length, b.words.length];
  if (n === 0 || m === 0) return [];
  const limits = limitsOf(a, b);
  const offsets = n * m <= MOST_PAIRS ? allOffsets(n, m) : votedOffsets(a.words, b.words);
  const stretches = offsets
    .flatMap((offset) => stretchOf(a, b, limits, offset) ?? [])
    .sort((x, y) => y.score - x.score);
  const kept: Stretch[] = [];
  for (const stretch of stretches) {
    if (kept.length >= MOST_SEGMENTS || (kept.length > 0 && stretch.score < LEAST_WORDS)) break;
    if (!kept.some((other) => overlaps(stretch, other))) kept.push(stretch);
  }
  return kept.map((stretch) => segmentOf(stretch, a, b));
};

const allOffsets = (n: number, m: number): number[] => Array.from({ length: n + m - 1 }, (_, i) => i - n + 1);

/** Of two sounds that are too long for all offsets. */
const votedOffsets = (a: Uint32Array, b: Uint32Array): number[] => {
  const places = new Map<number, number[]>();
  const halves = (word: number): [number, number] => [word >>> 16, 65_536 + (word & 65_535)];
  b.forEach((word, i) => {
    for (const half of halves(word)) {
      const known = places.get(half);
      if (known === undefined) places.set(half, [i]);
      else if (known.length < 500) known.push(i);
    }
  });
  const votes = new Map<number, number>();
  a.forEach((word, i) => {
    for (const half of halves(word))
      for (const j of places.get(half) ?? []) votes.set(j - i, (votes.get(j - i) ?? 0) + 1);
  });
  return [...votes]
    .sort((x, y) => y[1] - x[1])
    .slice(0, VOTED_OFFSETS)
    .map(([offset]) => offset);
};

/** Bits that may differ at each word of `a`. */
const limitsOf = (a: SoundLine, b: SoundLine): { readonly a: Float32Array; readonly b: Float32Array } => ({
  a: ownLimits(a.words),
  b: ownLimits(b.words),
});

const ownLimits = (words: Uint32Array): Float32Array => {
  const changes = Float32Array.from(words, (word, i) => {
    const other = words[i + LAG_WORDS < words.length ? i + LAG_WORDS : Math.max(0, i - LAG_WORDS)]!;
    return bitCount32(word ^ other);
  });
  // A mean over two seconds and a half.
  return changes.map((_, i) => {
    let [sum, count] = [0, 0];
    for (let k = Math.max(0, i - 10); k <= Math.min(changes.length - 1, i + 10); k++) {
      sum += changes[k]!;
      count += 1;
    }
    return Math.min(MOST_BITS, SELF_SHARE * (sum / count));
  });
};

/** The stretch of one offset whose words agree best (Kadane's maximal sum). */
const stretchOf = (
  a: SoundLine,
  b: SoundLine,
  limits: { readonly a: Float32Array; readonly b: Float32Array },
  offset: number,
): Stretch | null => {
  const first = Math.max(0, -offset);
  const last = Math.min(a.words.length, b.words.length - offset);
  let [best, bestFrom, bestTo] = [0, 0, 0];
  let [sum, from] = [0, first];
  for (let i = first; i < last; i++) {
    const j = i + offset;
    if (a.heard[i] === 0 || b.heard[j] === 0) {
      sum -= 0.2;
    } else {
      const limit = Math.min(limits.a[i]!, limits.b[j]!);
      sum += (limit - bitCount32(a.words[i]! ^ b.words[j]!)) / MOST_BITS;
    }
    if (sum <= 0) [sum, from] = [0, i + 1];
    else if (sum > best) [best, bestFrom, bestTo] = [sum, from, i + 1];
  }
  return best < 4 ? null : { offset, from: bestFrom, to: bestTo, score: best };
};

const overlaps = (x: Stretch, y: Stretch): boolean => {
  const inA = x.from < y.to && y.from < x.to;
  const inB = x.from + x.offset < y.to + y.offset && y.from + y.offset < x.to + x.offset;
  return inA || inB;
};

const segmentOf = ({ from, offset, score, to }: Stretch, a: SoundLine, b: SoundLine): SoundSegment => {
  let bits = 0;
  for (let i = from; i < to; i++) bits += bitCount32(a.words[i]! ^ b.words[i + offset]!);
  const range = (start: number, line: SoundLine) => ({
    startMs: Math.min(line.durationMs, Math.round(start * WORD_STEP_S * 1000)),
    endMs: Math.min(line.durationMs, Math.round(((start + to - from - 1) * WORD_STEP_S + WORD_SPAN_S) * 1000)),
  });
  return {
    a: range(from, a),
    b: range(from + offset, b),
    aligned: Math.round(score * 10) / 10,
    errorRate: bits / (32 * (to - from)),
  };
};
