// The 16 x 16 lowest frequencies, without the constant ones, of a 64 x 64 picture (DCT-II; Zauner 2010, section 3.2.1).
import { CELLS } from './downsample.js';

/** Frequencies 1..16 in each direction. */
export const FREQUENCIES = 16;

const { fround } = Math;

const BASIS = Float32Array.from({ length: FREQUENCIES * CELLS }, (_, i) => {
  const frequency = Math.floor(i / CELLS) + 1;
  const sample = i % CELLS;
  return fround(Math.sqrt(2 / CELLS)) * Math.cos((Math.PI / 2 / CELLS) * frequency * (2 * sample + 1));
});

/** 256 coefficients, row-major, vertical frequency first; single precision in the order of the published matrix product. */
export const lowFrequencies = (cells: Float32Array): Float32Array => {
  const columns = new Float32Array(FREQUENCIES * CELLS);
  for (let frequency = 0; frequency < FREQUENCIES; frequency++) {
    // Row by row of the picture, so that memory is read in its own order; each sum still grows in the order of the samples.
    const sums = columns.subarray(frequency * CELLS, (frequency + 1) * CELLS);
    for (let sample = 0, at = 0; sample < CELLS; sample++) {
      const weight = BASIS[frequency * CELLS + sample]!;
      for (let column = 0; column < CELLS; column++) sums[column]! += fround(weight * cells[at++]!);
    }
  }
  const coefficients = new Float32Array(FREQUENCIES * FREQUENCIES);
  for (let row = 0, at = 0; row < FREQUENCIES; row++) {
    for (let frequency = 0; frequency < FREQUENCIES; frequency++) {
      let sum = 0;
      for (let sample = 0; sample < CELLS; sample++) {
        sum = fround(sum + fround(columns[row * CELLS + sample]! * BASIS[frequency * CELLS + sample]!));
      }
      coefficients[at++] = sum;
    }
  }
  return coefficients;
};
