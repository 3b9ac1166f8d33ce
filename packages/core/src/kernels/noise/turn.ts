// Planes turned by quarters: what a platform stores upright lay otherwise on the sensor.
import type { NoisePlane } from './residual.js';

/** Quarters clockwise. */
export type Quarters = 0 | 1 | 2 | 3;

/** The plane turned clockwise. */
export const turned = (plane: NoisePlane, quarters: Quarters): NoisePlane => {
  if (quarters === 0) return plane;
  const [width, height] = quarters === 2 ? [plane.width, plane.height] : [plane.height, plane.width];
  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from =
        quarters === 1
          ? (plane.height - 1 - x) * plane.width + y
          : quarters === 2
            ? (plane.height - 1 - y) * plane.width + (plane.width - 1 - x)
            : x * plane.width + (plane.width - 1 - y);
      values[y * width + x] = plane.values[from] as number;
    }
  return { width, height, values };
};
