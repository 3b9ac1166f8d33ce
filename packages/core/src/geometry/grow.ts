// More corresponding features around those that there are (after Ferrari, Tuytelaars, Van Gool, "Simultaneous object recognition and segmentation by image exploration", ECCV 2004):
// a correspondence knows how the picture is scaled and turned about it, so it says where its neighbours lie in the other picture. Those that are there need not have its word. One
// without such neighbours was chance.
import { FEATURE_LIMIT, type FeatureSet } from '../kernels/index.js';
import type { Correspondences } from './correspondences.js';
import { alikeNear, visitNear } from './nearby.js';
import type { Proposal } from './proposals.js';
import { apply } from './transform.js';

/** Neighbours of a feature lie so near, and so many of the nearest are looked for. */
const REACH_PX = 100;
const NEIGHBOURS = 24;
/** Nearer ones are the same spot. */
const APART_PX = 3;
/** A neighbour may be off by this share of its distance, for what is nearer or farther from the camera, and by some pixels. */
const SLACK = 0.12;
const SLACK_PX = 3;
/** Correspondences that are asked for neighbours at most, and how many have to be found for them to count. */
const ASKED = 400;
const NEEDED = 2;
const ROUNDS = 3;
const MOST = 4_000;
/** Where so many were found by words, nothing is looked for: what they say is plain, and twice as many would only take their time. */
const PLENTY = 200;

export const isPlenty = ({ count }: Correspondences): boolean => count >= PLENTY;

const neighboursOf = (set: FeatureSet, i: number): number[] => {
  const near: (readonly [feature: number, squaredPx: number])[] = [];
  visitNear(set, set.x[i]!, set.y[i]!, REACH_PX, (j, squaredPx) => {
    if (squaredPx >= APART_PX * APART_PX) near.push([j, squaredPx]);
  });
  near.sort((p, q) => p[1] - q[1]);
  return near.slice(0, NEIGHBOURS).map(([j]) => j);
};

/** The correspondences `kept`, and those that were found around `seeds`; best first, each pair of features once. */
export const grown = (
  a: FeatureSet,
  b: FeatureSet,
  pairs: Correspondences,
  seeds: readonly number[],
  kept: readonly number[] = seeds,
): Correspondences => {
  const known = new Map<number, number>();
  for (const k of kept) known.set(keyOf(pairs.a[k]!, pairs.b[k]!), pairs.distanceBits[k]!);
  const neighbours = new Map<number, number[]>();
  let asked = seeds.slice(0, ASKED).map((k) => [pairs.a[k]!, pairs.b[k]!] as const);
  for (let round = 0; round < ROUNDS && asked.length > 0 && known.size < MOST; round++) {
    const added: (readonly [number, number])[] = [];
    for (const [i, j] of asked) {
      let near = neighbours.get(i);
      if (near === undefined) neighbours.set(i, (near = neighboursOf(a, i)));
      const found = around(a, b, i, j, near);
      if (found.length < NEEDED) continue;
      for (const [m, n, bits] of found) {
        const key = keyOf(m, n);
        if (known.has(key)) continue;
        known.set(key, bits);
        added.push([m, n]);
      }
    }
    asked = added.slice(0, ASKED);
  }
  return sorted(known);
};

/** The correspondences, and of each feature of `a` the one that lies where the transform says and looks alike. */
export const guided = (
  a: FeatureSet,
  b: FeatureSet,
  pairs: Correspondences,
  { scale, transform, turn }: Proposal,
  radius: number,
): Correspondences => {
  const known = new Map<number, number>();
  for (let k = 0; k < pairs.count; k++) known.set(keyOf(pairs.a[k]!, pairs.b[k]!), pairs.distanceBits[k]!);
  for (let i = 0; i < a.count; i++) {
    const at = apply(transform, { x: a.x[i]!, y: a.y[i]! });
    const best = alikeNear(a, i, b, { ...at, radius, scale, turn });
    if (best !== null) known.set(keyOf(i, best[0]), best[1]);
  }
  return sorted(known);
};

const keyOf = (i: number, j: number): number => i * FEATURE_LIMIT + j;

/** Best first. */
const sorted = (known: ReadonlyMap<number, number>): Correspondences => {
  const order = [...known].sort(([p, x], [q, y]) => x - y || p - q);
  return {
    count: order.length,
    a: Uint16Array.from(order, ([key]) => Math.floor(key / FEATURE_LIMIT)),
    b: Uint16Array.from(order, ([key]) => key % FEATURE_LIMIT),
    distanceBits: Uint8Array.from(order, ([, bits]) => bits),
  };
};

/** Neighbours of `i` that lie about `j` as they should. */
const around = (a: FeatureSet, b: FeatureSet, i: number, j: number, near: readonly number[]) => {
  const scale = b.size[j]! - a.size[i]!;
  const radians = b.direction[j]! - a.direction[i]!;
  const factor = 2 ** scale;
  const [c, s] = [factor * Math.cos(radians), factor * Math.sin(radians)];
  const found: (readonly [a: number, b: number, bits: number])[] = [];
  for (const m of near) {
    const [dx, dy] = [a.x[m]! - a.x[i]!, a.y[m]! - a.y[i]!];
    const [x, y] = [b.x[j]! + c * dx - s * dy, b.y[j]! + s * dx + c * dy];
    const radius = SLACK * factor * Math.sqrt(dx * dx + dy * dy) + SLACK_PX;
    const best = alikeNear(a, m, b, { x, y, radius, scale, turn: radians / (2 * Math.PI) });
    if (best !== null && best[0] !== j) found.push([m, best[0], best[1]]);
  }
  return found;
};
