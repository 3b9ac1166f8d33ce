// A plane made smaller as platforms make pictures smaller: each value is a weighed mean of those that it stands for (Lanczos, three lobes,
// widened by the scale, so that nothing folds over).
import type { NoisePlane } from './residual.js';

const LOBES = 3;

const lanczos = (x: number): number => {
  if (x === 0) return 1;
  if (Math.abs(x) >= LOBES) return 0;
  const angle = Math.PI * x;
  return (LOBES * Math.sin(angle) * Math.sin(angle / LOBES)) / (angle * angle);
};

interface Taps {
  readonly first: Int32Array;
  readonly weights: Float32Array;
  readonly count: number;
}

/** For each of `to` values: which of `from` it is made of, and by what weight. Centres of both ends agree. */
const tapsOf = (from: number, to: number): Taps => {
  const scale = from / to;
  const reach = LOBES * Math.max(1, scale);
  const count = Math.ceil(2 * reach) + 1;
  const first = new Int32Array(to);
  const weights = new Float32Array(to * count);
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale - 0.5;
    const begin = Math.ceil(centre - reach);
    first[i] = begin;
    let sum = 0;
    for (let k = 0; k < count; k++) {
      const weight = lanczos((begin + k - centre) / Math.max(1, scale));
      weights[i * count + k] = weight;
      sum += weight;
    }
    for (let k = 0; k < count; k++) weights[i * count + k] = (weights[i * count + k] as number) / sum;
  }
  return { first, weights, count };
};

/** The plane in another size. */
export const resampled = (plane: NoisePlane, width: number, height: number): NoisePlane => {
  if (plane.width === width && plane.height === height) return plane;
  const across = tapsOf(plane.width, width);
  const narrow = new Float32Array(width * plane.height);
  for (let y = 0; y < plane.height; y++)
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let k = 0; k < across.count; k++) {
        const from = Math.min(plane.width - 1, Math.max(0, (across.first[x] as number) + k));
        sum += (plane.values[y * plane.width + from] as number) * (across.weights[x * across.count + k] as number);
      }
      narrow[y * width + x] = sum;
    }
  const down = tapsOf(plane.height, height);
  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y++)
    for (let k = 0; k < down.count; k++) {
      const from = Math.min(plane.height - 1, Math.max(0, (down.first[y] as number) + k));
      const weight = down.weights[y * down.count + k] as number;
      for (let x = 0; x < width; x++)
        values[y * width + x] = (values[y * width + x] as number) + (narrow[from * width + x] as number) * weight;
    }
  return { width, height, values };
};
