// Smooth noise from one fixed table: cheap enough to be called for every texel of every texture.
import { createRandom } from './random.js';

const SIZE = 256;
const MASK = SIZE - 1;

const table = ((): Float32Array => {
  const random = createRandom('noise-table');
  return Float32Array.from({ length: SIZE * SIZE }, () => random.next());
})();

/** Value noise in 0..1, smooth between whole coordinates, repeating every 256. */
export const noise = (x: number, y: number): number => {
  const xf = Math.floor(x);
  const yf = Math.floor(y);
  let fx = x - xf;
  let fy = y - yf;
  fx = fx * fx * (3 - 2 * fx);
  fy = fy * fy * (3 - 2 * fy);
  const x0 = xf & MASK;
  const x1 = (xf + 1) & MASK;
  const y0 = (yf & MASK) * SIZE;
  const y1 = ((yf + 1) & MASK) * SIZE;
  const top = (table[y0 + x0] as number) * (1 - fx) + (table[y0 + x1] as number) * fx;
  const bottom = (table[y1 + x0] as number) * (1 - fx) + (table[y1 + x1] as number) * fx;
  return top * (1 - fy) + bottom * fy;
};

/** Sum of octaves of noise, about 0..1 with mean 0.5. */
export const fractalNoise = (x: number, y: number, octaves: number): number => {
  let sum = 0;
  let weight = 0.5;
  let total = 0;
  for (let i = 0; i < octaves; i++) {
    sum += weight * noise(x + i * 37.3, y + i * 17.7);
    total += weight;
    weight *= 0.5;
    x *= 2;
    y *= 2;
  }
  return sum / total;
};

/** One table value in 0..1 by whole coordinates. */
export const cellNoise = (x: number, y: number): number => table[(y & MASK) * SIZE + (x & MASK)] as number;
