// A hash of a turned frame from the hash of the upright one: turning permutes frequencies and changes the sign of odd ones, and their median is near 0. Of
// pictures 3 in 100 bits come out otherwise; where the pixels are at hand, pdqFromLuma gives all eight exactly.
import { ORIENTATIONS, type Orientation } from '../kernels/orientation.js';
import { HASH_BYTES } from '../kernels/pdq/bits.js';

const SIDE = 16;

/** Rows and columns count from frequency 1: what has an odd frequency changes its sign under a reflection. */
const isOdd = (index: number): boolean => index % 2 === 0;

interface Turn {
  readonly isTransposed: boolean;
  readonly rows: boolean;
  readonly columns: boolean;
}

const TURNS: Readonly<Record<Orientation, Turn>> = {
  upright: { isTransposed: false, rows: false, columns: false },
  mirror: { isTransposed: false, rows: false, columns: true },
  flip: { isTransposed: false, rows: true, columns: false },
  rotate180: { isTransposed: false, rows: true, columns: true },
  transpose: { isTransposed: true, rows: false, columns: false },
  rotate90: { isTransposed: true, rows: false, columns: true },
  rotate270: { isTransposed: true, rows: true, columns: false },
  transverse: { isTransposed: true, rows: true, columns: true },
};

/** Where each bit comes from, and whether it is turned over: built once an orientation. */
const PLANS = new Map<Orientation, { readonly from: Uint8Array; readonly flips: Uint8Array }>(
  ORIENTATIONS.map((orientation) => {
    const { columns, isTransposed, rows } = TURNS[orientation];
    const from = new Uint8Array(SIDE * SIDE);
    const flips = new Uint8Array(SIDE * SIDE);
    for (let row = 0; row < SIDE; row++) {
      for (let column = 0; column < SIDE; column++) {
        from[row * SIDE + column] = isTransposed ? column * SIDE + row : row * SIDE + column;
        flips[row * SIDE + column] = Number((rows && isOdd(row)) !== (columns && isOdd(column)));
      }
    }
    return [orientation, { from, flips }];
  }),
);

/** The hash of the frame turned that way, nearly. Bit 0 is the lowest of the last byte. */
export const turnedHash = (hash: Uint8Array, orientation: Orientation): Uint8Array => {
  const { flips, from } = PLANS.get(orientation)!;
  const turned = new Uint8Array(HASH_BYTES);
  for (let bit = 0; bit < SIDE * SIDE; bit++) {
    const source = from[bit]!;
    const isSet = ((hash[HASH_BYTES - 1 - (source >> 3)]! >> (source & 7)) & 1) !== flips[bit]!;
    if (isSet) turned[HASH_BYTES - 1 - (bit >> 3)]! |= 1 << (bit & 7);
  }
  return turned;
};
