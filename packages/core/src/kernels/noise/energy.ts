// How much of a correlation chance alone explains at each place. Neither noise nor fingerprint is of one strength everywhere: where their
// strong parts meet, a correlation strays further. Its variance at a place is the sum of the products of their squares there.
import type { NoisePlane } from './residual.js';

/** Squares change slowly: blocks of so many pixels a side stand for them. */
export const BLOCK_PX = 8;

/** Sums of squares of blocks; those at the right and lower edge may be cut. */
export const blockSums = ({ width, height, values }: NoisePlane): NoisePlane => {
  const [columns, rows] = [Math.ceil(width / BLOCK_PX), Math.ceil(height / BLOCK_PX)];
  const sums = new Float32Array(columns * rows);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / BLOCK_PX) * columns;
    for (let x = 0; x < width; x++) {
      const value = values[y * width + x] as number;
      const at = row + Math.floor(x / BLOCK_PX);
      sums[at] = (sums[at] as number) + value * value;
    }
  }
  return { width: columns, height: rows, values: sums };
};

export const energyOf = ({ values }: NoisePlane): number => {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
};

/** Sum of the products of the squares of two planes of one size. */
export const sharedEnergy = (a: NoisePlane, b: NoisePlane): number => {
  let sum = 0;
  for (let i = 0; i < a.values.length; i++) sum += ((a.values[i] as number) * (b.values[i] as number)) ** 2;
  return sum;
};
