// How two media lie to one another. A reason is told from its `a`: `where.a` is upright, and `where.b.orientation` is the turn that
// makes `b` of `a`. This is the one place that tells it from the other side.
import type { Reason, Where } from '../contract/comparison.js';
import { invert } from '../geometry/transform.js';
import { inverseOrientation, type Orientation } from '../kernels/orientation.js';

/** How `b` shows `a`; upright where no turn was measured. */
export const turnOf = (where: Where): Orientation => where.b.orientation ?? 'upright';

/** What has to be done to `b` for it to lie as `a` does. */
export const turnBackOf = (where: Where): Orientation => inverseOrientation(turnOf(where));

/** The same places with `a` and `b` exchanged: the sides change, the turn and the transform are undone. */
export const exchangedPlaces = ({ a, b, segments, transform }: Where): Where => {
  const back = transform && invert(transform);
  return {
    a: inPlace(b, a.orientation),
    b: inPlace(a, b.orientation && inverseOrientation(b.orientation)),
    ...(segments
      ? {
          segments: segments.map((segment) => ({
            a: segment.b,
            b: segment.a,
            speed: Math.round(1000 / segment.speed) / 1000,
          })),
        }
      : {}),
    ...(back ? { transform: back } : {}),
  };
};

const inPlace = (place: Where['a'], orientation: Orientation | undefined): Where['a'] => {
  const { orientation: _replaced, ...rest } = place;
  return orientation === undefined ? rest : { ...rest, orientation };
};

/** Each reason as seen from the other medium. */
export const exchangedReasons = (reasons: readonly Reason[]): Reason[] =>
  reasons.map((reason) => ({ ...reason, where: exchangedPlaces(reason.where) }));

const WORDS: Readonly<Record<Orientation, string>> = {
  upright: '',
  rotate90: 'turned 90° to the right',
  rotate180: 'turned by 180°',
  rotate270: 'turned 90° to the left',
  mirror: 'mirrored',
  flip: 'mirrored top to bottom',
  transpose: 'mirrored and turned 90° to the left',
  transverse: 'mirrored and turned 90° to the right',
};

/** What was done to `a` to make `b` of it, in words; empty where nothing was. */
export const turnInWords = (where: Where): string => WORDS[turnOf(where)];
