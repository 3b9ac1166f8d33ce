// The eight orientations of a picture (the dihedral group of the square): names, inverses, and turning a square grid.

/**
 * Order of every list "by orientation" in the program. Each name says what was done to the upright picture: turned clockwise
 * by so many degrees, mirrored left-right (`mirror`), flipped top-bottom (`flip`), or reflected in the main diagonal
 * (`transpose`) or in the other one (`transverse`).
 */
export const ORIENTATIONS = [
  'upright',
  'rotate90',
  'rotate180',
  'rotate270',
  'mirror',
  'flip',
  'transpose',
  'transverse',
] as const;
export type Orientation = (typeof ORIENTATIONS)[number];
export const ORIENTATION_COUNT = ORIENTATIONS.length;

/** What undoes an orientation: all are their own inverse but the two quarter turns. */
export const inverseOrientation = (orientation: Orientation): Orientation =>
  orientation === 'rotate90' ? 'rotate270' : orientation === 'rotate270' ? 'rotate90' : orientation;

/** True where width and height change places. */
export const swapsAxes = (orientation: Orientation): boolean =>
  orientation === 'rotate90' ||
  orientation === 'rotate270' ||
  orientation === 'transpose' ||
  orientation === 'transverse';

/**
 * For a square grid of `side` cells, row-major: where each cell of the turned grid comes from
 * (`turned[i] = upright[map[i]]`). Built once a side and orientation, then cached.
 */
export const orientationMap = (side: number, orientation: Orientation): Uint16Array => {
  const key = `${side} ${orientation}`;
  const known = maps.get(key);
  if (known) return known;
  const map = new Uint16Array(side * side);
  const last = side - 1;
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      map[row * side + column] = source[orientation](row, column, last, side);
    }
  }
  maps.set(key, map);
  return map;
};

const maps = new Map<string, Uint16Array>();

type Source = (row: number, column: number, last: number, side: number) => number;
const source: Readonly<Record<Orientation, Source>> = {
  upright: (row, column, _last, side) => row * side + column,
  rotate90: (row, column, last, side) => (last - column) * side + row,
  rotate180: (row, column, last, side) => (last - row) * side + (last - column),
  rotate270: (row, column, last, side) => column * side + (last - row),
  mirror: (row, column, last, side) => row * side + (last - column),
  flip: (row, column, last, side) => (last - row) * side + column,
  transpose: (row, column, _last, side) => column * side + row,
  transverse: (row, column, last, side) => (last - column) * side + (last - row),
};
