// Whether one picture, or a part of it, lies in the other: a transform of the plane that carries many features onto those that they correspond to. Each
// correspondence proposes scale, turn and shift by itself (Philbin et al., "Object retrieval with large vocabularies and fast spatial matching", CVPR
// 2007); the best proposal is fitted and tried again.
import { FEATURE_LIMIT, type FeatureSet } from '../kernels/index.js';
import { pairedCells } from './cells.js';
import type { Correspondences } from './correspondences.js';
import { grown, guided, isPlenty } from './grow.js';
import { inPerspective, LEAST_FOR_PERSPECTIVE } from './projective.js';
import {
  agreeing,
  bestProposal,
  LEAST_INLIERS,
  PROPOSAL_SLACK,
  viewOf,
  type Proposal,
  type View,
} from './proposals.js';
import { unlikeOthers } from './twins.js';
import { fitAffine, type Affine, type Point } from './transform.js';

export interface CopyEvidence {
  /** Distinct cells with busy features that the transform explains, in the picture where they are fewer. */
  readonly cells: number;
  /** The same with features that are busy enough for a view of a place: what is held against the geometry of two cameras. */
  readonly viewCells: number;
  /** Those that were found by words and those that were found around them, and which of them the transform explains, one to one. */
  readonly pairs: Correspondences;
  readonly inliers: readonly number[];
  /** From the first picture to the second, pixels; null where nothing was found. */
  readonly transform: Affine | null;
}

const nothing = (pairs: Correspondences): CopyEvidence => ({
  cells: 0,
  viewCells: 0,
  pairs,
  inliers: [],
  transform: null,
});

const ROUNDS = 4;
/**
 * Features on text, interface and drawn lines cover mostly flat ground. Such things recur in pictures that have nothing else in common, so they help to place
 * the transform but do not count.
 */
export const LEAST_BUSY = 0.72;
/** Places of a view need not be as busy: what is drawn flat seldom agrees with a camera's geometry. */
export const LEAST_BUSY_VIEW = 0.6;

export const isBusy = (a: FeatureSet, b: FeatureSet, pairs: Correspondences, k: number, least: number): boolean =>
  a.busy[pairs.a[k]!]! >= least && b.busy[pairs.b[k]!]! >= least;

/** Nothing where no transform could explain more than `few` cells: it is not looked for. */
export const findCopy = (a: FeatureSet, b: FeatureSet, words: Correspondences, few = -1): CopyEvidence => {
  if (few >= 0 && countedCells(a, b, words, numbersOf(words)) <= few) return nothing(words);
  const view = viewOf(a, b, words);
  const proposal = bestProposal(view);
  if (proposal === null) return nothing(words);
  const pairs = isPlenty(words) ? words : withOthers(a, b, words, view, proposal);
  const { inliers, radius, transform } = fitted(a, b, pairs, proposal);
  const explained = withPerspective(a, b, pairs, { proposal, inliers, radius });
  return {
    cells: countedCells(a, b, pairs, explained.inliers),
    viewCells: countedCells(a, b, pairs, explained.exact, LEAST_BUSY_VIEW),
    pairs,
    inliers: explained.inliers,
    transform,
  };
};

/** The correspondences, those that lie around the ones that agree with the proposal, and those that what is found then leads to. */
const withOthers = (
  a: FeatureSet,
  b: FeatureSet,
  words: Correspondences,
  view: View,
  proposal: Proposal,
): Correspondences => {
  const seeds = oneToOne(words, agreeing(view, proposal, PROPOSAL_SLACK * view.tolerance));
  const around = grown(a, b, words, seeds, numbersOf(words));
  const { inliers, transform } = fitted(a, b, around, proposal);
  return inliers.length < LEAST_INLIERS ? around : guided(a, b, around, { ...proposal, transform }, view.tolerance);
};

interface Fitted {
  readonly transform: Affine;
  readonly inliers: number[];
  readonly radius: number;
}

/** The affine map that explains most, beginning with what was proposed. */
const fitted = (a: FeatureSet, b: FeatureSet, pairs: Correspondences, proposal: Proposal): Fitted => {
  const view = viewOf(a, b, pairs);
  let { transform } = proposal;
  let inliers: number[] = [];
  let radius = PROPOSAL_SLACK * view.tolerance;
  for (let round = 0; round < ROUNDS; round++) {
    inliers = oneToOne(pairs, agreeing(view, { ...proposal, transform }, radius));
    if (inliers.length < LEAST_INLIERS) break;
    const next = fitAffine(
      inliers.map((k) => pointOf(a, pairs.a[k]!)),
      inliers.map((k) => pointOf(b, pairs.b[k]!)),
    );
    if (next === null) break;
    transform = next;
    radius = Math.max(view.tolerance, radius * 0.7);
  }
  return { transform, inliers, radius };
};

const PERSPECTIVE_ROUNDS = 3;
/** What a copy puts nearer than this share of the tolerance; of another view of a place it does so with little. */
const EXACT = 0.4;

interface Explained {
  readonly inliers: readonly number[];
  /** Those that lie where they should as well as the geometry of two cameras asks for. */
  readonly exact: readonly number[];
}

/** More of them, where a perspective explains more than the affine map did. */
const withPerspective = (
  a: FeatureSet,
  b: FeatureSet,
  pairs: Correspondences,
  given: { readonly proposal: Proposal; readonly inliers: number[]; readonly radius: number },
): Explained => {
  let { inliers } = given;
  if (inliers.length < LEAST_FOR_PERSPECTIVE) return { inliers, exact: inliers };
  for (let round = 0; round < PERSPECTIVE_ROUNDS; round++) {
    const more = oneToOne(pairs, inPerspective(a, b, pairs, { ...given, inliers }));
    if (more.length <= inliers.length) break;
    inliers = more;
  }
  const exact = inPerspective(a, b, pairs, { ...given, inliers, radius: EXACT * given.radius });
  return { inliers, exact: oneToOne(pairs, exact) };
};

const numbersOf = ({ count }: Correspondences): number[] => Array.from({ length: count }, (_, k) => k);

/** Cells of those correspondences that count. */
const countedCells = (
  a: FeatureSet,
  b: FeatureSet,
  pairs: Correspondences,
  numbers: readonly number[],
  least = LEAST_BUSY,
): number => {
  const [ofA, ofB] = [unlikeOthers(a), unlikeOthers(b)];
  const counted = numbers.filter((k) => isBusy(a, b, pairs, k, least) && ofA[pairs.a[k]!] && ofB[pairs.b[k]!]);
  return pairedCells(a, b, pairs, counted);
};

const pointOf = ({ x, y }: FeatureSet, feature: number): Point => ({ x: x[feature]!, y: y[feature]! });

/** Features that are taken, used again from call to call. */
const [usedA, usedB] = [new Uint8Array(FEATURE_LIMIT), new Uint8Array(FEATURE_LIMIT)];

/** Of correspondences, best first, those whose features none before has used. */
export const oneToOne = (pairs: Correspondences, numbers: readonly number[]): number[] => {
  usedA.fill(0);
  usedB.fill(0);
  return numbers.filter((k) => {
    const [i, j] = [pairs.a[k]!, pairs.b[k]!];
    if (usedA[i] === 1 || usedB[j] === 1) return false;
    usedA[i] = usedB[j] = 1;
    return true;
  });
};
