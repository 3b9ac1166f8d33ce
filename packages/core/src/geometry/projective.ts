// A flat thing seen from aside, such as a screen that was photographed: what a plane becomes under perspective is no affine map, and with one alone the corners of such a copy
// are lost. Starts from what an affine map explains (Hartley and Zisserman, "Multiple view geometry", algorithm 4.2).
import type { FeatureSet } from '../kernels/index.js';
import type { Correspondences } from './correspondences.js';
import { addEquation, beginEquations, EQUATION, nullVector } from './null-vector.js';
import { areAsProposed, type Proposal } from './proposals.js';

/** Fewer pairs of points do not tell a perspective from their own errors. */
export const LEAST_FOR_PERSPECTIVE = 8;

/** Places run from -1 to 1 along the longest side, so that the equations weigh alike. */
const unitOf = ({ height, width }: FeatureSet): number => 2 / Math.max(width, height);

const row = new Float64Array(EQUATION);

/** The map of the plane that carries the first of each pair nearest to the second, row by row. */
const fitted = (a: FeatureSet, b: FeatureSet, pairs: Correspondences, numbers: readonly number[]): Float64Array => {
  const [unitA, unitB] = [unitOf(a), unitOf(b)];
  beginEquations();
  for (const k of numbers) {
    const [i, j] = [pairs.a[k]!, pairs.b[k]!];
    const x = (a.x[i]! - a.width / 2) * unitA;
    const y = (a.y[i]! - a.height / 2) * unitA;
    const u = (b.x[j]! - b.width / 2) * unitB;
    const v = (b.y[j]! - b.height / 2) * unitB;
    row.set([x, y, 1, 0, 0, 0, -u * x, -u * y, -u]);
    addEquation(row);
    row.set([0, 0, 0, x, y, 1, -v * x, -v * y, -v]);
    addEquation(row);
  }
  return nullVector();
};

/** Of the correspondences that are about as large and as much turned as the proposal, those that the best perspective map through `inliers` carries within `radius` pixels. */
export const inPerspective = (
  a: FeatureSet,
  b: FeatureSet,
  pairs: Correspondences,
  {
    proposal,
    inliers,
    radius,
  }: { readonly proposal: Proposal; readonly inliers: readonly number[]; readonly radius: number },
): number[] => {
  const m = fitted(a, b, pairs, inliers);
  const [m0, m1, m2, m3, m4, m5, m6, m7, m8] = m as unknown as [
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
  const [unitA, unitB] = [unitOf(a), unitOf(b)];
  const squared = (radius * unitB) ** 2;
  const found: number[] = [];
  for (let k = 0; k < pairs.count; k++) {
    const [i, j] = [pairs.a[k]!, pairs.b[k]!];
    const x = (a.x[i]! - a.width / 2) * unitA;
    const y = (a.y[i]! - a.height / 2) * unitA;
    const depth = m6 * x + m7 * y + m8;
    if (depth * m8 <= 0) continue;
    const du = (m0 * x + m1 * y + m2) / depth - (b.x[j]! - b.width / 2) * unitB;
    const dv = (m3 * x + m4 * y + m5) / depth - (b.y[j]! - b.height / 2) * unitB;
    if (du * du + dv * dv <= squared && areAsProposed(a, b, proposal, i, j)) found.push(k);
  }
  return found;
};
