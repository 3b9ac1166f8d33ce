// Which of many corresponding features the geometry of two cameras explains: a fundamental matrix that many of them agree with. Three features propose one, each
// standing for its place and three points around it, since they know their size and direction; what agrees is fitted and tried again (Chum, Matas, Kittler,
// "Locally optimized RANSAC", 2003). The same pair gives the same answer always.
import { addEquation, beginEquations, EQUATION, nullVector } from './null-vector.js';

/** A feature's place and three points around it. */
export const POINTS = 4;
/** x and y in the one picture, u and v in the other, of each point. */
const COORDINATES = 4;
export const SAMPLE_VALUES = POINTS * COORDINATES;
/** Features that make a geometry. */
export const SAMPLE = 3;

const PROPOSALS = 300;
/** Where so many agree, the best of them is soon drawn: so few draws at least, and the chance that all missed them. Of few, another few may be the better supported. */
const PLENTY = 60;
const LEAST_DRAWS = 20;
const MISSED = 1e-4;
const FIT_ROUNDS = 3;
/** Pixels from the line that a feature should lie on, of 800. */
const TOLERANCE_PX = 4 / 800;
/** The points around a feature weigh so much against it in a fit. */
const AROUND_WEIGHT = 0.3;

/** `samples`: the values of each feature, from -1 to 1 along the longest side, best correspondences first. Answers numbers of those that agree. */
export const bestGeometry = (samples: Float64Array): number[] => {
  const count = samples.length / SAMPLE_VALUES;
  const random = randomFrom(count);
  let best: number[] = [];
  // Where all agree, no other geometry is better; where many do, one of them was drawn from alone soon enough.
  let enough = PROPOSALS;
  for (let proposal = 0; proposal < enough && best.length < count; proposal++) {
    // Good correspondences first, later all of them (Chum and Matas, "Matching with PROSAC", CVPR 2005).
    const among = Math.min(count, SAMPLE + 2 + Math.floor((proposal * count * 1.5) / PROPOSALS));
    let inliers = agreeing(samples, geometryOf(samples, drawn(random, among), 1), best.length);
    if (inliers === null) continue;
    for (let round = 0; round < FIT_ROUNDS && inliers.length > SAMPLE; round++) {
      const more = agreeing(samples, geometryOf(samples, inliers, AROUND_WEIGHT), inliers.length - 1);
      if (more === null) break;
      inliers = more;
    }
    best = inliers;
    if (best.length >= PLENTY) enough = Math.min(PROPOSALS, drawsFor(best.length / count));
  }
  return best;
};

/** Draws after which three that agree were drawn with near certainty, where that share of all agrees (Fischler and Bolles, 1981). */
const drawsFor = (share: number): number =>
  share >= 1 ? 0 : LEAST_DRAWS + Math.ceil(Math.log(MISSED) / Math.log(1 - share ** SAMPLE));

const drawn = (random: () => number, among: number): readonly [number, number, number] => {
  const first = random() % among;
  let [second, third] = [first, first];
  while (second === first) second = random() % among;
  while (third === first || third === second) third = random() % among;
  return [first, second, third];
};

const row = new Float64Array(EQUATION);

/** The fundamental matrix, row by row. */
const geometryOf = (samples: Float64Array, numbers: readonly number[], weightAround: number): Float64Array => {
  beginEquations();
  for (const number of numbers) {
    for (let point = 0; point < POINTS; point++) {
      const at = number * SAMPLE_VALUES + point * COORDINATES;
      const x = samples[at]!;
      const y = samples[at + 1]!;
      const u = samples[at + 2]!;
      const v = samples[at + 3]!;
      const weight = point === 0 ? 1 : weightAround;
      row[0] = u * x * weight;
      row[1] = u * y * weight;
      row[2] = u * weight;
      row[3] = v * x * weight;
      row[4] = v * y * weight;
      row[5] = v * weight;
      row[6] = x * weight;
      row[7] = y * weight;
      row[8] = weight;
      addEquation(row);
    }
  }
  return nullVector();
};

/** Those whose place lies within the tolerance of its line, to first order (Sampson's distance); null unless they are more than `few`. */
const agreeing = (samples: Float64Array, m: Float64Array, few: number): number[] | null => {
  const found: number[] = [];
  const [a, b, c] = [m[0]!, m[1]!, m[2]!];
  const [d, e, f] = [m[3]!, m[4]!, m[5]!];
  const [g, h, i] = [m[6]!, m[7]!, m[8]!];
  const count = samples.length / SAMPLE_VALUES;
  let most = count;
  for (let n = 0; n < count; n++) {
    const at = n * SAMPLE_VALUES;
    const x = samples[at]!;
    const y = samples[at + 1]!;
    const u = samples[at + 2]!;
    const v = samples[at + 3]!;
    const lineX = a * x + b * y + c;
    const lineY = d * x + e * y + f;
    const backX = a * u + d * v + g;
    const backY = b * u + e * v + h;
    const error = u * lineX + v * lineY + (g * x + h * y + i);
    const slope = lineX * lineX + lineY * lineY + backX * backX + backY * backY;
    if (error * error < 2 * TOLERANCE_PX * TOLERANCE_PX * slope) found.push(n);
    else if (--most <= few) return null;
  }
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
