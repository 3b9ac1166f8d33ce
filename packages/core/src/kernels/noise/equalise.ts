// Noise brought to one strength everywhere: what a scene left of itself is stronger than the sensor, and would outvote it where it is strong.
import type { NoisePlane } from './residual.js';

/** Half of the square whose mean square is the strength at its middle. */
const REACH_PX = 16;
/** Share of the mean strength under which a place is taken for empty: it is not blown up. */
const FLOOR = 0.02;

/** Means of squares over rows of `2 REACH_PX + 1` values; `step` and `count` tell how the line lies. */
const slide = (from: Float32Array, to: Float32Array, first: number, step: number, count: number): void => {
  let sum = 0;
  for (let at = 0; at < Math.min(REACH_PX, count); at++) sum += from[first + at * step] as number;
  for (let at = 0; at < count; at++) {
    if (at + REACH_PX < count) sum += from[first + (at + REACH_PX) * step] as number;
    if (at > REACH_PX) sum -= from[first + (at - REACH_PX - 1) * step] as number;
    const size = Math.min(count - 1, at + REACH_PX) - Math.max(0, at - REACH_PX) + 1;
    to[first + at * step] = sum / size;
  }
};

/** The plane divided by the root of its mean square around each place, times that of the whole. */
export const equalised = ({ width, height, values }: NoisePlane): NoisePlane => {
  const squares = values.map((value) => value * value);
  const across = new Float32Array(values.length);
  for (let y = 0; y < height; y++) slide(squares, across, y * width, 1, width);
  for (let x = 0; x < width; x++) slide(across, squares, x, width, height);
  let mean = 0;
  for (const square of squares) mean += square;
  mean /= Math.max(1, squares.length);
  if (mean === 0) return { width, height, values };
  return {
    width,
    height,
    // A sum that slides ends a little below 0 where all is empty.
    values: values.map((value, i) => value * Math.sqrt(mean / (Math.max(0, squares[i] as number) + FLOOR * mean))),
  };
};
