// Turns one picture onto another: the CSS transform of each orientation that a match can name.
import type { Place } from '@redthread/core/contract';

export type Orientation = NonNullable<Place['orientation']>;

const TRANSFORMS: Readonly<Record<Orientation, string>> = {
  upright: '',
  rotate90: 'rotate(90deg)',
  rotate180: 'rotate(180deg)',
  rotate270: 'rotate(270deg)',
  mirror: 'scaleX(-1)',
  flip: 'scaleY(-1)',
  transpose: 'rotate(90deg) scaleY(-1)',
  transverse: 'rotate(90deg) scaleX(-1)',
};

export const orientationTransform = (orientation: Orientation): string => TRANSFORMS[orientation];

/** Whether width and height change places. */
export const swapsSides = (orientation: Orientation): boolean =>
  ['rotate90', 'rotate270', 'transpose', 'transverse'].includes(orientation);
