// The change of brightness and contrast between two grids of one picture, found although a part of it is covered.
import { GRID_CELLS } from './luma-grid.js';

/** `b` is about `gain * a + offset`. */
export interface Exposure {
  readonly gain: number;
  readonly offset: number;
}

const ROUNDS = 5;
/** Share of the cells that each round believes: an overlay covers far less than the rest. */
const TRUSTED = 0.8;
const GAIN_LIMITS = [0.6, 1.6] as const;

/** Least trimmed squares: fit, keep the cells that fit best, fit again. */
export const fitExposure = (a: Uint8Array, b: Uint8Array): Exposure => {
  let gain = 1;
  let offset = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const limit = trustedResidual(a, b, gain, offset);
    let [count, sumA, sumB, sumAA, sumAB] = [0, 0, 0, 0, 0];
    for (let i = 0; i < GRID_CELLS; i++) {
      const [lumaA, lumaB] = [a[i]!, b[i]!];
      if (Math.abs(lumaB - gain * lumaA - offset) > limit) continue;
      count++;
      sumA += lumaA;
      sumB += lumaB;
      sumAA += lumaA * lumaA;
      sumAB += lumaA * lumaB;
    }
    const variance = sumAA - (sumA * sumA) / count;
    if (variance < count) break; // flat: any gain would fit
    gain = Math.min(GAIN_LIMITS[1], Math.max(GAIN_LIMITS[0], (sumAB - (sumA * sumB) / count) / variance));
    offset = (sumB - gain * sumA) / count;
  }
  return { gain, offset };
};

/** The residual that the trusted share of the cells does not exceed, by counting: no sort. */
const trustedResidual = (a: Uint8Array, b: Uint8Array, gain: number, offset: number): number => {
  const counts = new Uint32Array(1024);
  for (let i = 0; i < GRID_CELLS; i++) counts[Math.min(1023, Math.floor(Math.abs(b[i]! - gain * a[i]! - offset)))]!++;
  let left = GRID_CELLS * TRUSTED;
  let residual = 0;
  while (residual < 1023 && (left -= counts[residual]!) > 0) residual++;
  return Math.max(3, residual + 1);
};
