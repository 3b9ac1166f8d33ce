// Comparing pictures that may be turned: a fixed order of the two makes every comparison symmetric, and `where` tells the turn.
import { distanceBits256, HASH_BYTES, inverseOrientation, ORIENTATIONS, type Orientation } from '../kernels/index.js';
import type { Comparison, Signal } from './method.js';

/** What `compareOrdered` yields: `b` shows `a` after this turn. */
export interface Turned<T> {
  readonly orientation: Orientation;
  readonly result: T;
}

/** Calls `compareOrdered` with the signal of smaller bytes first and, where that swapped them, translates its turn back. */
export const inFixedOrder = <T>(
  a: Signal,
  b: Signal,
  compareOrdered: (first: Signal, second: Signal, isSwapped: boolean) => Turned<T>,
): Turned<T> => {
  if (!isAfter(a.value, b.value)) return compareOrdered(a, b, false);
  const { orientation, result } = compareOrdered(b, a, true);
  return { orientation: inverseOrientation(orientation), result };
};

const isAfter = (a: Uint8Array, b: Uint8Array): boolean => {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! > b[i]!;
  return false;
};

export interface OrientedDistance {
  readonly orientation: Orientation;
  readonly distanceBits: number;
}

/**
 * Nearest of the eight orientations between two sets of eight hashes, looked for in both directions: each turned `a` against `b`
 * upright, and `a` upright against `b` turned back. (A hash of a turned picture is not quite the turned hash: the two may differ
 * by some bits.)
 */
export const nearestOrientation = (a: Uint8Array, b: Uint8Array): OrientedDistance => {
  let nearest: OrientedDistance = { orientation: 'upright', distanceBits: 257 };
  ORIENTATIONS.forEach((orientation, k) => {
    const back = ORIENTATIONS.indexOf(inverseOrientation(orientation));
    const distanceBits = Math.min(
      distanceBits256(a, b, k * HASH_BYTES, 0),
      distanceBits256(a, b, 0, back * HASH_BYTES),
    );
    if (distanceBits < nearest.distanceBits) nearest = { orientation, distanceBits };
  });
  return nearest;
};

/** `b` shows `a` after this turn. */
export const turnedPlaces = (orientation: Orientation): Comparison['where'] => ({
  a: { orientation: 'upright' },
  b: { orientation },
});
