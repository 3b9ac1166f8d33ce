// Whether one picture, or a part of it, lies in the other: a transform of the plane that carries many features onto those that they correspond to. Each
// correspondence proposes scale, turn and shift by itself (Philbin et al., "Object retrieval with large vocabularies and fast spatial matching", CVPR
// 2007); the best proposal is fitted and tried again.
import type { FeatureSet } from '../kernels/index.js';
import { pairedCells } from './cells.js';
import type { Correspondences } from './correspondences.js';
import { unlikeOthers } from './twins.js';
import { fitAffine, similarity, type Affine, type Point } from './transform.js';

export interface CopyEvidence {
  /** Distinct cells with busy features that the transform explains, in the picture where they are fewer. */
  readonly cells: number;
  /** Correspondences that the transform explains, one to one, as numbers into them. */
  readonly inliers: readonly number[];
  /** From the first picture to the second, pixels; null where nothing was found. */
  readonly transform: Affine | null;
}

const NOTHING: CopyEvidence = { cells: 0, inliers: [], transform: null };

/** Correspondences that propose, best first: enough, and bounded. */
const PROPOSALS = 400;
/** How far a feature may lie from where it should: in parts of the longest side, for the fitted transform, and times as far for a proposal. */
const TOLERANCE = 0.012;
const PROPOSAL_SLACK = 2.5;
/** Sizes (log2) and directions (radians) of corresponding features agree that well with the proposal. */
const SIZE_SLACK = 0.75;
const DIRECTION_SLACK = 0.5;
const ROUNDS = 4;
const LEAST_INLIERS = 4;
/**
 * Features on text, interface and drawn lines cover mostly flat ground. Such things recur in pictures that have nothing else in common, so they help to place
 * the transform but do not count.
 */
export const LEAST_BUSY = 0.72;

export const isBusy = (a: FeatureSet, b: FeatureSet, pairs: Correspondences, k: number, least = LEAST_BUSY): boolean =>
  a.busy[pairs.a[k]!]! >= least && b.busy[pairs.b[k]!]! >= least;

export const findCopy = (a: FeatureSet, b: FeatureSet, pairs: Correspondences): CopyEvidence => {
  const view = viewOf(a, b, pairs);
  const proposal = bestProposal(view);
  if (proposal === null) return NOTHING;
  let { transform } = proposal;
  let inliers: number[] = [];
  let radius = PROPOSAL_SLACK * view.tolerance;
  for (let round = 0; round < ROUNDS; round++) {
    inliers = oneToOne(pairs, agreeing(view, transform, radius, proposal));
    if (inliers.length < LEAST_INLIERS) break;
    const fitted = fitAffine(
      inliers.map((k) => view.from[k]!),
      inliers.map((k) => view.to[k]!),
    );
    if (fitted === null) break;
    transform = fitted;
    radius = Math.max(view.tolerance, radius * 0.7);
  }
  const [ofA, ofB] = [unlikeOthers(a), unlikeOthers(b)];
  const counted = inliers.filter((k) => isBusy(a, b, pairs, k) && ofA[pairs.a[k]!] && ofB[pairs.b[k]!]);
  const cells = pairedCells(a, b, pairs, counted);
  return { cells, inliers, transform };
};

interface View {
  readonly from: readonly Point[];
  readonly to: readonly Point[];
  /** Log2 of how much larger the second is, and by how much it is turned. */
  readonly scale: Float64Array;
  readonly turn: Float64Array;
  readonly tolerance: number;
}

interface Proposal {
  readonly transform: Affine;
  readonly scale: number;
  readonly turn: number;
}

const viewOf = (a: FeatureSet, b: FeatureSet, pairs: Correspondences): View => {
  const numbers = Array.from({ length: pairs.count }, (_, k) => k);
  return {
    from: numbers.map((k) => ({ x: a.x[pairs.a[k]!]!, y: a.y[pairs.a[k]!]! })),
    to: numbers.map((k) => ({ x: b.x[pairs.b[k]!]!, y: b.y[pairs.b[k]!]! })),
    scale: Float64Array.from(numbers, (k) => b.size[pairs.b[k]!]! - a.size[pairs.a[k]!]!),
    turn: Float64Array.from(numbers, (k) => b.direction[pairs.b[k]!]! - a.direction[pairs.a[k]!]!),
    tolerance: TOLERANCE * Math.max(b.width, b.height),
  };
};

/** How far two directions lie apart, 0..pi. */
export const angleBetween = (a: number, b: number): number => {
  const turns = (a - b) / (2 * Math.PI);
  return Math.abs(turns - Math.round(turns)) * 2 * Math.PI;
};

const bestProposal = (view: View): Proposal | null => {
  let best: Proposal | null = null;
  let most = LEAST_INLIERS - 2;
  for (let k = 0; k < Math.min(PROPOSALS, view.from.length); k++) {
    const [scale, turn] = [view.scale[k]!, view.turn[k]!];
    const proposal = { transform: similarity(view.from[k]!, view.to[k]!, 2 ** scale, turn), scale, turn };
    const count = agreeing(view, proposal.transform, PROPOSAL_SLACK * view.tolerance, proposal).length;
    if (count > most) [best, most] = [proposal, count];
  }
  return best;
};

const agreeing = (view: View, [a, b, c, d, e, f]: Affine, radius: number, { scale, turn }: Proposal): number[] => {
  const { from, to } = view;
  const found: number[] = [];
  for (let k = 0; k < from.length; k++) {
    if (Math.abs(view.scale[k]! - scale) > SIZE_SLACK) continue;
    const { x, y } = from[k]!;
    const dx = a * x + b * y + c - to[k]!.x;
    const dy = d * x + e * y + f - to[k]!.y;
    if (dx * dx + dy * dy > radius * radius || angleBetween(view.turn[k]!, turn) > DIRECTION_SLACK) continue;
    found.push(k);
  }
  return found;
};

/** Of correspondences, best first, those whose features none before has used. */
export const oneToOne = (pairs: Correspondences, numbers: readonly number[]): number[] => {
  const [usedA, usedB] = [new Set<number>(), new Set<number>()];
  return numbers.filter((k) => {
    const [i, j] = [pairs.a[k]!, pairs.b[k]!];
    if (usedA.has(i) || usedB.has(j)) return false;
    usedA.add(i);
    usedB.add(j);
    return true;
  });
};
