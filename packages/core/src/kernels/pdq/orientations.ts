// All eight orientations from one DCT: turning a picture permutes its frequencies and changes the sign of the odd ones.
import { ORIENTATIONS, swapsAxes, type Orientation } from '../orientation.js';
import { FREQUENCIES } from './dct.js';

// Frequency n of a line read backwards is (-1)^n times itself. Frequencies start at 1, so index 0 is an odd one.
const reversesRows: ReadonlySet<Orientation> = new Set(['flip', 'rotate180', 'rotate90', 'transverse']);
const reversesColumns: ReadonlySet<Orientation> = new Set(['mirror', 'rotate180', 'rotate270', 'transverse']);

interface Turn {
  readonly from: Uint16Array;
  readonly sign: Int8Array;
}

/** A turn is: reverse rows and columns of the upright picture as needed, then transpose if the axes change places. */
const turns: readonly Turn[] = ORIENTATIONS.map((orientation) => {
  const from = new Uint16Array(FREQUENCIES * FREQUENCIES);
  const sign = new Int8Array(FREQUENCIES * FREQUENCIES);
  for (let row = 0; row < FREQUENCIES; row++) {
    for (let column = 0; column < FREQUENCIES; column++) {
      const odd =
        Number(reversesRows.has(orientation) && row % 2 === 0) +
        Number(reversesColumns.has(orientation) && column % 2 === 0);
      const to = swapsAxes(orientation) ? column * FREQUENCIES + row : row * FREQUENCIES + column;
      from[to] = row * FREQUENCIES + column;
      sign[to] = odd === 1 ? -1 : 1;
    }
  }
  return { from, sign };
});

/** The coefficients of the picture turned to `ORIENTATIONS[index]`, written to `output`. */
export const turnCoefficients = (upright: Float32Array, index: number, output: Float32Array): void => {
  const { from, sign } = turns[index]!;
  for (let i = 0; i < output.length; i++) output[i] = upright[from[i]!]! * sign[i]!;
};
