// What two pictures have in common, place by place, for people who look at both: some of the features that a method counted, spread over the picture.
import type { Correspondences } from '../geometry/index.js';
import type { FeatureSet } from '../kernels/index.js';

/** x and y in the first picture, then in the second, in parts of their sides. */
export type CommonPlace = readonly [ax: number, ay: number, bx: number, by: number];

/** One of each cell of a picture that is so many cells wide and high: more would hide the picture. */
const CELLS = 10;

const round = (share: number): number => Math.round(Math.min(1, Math.max(0, share)) * 1e4) / 1e4;

/** `numbers`: of the correspondences, best first. */
export const spreadPlaces = (
  a: FeatureSet,
  b: FeatureSet,
  pairs: Correspondences,
  numbers: readonly number[],
): CommonPlace[] => {
  const taken = new Set<number>();
  return numbers.flatMap((k): CommonPlace[] => {
    const [i, j] = [pairs.a[k]!, pairs.b[k]!];
    const place = [a.x[i]! / a.width, a.y[i]! / a.height, b.x[j]! / b.width, b.y[j]! / b.height] as const;
    const cell = Math.floor(place[0] * CELLS) * 64 + Math.floor(place[1] * CELLS);
    if (taken.has(cell)) return [];
    taken.add(cell);
    return [[round(place[0]), round(place[1]), round(place[2]), round(place[3])]];
  });
};

/** As seen from the other picture. */
export const exchangedPlace = ([ax, ay, bx, by]: CommonPlace): CommonPlace => [bx, by, ax, ay];
