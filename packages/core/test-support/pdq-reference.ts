// PDQ as it reads in the paper ("The TMK+PDQF video-hashing algorithm and the PDQ image-hashing algorithm", 2019), with every sum rounded to
// single precision in the order of the published program: what the kernels are compared with, bit for bit. Slow, and obviously right.
import { ORIENTATIONS, type Orientation } from '../src/kernels/index.js';

const { fround, floor, trunc } = Math;
const CELLS = 64;
const FREQUENCIES = 16;
const MOST_SIDE = 512;
const HASH_BYTES = 32;

type Matrix = readonly Float32Array[];

/** `luma`: row-major, both sides 5 or more. Eight hashes in the order of `ORIENTATIONS`, and the quality. */
export const referencePdq = (
  luma: Float32Array | Uint8Array,
  width: number,
  height: number,
): { hashes: Uint8Array; quality: number } => {
  const cells = cellsOf(rowsOf(luma, width, height));
  const basis = dctBasis();
  // D X D', the left product first.
  const coefficients = product(product(basis, cells), transposed(basis));
  const hashes = new Uint8Array(ORIENTATIONS.length * HASH_BYTES);
  ORIENTATIONS.forEach((orientation, k) => {
    hashes.set(hashOf(turned(coefficients, orientation)), k * HASH_BYTES);
  });
  return { hashes, quality: qualityOf(cells) };
};

/** A picture with a side above 512 is first resized to that square: nearest neighbour, aspect ignored. */
const rowsOf = (luma: Float32Array | Uint8Array, width: number, height: number): Matrix => {
  const isLarge = width > MOST_SIDE || height > MOST_SIDE;
  const [rows, columns] = isLarge ? [MOST_SIDE, MOST_SIDE] : [height, width];
  const at = (row: number, column: number): number =>
    luma[floor((row * height) / rows) * width + floor((column * width) / columns)]!;
  return matrix(rows, columns, at);
};

const matrix = (rows: number, columns: number, at: (row: number, column: number) => number): Matrix =>
  Array.from({ length: rows }, (_, row) => Float32Array.from({ length: columns }, (_, column) => at(row, column)));

const transposed = (of: Matrix): Matrix => matrix(of[0]!.length, of.length, (row, column) => of[column]![row]!);

const product = (a: Matrix, b: Matrix): Matrix =>
  matrix(a.length, b[0]!.length, (row, column) =>
    a[row]!.reduce((sum, value, i) => fround(sum + fround(value * b[i]![column]!)), 0),
  );

/** Two passes of a box along rows and columns make a tent; of it the values at the centres of 64 x 64 cells are read. */
const cellsOf = (picture: Matrix): Matrix => {
  const [rows, columns] = [picture.length, picture[0]!.length];
  let blurred = picture;
  for (let pass = 0; pass < 2; pass++) {
    blurred = blurred.map((line) => boxed(line, windowOf(columns)));
    blurred = transposed(transposed(blurred).map((line) => boxed(line, windowOf(rows))));
  }
  const centre = (cell: number, length: number): number => floor(((cell + 0.5) * length) / CELLS);
  return matrix(CELLS, CELLS, (row, column) => blurred[centre(row, rows)]![centre(column, columns)]!);
};

/** Half of a cell, rounded up. */
const windowOf = (length: number): number => floor((length + 2 * CELLS - 1) / (2 * CELLS));

/** Means over a window that is cut off at both ends, by a running sum: first what enters is added, then what leaves is taken off. */
const boxed = (line: Float32Array, window: number): Float32Array => {
  const { length } = line;
  const ahead = floor(window / 2);
  const output = new Float32Array(length);
  let sum = 0;
  for (let lead = 0; lead < length + ahead; lead++) {
    const trail = lead - window;
    if (lead < length) sum = fround(sum + line[lead]!);
    if (trail >= 0) sum = fround(sum - line[trail]!);
    if (lead >= ahead) output[lead - ahead] = sum / (Math.min(lead, length - 1) - Math.max(trail, -1));
  }
  return output;
};

/** DCT-II without the constant frequency. */
const dctBasis = (): Matrix => {
  const scale = fround(Math.sqrt(2 / CELLS));
  return matrix(
    FREQUENCIES,
    CELLS,
    (frequency, sample) => scale * Math.cos((Math.PI / 2 / CELLS) * (frequency + 1) * (2 * sample + 1)),
  );
};

/** Reversing a line changes the sign of its odd frequencies, the first of which is number 0 here; reflecting in a diagonal exchanges directions. */
const turned = (coefficients: Matrix, orientation: Orientation): Matrix => {
  const [reversesRows, reversesColumns, isExchanged] = TURNS[orientation];
  const reversed = matrix(FREQUENCIES, FREQUENCIES, (row, column) => {
    const isNegative = (reversesRows && row % 2 === 0) !== (reversesColumns && column % 2 === 0);
    return (isNegative ? -1 : 1) * coefficients[row]![column]!;
  });
  return isExchanged ? transposed(reversed) : reversed;
};

const TURNS: Readonly<Record<Orientation, readonly [rows: boolean, columns: boolean, exchanged: boolean]>> = {
  upright: [false, false, false],
  rotate90: [true, false, true],
  rotate180: [true, true, false],
  rotate270: [false, true, true],
  mirror: [false, true, false],
  flip: [true, false, false],
  transpose: [false, false, true],
  transverse: [true, true, true],
};

/** A bit for each coefficient above the lower median; number 0 is the lowest bit of the last byte. */
const hashOf = (coefficients: Matrix): Uint8Array => {
  const values = coefficients.flatMap((line) => [...line]);
  const median = [...values].sort((a, b) => a - b)[values.length / 2 - 1]!;
  const hash = new Uint8Array(HASH_BYTES);
  values.forEach((value, i) => {
    if (value > median) hash[HASH_BYTES - 1 - (i >> 3)]! |= 1 << (i & 7);
  });
  return hash;
};

/** Differences of neighbours in whole per cent of the range, both ways, 90 of them a point. */
const qualityOf = (cells: Matrix): number => {
  const percent = (a: number, b: number): number => Math.abs(trunc(fround(fround(fround(a - b) * 100) / 255)));
  let sum = 0;
  for (let row = 0; row < CELLS; row++)
    for (let column = 0; column < CELLS; column++) {
      const here = cells[row]![column]!;
      if (row + 1 < CELLS) sum += percent(here, cells[row + 1]![column]!);
      if (column + 1 < CELLS) sum += percent(here, cells[row]![column + 1]!);
    }
  return Math.min(100, floor(sum / 90));
};
