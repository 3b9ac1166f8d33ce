// Semi-local support (Schmid and Mohr, "Local greyvalue invariants for image retrieval", PAMI 1997): what lies beside a feature in one picture lies beside it in
// the other too, about where its own size and direction say. Chance agreements with a geometry have no such neighbours.
import type { FeatureSet } from '../kernels/index.js';
import type { Correspondences } from './correspondences.js';

/** Nearest others that are asked, and how many of them have to agree. */
const NEIGHBOURS = 5;
const NEEDED = 2;
/** A neighbour may be off by this share of its distance, for what is nearer or farther from the camera, and by some pixels. */
const SLACK = 0.4;
const SLACK_PX = 10;
/** Nearer ones are the same spot. */
const LEAST_DISTANCE_PX = 2;

/** Those of the correspondences `numbers` whose neighbours among them agree. */
export const supported = (
  a: FeatureSet,
  b: FeatureSet,
  pairs: Correspondences,
  numbers: readonly number[],
): number[] => {
  const count = numbers.length;
  const column = (values: Float32Array, features: Uint16Array) =>
    Float64Array.from(numbers, (k) => values[features[k]!]!);
  const [x, y, u, v] = [column(a.x, pairs.a), column(a.y, pairs.a), column(b.x, pairs.b), column(b.y, pairs.b)];
  const nearest = new Int32Array(NEIGHBOURS);
  const distances = new Float64Array(NEIGHBOURS);
  return numbers.filter((k, i) => {
    let found = 0;
    // A little more than the square of the distance that a neighbour has to be nearer than: most others need no root.
    let reach = Infinity;
    for (let j = 0; j < count; j++) {
      const ax = x[j]! - x[i]!;
      const ay = y[j]! - y[i]!;
      const squared = ax * ax + ay * ay;
      if (squared > reach) continue;
      const distance = Math.sqrt(squared);
      if (distance <= LEAST_DISTANCE_PX || (found === NEIGHBOURS && distance >= distances[found - 1]!)) continue;
      let at = found < NEIGHBOURS ? found++ : NEIGHBOURS - 1;
      for (; at > 0 && distances[at - 1]! > distance; at--) {
        distances[at] = distances[at - 1]!;
        nearest[at] = nearest[at - 1]!;
      }
      distances[at] = distance;
      nearest[at] = j;
      if (found === NEIGHBOURS) reach = 1.000001 * distances[NEIGHBOURS - 1]! ** 2;
    }
    const scale = 2 ** (b.size[pairs.b[k]!]! - a.size[pairs.a[k]!]!);
    const turn = b.direction[pairs.b[k]!]! - a.direction[pairs.a[k]!]!;
    const [c, s] = [scale * Math.cos(turn), scale * Math.sin(turn)];
    let agreeing = 0;
    for (let n = 0; n < found; n++) {
      const j = nearest[n]!;
      const [dx, dy] = [x[j]! - x[i]!, y[j]! - y[i]!];
      const off = Math.hypot(c * dx - s * dy - (u[j]! - u[i]!), s * dx + c * dy - (v[j]! - v[i]!));
      if (off <= SLACK * distances[n]! * scale + SLACK_PX) agreeing += 1;
    }
    return agreeing >= NEEDED;
  });
};
