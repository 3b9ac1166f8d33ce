// Whether two pictures show one place from two viewpoints: a fundamental matrix that many corresponding features agree with (Hartley and Zisserman,
// "Multiple view geometry", chapters 9 and 11). Three features propose one, each standing for its place and three points around it, since they know their size and
// direction; what agrees is fitted and tried again (Chum, Matas, Kittler, "Locally optimized RANSAC", 2003). The same pair gives the same answer always.
import type { FeatureSet } from '../kernels/index.js';
import { pairedCells } from './cells.js';
import { angleBetween, isBusy, oneToOne } from './copy.js';
import type { Correspondences } from './correspondences.js';
import { nullVector } from './null-vector.js';
import { supported } from './support.js';
import { unlikeOthers } from './twins.js';

export interface ViewEvidence {
  /** Distinct cells with features that the geometry explains, in the picture where they are fewer. */
  readonly cells: number;
  readonly inliers: readonly number[];
}

const NOTHING: ViewEvidence = { cells: 0, inliers: [] };

/** A camera turns a scene as a whole: directions differ by about the same everywhere, and sizes by no more than this (log2). */
const TURN_SLACK = 0.45;
const SIZE_SLACK = 1.3;
const TURN_BINS = 36;
const TURN_WINDOW = 0.35;

const PROPOSALS = 300;
const SAMPLE = 3;
const FIT_ROUNDS = 3;
/** Pixels from the line that a feature should lie on, of 800. */
const TOLERANCE_PX = 4 / 800;
/** Points around a feature lie so many of its sizes from it, and weigh so much against it in a fit. */
const AROUND = 6;
const AROUND_WEIGHT = 0.3;

/** Places need not be as busy as for a copy: what is drawn flat seldom agrees with a camera's geometry. */
const LEAST_BUSY = 0.6;

/** So many equals of a feature in the other picture still tell something. */
const EQUALS = 2;

const EQUATION = 9;
const POINTS = 4;

export const findView = (a: FeatureSet, b: FeatureSet, pairs: Correspondences): ViewEvidence => {
  const [ofA, ofB] = [unlikeOthers(a), unlikeOthers(b)];
  const distinct = Array.from({ length: pairs.count }, (_, k) => k).filter((k) => ofA[pairs.a[k]!] && ofB[pairs.b[k]!]);
  const kept = oneToOne(pairs, alike(a, b, pairs, telling(pairs, distinct)));
  if (kept.length <= SAMPLE) return NOTHING;
  const samples = kept.map((k) => pointsOf(a, b, pairs.a[k]!, pairs.b[k]!));
  const found = bestGeometry(samples);
  const inliers = found.map((n) => kept[n]!);
  const counted = supported(a, b, pairs, inliers).filter((k) => isBusy(a, b, pairs, k, LEAST_BUSY));
  const cells = pairedCells(a, b, pairs, counted);
  return { cells, inliers };
};

/**
 * Without the features that have many equals in the other picture: fences, shutters, tiles and waves agree with any geometry.
 */
const telling = (pairs: Correspondences, numbers: readonly number[]): number[] => {
  const [ofA, ofB] = [new Map<number, number>(), new Map<number, number>()];
  for (const k of numbers) {
    ofA.set(pairs.a[k]!, (ofA.get(pairs.a[k]!) ?? 0) + 1);
    ofB.set(pairs.b[k]!, (ofB.get(pairs.b[k]!) ?? 0) + 1);
  }
  return numbers.filter((k) => ofA.get(pairs.a[k]!)! <= EQUALS && ofB.get(pairs.b[k]!)! <= EQUALS);
};

/** Correspondences with the usual turn and about the usual change of size. */
const alike = (a: FeatureSet, b: FeatureSet, pairs: Correspondences, numbers: readonly number[]): number[] => {
  const turns = Float64Array.from(
    { length: pairs.count },
    (_, k) => b.direction[pairs.b[k]!]! - a.direction[pairs.a[k]!]!,
  );
  const scales = Float64Array.from({ length: pairs.count }, (_, k) => b.size[pairs.b[k]!]! - a.size[pairs.a[k]!]!);
  const turn = usualTurn(numbers.map((k) => turns[k]!));
  const turned = numbers.filter((k) => angleBetween(turns[k]!, turn) < TURN_SLACK);
  const middle = turned.map((k) => scales[k]!).sort((x, y) => x - y)[turned.length >> 1] ?? 0;
  return turned.filter((k) => Math.abs(scales[k]! - middle) < SIZE_SLACK);
};

const usualTurn = (turns: readonly number[]): number => {
  let [best, most] = [0, -1];
  for (let bin = 0; bin < TURN_BINS; bin++) {
    const centre = (bin * 2 * Math.PI) / TURN_BINS;
    const weight = turns.reduce((sum, turn) => sum + Math.max(0, 1 - angleBetween(turn, centre) / TURN_WINDOW), 0);
    if (weight > most) [best, most] = [centre, weight];
  }
  return best;
};

/** A feature's place and three points around it in both pictures, from -1 to 1 along the longest side: x, y, u, v of each. */
const pointsOf = (a: FeatureSet, b: FeatureSet, i: number, j: number): Float64Array => {
  const points = new Float64Array(4 * POINTS);
  const [unitA, unitB] = [2 / Math.max(a.width, a.height), 2 / Math.max(b.width, b.height)];
  for (let point = 0; point < POINTS; point++) {
    const around = ((point - 1) * 2 * Math.PI) / 3;
    const [reachA, reachB] = point === 0 ? [0, 0] : [AROUND * 2 ** a.size[i]!, AROUND * 2 ** b.size[j]!];
    const [angleA, angleB] = [a.direction[i]! + around, b.direction[j]! + around];
    points[4 * point] = (a.x[i]! + reachA * Math.cos(angleA) - a.width / 2) * unitA;
    points[4 * point + 1] = (a.y[i]! + reachA * Math.sin(angleA) - a.height / 2) * unitA;
    points[4 * point + 2] = (b.x[j]! + reachB * Math.cos(angleB) - b.width / 2) * unitB;
    points[4 * point + 3] = (b.y[j]! + reachB * Math.sin(angleB) - b.height / 2) * unitB;
  }
  return points;
};

/** Numbers of the samples that agree with the best geometry, which those before rank by. */
const bestGeometry = (samples: readonly Float64Array[]): number[] => {
  const random = randomFrom(samples.length);
  let best: number[] = [];
  for (let proposal = 0; proposal < PROPOSALS; proposal++) {
    // Good correspondences first, later all of them (Chum and Matas, "Matching with PROSAC", CVPR 2005).
    const among = Math.min(samples.length, SAMPLE + 2 + Math.floor((proposal * samples.length * 1.5) / PROPOSALS));
    const drawn = new Set<number>();
    while (drawn.size < SAMPLE) drawn.add(random() % among);
    let inliers = agreeing(samples, geometryOf(samples, [...drawn], 1));
    if (inliers.length <= best.length) continue;
    for (let round = 0; round < FIT_ROUNDS && inliers.length > SAMPLE; round++) {
      const more = agreeing(samples, geometryOf(samples, inliers, AROUND_WEIGHT));
      if (more.length < inliers.length) break;
      inliers = more;
    }
    best = inliers;
  }
  return best;
};

/** The fundamental matrix, row by row. */
const geometryOf = (
  samples: readonly Float64Array[],
  numbers: readonly number[],
  weightAround: number,
): Float64Array => {
  const rows = new Float64Array(numbers.length * POINTS * EQUATION);
  numbers.forEach((number, n) => {
    const sample = samples[number]!;
    for (let point = 0; point < POINTS; point++) {
      const [x, y, u, v] = sample.subarray(4 * point, 4 * point + 4) as unknown as [number, number, number, number];
      const weight = point === 0 ? 1 : weightAround;
      rows.set(
        [u * x, u * y, u, v * x, v * y, v, x, y, 1].map((value) => value * weight),
        (n * POINTS + point) * EQUATION,
      );
    }
  });
  return nullVector(rows);
};

/** Those whose place lies within the tolerance of its line, to first order (Sampson's distance). */
const agreeing = (samples: readonly Float64Array[], matrix: Float64Array): number[] => {
  const [a, b, c, d, e, f, g, h, i] = matrix as unknown as readonly [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const found: number[] = [];
  samples.forEach((sample, n) => {
    const [x, y, u, v] = [sample[0]!, sample[1]!, sample[2]!, sample[3]!];
    const [lineX, lineY, lineZ] = [a * x + b * y + c, d * x + e * y + f, g * x + h * y + i];
    const [backX, backY] = [a * u + d * v + g, b * u + e * v + h];
    const error = u * lineX + v * lineY + lineZ;
    const slope = lineX * lineX + lineY * lineY + backX * backX + backY * backY;
    if (error * error < 2 * TOLERANCE_PX * TOLERANCE_PX * slope) found.push(n);
  });
  return found;
};

/** Xorshift32 (Marsaglia, 2003). */
const randomFrom = (seed: number): (() => number) => {
  let state = (seed * 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
};
