// The transforms that single correspondences propose, each by its scale, turn and shift, and which correspondences agree with one. Most disagree, and are passed over
// without a look: they are kept by their turn.
import type { FeatureSet } from '../kernels/index.js';
import type { Correspondences } from './correspondences.js';
import { similarity, type Affine } from './transform.js';

/** Correspondences that propose, best first: enough, and bounded. */
const PROPOSALS = 400;
/** So many of those that agree have proposed, as far as can be expected, when it is enough. */
const GOOD_PROPOSALS = 30;
/** How far a feature may lie from where it should: in parts of the longest side, for the fitted transform, and times as far for a proposal. */
const TOLERANCE = 0.012;
export const PROPOSAL_SLACK = 2.5;
/** Sizes (log2) and directions (half a radian) of corresponding features agree that well with the proposal. */
const SIZE_SLACK = 0.75;
const TURN_SLACK = 0.5 / (2 * Math.PI);
export const LEAST_INLIERS = 4;

/** Turns are kept in so many parts of a circle; what agrees lies in the same one or so many beside it. */
const TURN_PARTS = 64;
const PARTS_BESIDE = Math.ceil(TURN_SLACK * TURN_PARTS);

/** Correspondences, by the part of the circle that their turn lies in. */
export interface View {
  readonly count: number;
  /** Which correspondence each is, and where each part begins. */
  readonly numbers: Uint32Array;
  readonly starts: Uint32Array;
  /** Four values each: its place in the first picture and in the second. */
  readonly places: Float32Array;
  /** Two values each: log2 of how much larger the second is, and by how much it is turned, in turns. */
  readonly poses: Float64Array;
  readonly tolerance: number;
}

export interface Proposal {
  readonly transform: Affine;
  readonly scale: number;
  /** In turns. */
  readonly turn: number;
}

/** Of a turn, in turns. */
const partOf = (turn: number): number => Math.floor((turn - Math.floor(turn)) * TURN_PARTS) % TURN_PARTS;

export const viewOf = (a: FeatureSet, b: FeatureSet, pairs: Correspondences): View => {
  const { count } = pairs;
  const turnOf = (k: number): number => (b.direction[pairs.b[k]!]! - a.direction[pairs.a[k]!]!) / (2 * Math.PI);
  const parts = Uint8Array.from({ length: count }, (_, k) => partOf(turnOf(k)));
  const starts = new Uint32Array(TURN_PARTS + 1);
  for (const part of parts) starts[part + 1]! += 1;
  for (let part = 0; part < TURN_PARTS; part++) starts[part + 1]! += starts[part]!;
  const next = starts.slice();
  const [numbers, places, poses] = [new Uint32Array(count), new Float32Array(4 * count), new Float64Array(2 * count)];
  for (let k = 0; k < count; k++) {
    const at = next[parts[k]!]!++;
    const [i, j] = [pairs.a[k]!, pairs.b[k]!];
    numbers[at] = k;
    places.set([a.x[i]!, a.y[i]!, b.x[j]!, b.y[j]!], 4 * at);
    poses.set([b.size[j]! - a.size[i]!, turnOf(k)], 2 * at);
  }
  return { count, numbers, starts, places, poses, tolerance: TOLERANCE * Math.max(b.width, b.height) };
};

/** The one that most agree with, of equals the one of the best correspondence; null where few agree with any. */
export const bestProposal = (view: View): Proposal | null => {
  const { count, numbers } = view;
  const lies = new Uint32Array(count);
  for (let at = 0; at < count; at++) lies[numbers[at]!] = at;
  let best: Proposal | null = null;
  let most = LEAST_INLIERS - 2;
  // Where all agree, no other proposal is better; where many do, many of them have soon proposed.
  let enough = Math.min(PROPOSALS, count);
  for (let k = 0; k < enough && most < count; k++) {
    const proposal = proposalOf(view, lies[k]!);
    const agreeingWith = countAgreeing(view, proposal, PROPOSAL_SLACK * view.tolerance, most);
    if (agreeingWith <= most) continue;
    [best, most] = [proposal, agreeingWith];
    enough = Math.min(enough, Math.ceil((GOOD_PROPOSALS * count) / most));
  }
  return best;
};

const proposalOf = ({ places, poses }: View, at: number): Proposal => {
  const [scale, turn] = [poses[2 * at]!, poses[2 * at + 1]!];
  const from = { x: places[4 * at]!, y: places[4 * at + 1]! };
  const to = { x: places[4 * at + 2]!, y: places[4 * at + 3]! };
  return { transform: similarity(from, to, 2 ** scale, turn * 2 * Math.PI), scale, turn };
};

/** The stretches of the view in which correspondences of about that turn lie: two where they go round. */
const stretches = ({ starts }: View, turn: number): readonly (readonly [from: number, to: number])[] => {
  const [first, last] = [partOf(turn) - PARTS_BESIDE, partOf(turn) + PARTS_BESIDE];
  if (first < 0)
    return [
      [starts[first + TURN_PARTS]!, starts[TURN_PARTS]!],
      [0, starts[last + 1]!],
    ];
  if (last < TURN_PARTS) return [[starts[first]!, starts[last + 1]!]];
  return [
    [starts[first]!, starts[TURN_PARTS]!],
    [0, starts[last + 1 - TURN_PARTS]!],
  ];
};

/** Numbers of those that agreed last, in the order of the view. */
let agreed = new Uint32Array(1 << 12);

/** How many lie where the transform says, about as large and as much turned as the proposal; 0 as soon as they cannot be more than `few`. */
const countAgreeing = (view: View, proposal: Proposal, radius: number, few: number): number => {
  const near = stretches(view, proposal.turn);
  let most = near.reduce((sum, [from, to]) => sum + to - from, 0);
  if (most <= few) return 0;
  if (most > agreed.length) agreed = new Uint32Array(2 * most);
  const { numbers, places, poses } = view;
  const { scale, transform, turn } = proposal;
  const [a, b, c, d, e, f] = transform;
  const squared = radius * radius;
  let count = 0;
  for (const [from, to] of near) {
    for (let at = from; at < to; at++) {
      const x = places[4 * at]!;
      const y = places[4 * at + 1]!;
      const dx = a * x + b * y + c - places[4 * at + 2]!;
      const dy = d * x + e * y + f - places[4 * at + 3]!;
      const turned = poses[2 * at + 1]! - turn;
      const agrees =
        dx * dx + dy * dy <= squared &&
        Math.abs(poses[2 * at]! - scale) <= SIZE_SLACK &&
        Math.abs(turned - Math.round(turned)) <= TURN_SLACK;
      if (agrees) agreed[count++] = numbers[at]!;
      else if (--most <= few) return 0;
    }
  }
  return count;
};

/** Whether two features are about as large and as much turned to one another as a proposal says. */
export const areAsProposed = (
  a: FeatureSet,
  b: FeatureSet,
  { scale, turn }: Proposal,
  i: number,
  j: number,
): boolean => {
  const turned = (b.direction[j]! - a.direction[i]!) / (2 * Math.PI) - turn;
  return Math.abs(b.size[j]! - a.size[i]! - scale) <= SIZE_SLACK && Math.abs(turned - Math.round(turned)) <= TURN_SLACK;
};

/** Numbers of the correspondences that agree, best first. */
export const agreeing = (view: View, proposal: Proposal, radius: number): number[] => {
  const count = countAgreeing(view, proposal, radius, -1);
  return [...agreed.subarray(0, count)].sort((k, l) => k - l);
};
