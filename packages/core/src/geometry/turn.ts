// Which of the eight orientations a transform comes nearest to, for people: the transform itself says more.
import { ORIENTATIONS, type Orientation } from '../kernels/index.js';
import type { Affine } from './transform.js';

/** What each orientation does to a step to the right and a step down: (a, b, d, e) of its matrix. */
const STEPS: Readonly<Record<Orientation, readonly [a: number, b: number, d: number, e: number]>> = {
  upright: [1, 0, 0, 1],
  rotate90: [0, -1, 1, 0],
  rotate180: [-1, 0, 0, -1],
  rotate270: [0, 1, -1, 0],
  mirror: [-1, 0, 0, 1],
  flip: [1, 0, 0, -1],
  transpose: [0, 1, 1, 0],
  transverse: [0, -1, -1, 0],
};

export const nearestTurn = ([a, b, , d, e]: Affine): Orientation => {
  const agreement = (orientation: Orientation): number => {
    const [p, q, r, s] = STEPS[orientation];
    return a * p + b * q + d * r + e * s;
  };
  return ORIENTATIONS.reduce((best, one) => (agreement(one) > agreement(best) ? one : best));
};
