// Whether two pictures show one place from two viewpoints: a fundamental matrix that many corresponding features agree with (Hartley and Zisserman,
// "Multiple view geometry", chapters 9 and 11).
import type { FeatureSet } from '../kernels/index.js';
import { pairedCells } from './cells.js';
import { isBusy, LEAST_BUSY_VIEW, oneToOne } from './copy.js';
import type { Correspondences } from './correspondences.js';
import { grown, isPlenty } from './grow.js';
import { supported } from './support.js';
import { unlikeOthers } from './twins.js';
import { bestGeometry, POINTS, SAMPLE, SAMPLE_VALUES } from './two-cameras.js';

export interface ViewEvidence {
  /** Distinct cells with features that the geometry explains, in the picture where they are fewer. */
  readonly cells: number;
  readonly pairs: Correspondences;
  readonly inliers: readonly number[];
}

/** A camera turns a scene as a whole: directions differ by about the same everywhere, and sizes by no more than this (log2). */
const TURN_SLACK = 0.45;
const SIZE_SLACK = 1.3;
const TURN_BINS = 36;
const TURN_WINDOW = 0.35;

/** Points around a feature lie so many of its sizes from it. */
const AROUND = 6;

/** So many equals of a feature in the other picture still tell something. */
const EQUALS = 2;

export const findView = (a: FeatureSet, b: FeatureSet, words: Correspondences): ViewEvidence => {
  const [ofA, ofB] = [unlikeOthers(a), unlikeOthers(b)];
  const unique = (pairs: Correspondences): number[] =>
    Array.from({ length: pairs.count }, (_, k) => k).filter((k) => ofA[pairs.a[k]!] && ofB[pairs.b[k]!]);
  const seeds = oneToOne(words, alike(a, b, words, telling(words, unique(words))));
  const pairs = isPlenty(words) ? words : grown(a, b, words, seeds);
  const kept = isPlenty(words) ? seeds : oneToOne(pairs, unique(pairs));
  if (kept.length <= SAMPLE) return { cells: 0, pairs, inliers: [] };
  const samples = new Float64Array(kept.length * SAMPLE_VALUES);
  kept.forEach((k, n) => putPoints(samples, n * SAMPLE_VALUES, a, pairs.a[k]!, b, pairs.b[k]!));
  const inliers = bestGeometry(samples).map((n) => kept[n]!);
  const counted = supported(a, b, pairs, inliers).filter((k) => isBusy(a, b, pairs, k, LEAST_BUSY_VIEW));
  const cells = pairedCells(a, b, pairs, counted);
  return { cells, pairs, inliers };
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

/** How far two directions lie apart, 0..pi. */
const angleBetween = (a: number, b: number): number => {
  const turns = (a - b) / (2 * Math.PI);
  return Math.abs(turns - Math.round(turns)) * 2 * Math.PI;
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
const putPoints = (samples: Float64Array, at: number, a: FeatureSet, i: number, b: FeatureSet, j: number): void => {
  const [unitA, unitB] = [2 / Math.max(a.width, a.height), 2 / Math.max(b.width, b.height)];
  const [reachA, reachB] = [AROUND * 2 ** a.size[i]!, AROUND * 2 ** b.size[j]!];
  for (let point = 0; point < POINTS; point++) {
    const around = ((point - 1) * 2 * Math.PI) / 3;
    const [outA, outB] = point === 0 ? [0, 0] : [reachA, reachB];
    const [angleA, angleB] = [a.direction[i]! + around, b.direction[j]! + around];
    samples[at + 4 * point] = (a.x[i]! + outA * Math.cos(angleA) - a.width / 2) * unitA;
    samples[at + 4 * point + 1] = (a.y[i]! + outA * Math.sin(angleA) - a.height / 2) * unitA;
    samples[at + 4 * point + 2] = (b.x[j]! + outB * Math.cos(angleB) - b.width / 2) * unitB;
    samples[at + 4 * point + 3] = (b.y[j]! + outB * Math.sin(angleB) - b.height / 2) * unitB;
  }
};
