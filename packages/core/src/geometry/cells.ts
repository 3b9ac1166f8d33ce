// How widely features are spread: distinct cells of a picture, so that many features on one spot count as little as one.
import type { FeatureSet } from '../kernels/index.js';
import type { Correspondences } from './correspondences.js';
import { boundsOf, type Region } from './transform.js';

/** Cells along the longest side. */
const CELLS = 25;

/** Cells that hold one of these features at least. */
const distinctCells = ({ width, height, x, y }: FeatureSet, features: Iterable<number>): number => {
  const side = Math.max(width, height) / CELLS;
  const cells = new Set<number>();
  for (const i of features) cells.add(Math.floor(y[i]! / side) * 64 + Math.floor(x[i]! / side));
  return cells.size;
};

/** Cells of these correspondences, in the picture where they are fewer. */
export const pairedCells = (a: FeatureSet, b: FeatureSet, pairs: Correspondences, numbers: readonly number[]): number =>
  Math.min(
    distinctCells(
      a,
      numbers.map((k) => pairs.a[k]!),
    ),
    distinctCells(
      b,
      numbers.map((k) => pairs.b[k]!),
    ),
  );

/** The part of a picture where the features of these correspondences lie; `features` has the number of each. */
export const usedRegion = (
  set: FeatureSet,
  numbers: readonly number[],
  features: Uint16Array,
): { readonly region?: Region } => {
  const points = numbers.map((k) => ({ x: set.x[features[k]!]!, y: set.y[features[k]!]! }));
  const region = boundsOf(points, set);
  return region === null ? {} : { region };
};
