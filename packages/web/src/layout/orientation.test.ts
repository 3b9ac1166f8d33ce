import { orientationMap, ORIENTATIONS } from '@redthread/core/kernels';
import { turnBackOf } from '@redthread/core/domain';
import { describe, expect, it } from 'vitest';
import { orientationTransform, type Orientation } from './orientation.js';

const SIDE = 3;
type Point = readonly [x: number, y: number];

/** What each function of a CSS transform does to a point about the centre; y points down. */
const FUNCTIONS: Readonly<Record<string, (point: Point) => Point>> = {
  'rotate(90deg)': ([x, y]) => [-y, x],
  'rotate(180deg)': ([x, y]) => [-x, -y],
  'rotate(270deg)': ([x, y]) => [y, -x],
  'scaleX(-1)': ([x, y]) => [-x, y],
  'scaleY(-1)': ([x, y]) => [x, -y],
};

/** Draws a picture of 3 x 3 pixels as CSS would; the last function of a transform comes first. */
const drawn = (picture: readonly number[], transform: string): number[] => {
  const steps = transform.split(' ').filter(Boolean).reverse();
  const out = new Array<number>(picture.length);
  picture.forEach((pixel, at) => {
    const [x, y] = steps.reduce<Point>(
      (point, step) => (FUNCTIONS[step] as (point: Point) => Point)(point),
      [(at % SIDE) - 1, Math.floor(at / SIDE) - 1],
    );
    out[(y + 1) * SIDE + x + 1] = pixel;
  });
  return out;
};

const A = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const shownBy = (orientation: Orientation): number[] =>
  Array.from(orientationMap(SIDE, orientation), (from) => A[from] as number);

describe.each(ORIENTATIONS)('a picture that shows another in %s', (orientation) => {
  it('is drawn so by the transform of that name', () => {
    expect(drawn(A, orientationTransform(orientation))).toEqual(shownBy(orientation));
  });

  it('lies like the other after the turn back', () => {
    const where = { a: { orientation: 'upright' as const }, b: { orientation } };
    expect(drawn(shownBy(orientation), orientationTransform(turnBackOf(where)))).toEqual(A);
  });
});
