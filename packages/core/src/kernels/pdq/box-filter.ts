// Running-mean filters over the rows and over the columns of a matrix: the two halves of the Jarosz (repeated box) filter.

/**
 * A centred window of `size` samples over a line: it reaches `ahead` samples beyond the one written, and is cut off at both
 * ends of the line (the mean is then over fewer samples).
 */
export interface BoxWindow {
  readonly size: number;
  readonly ahead: number;
}

/** PDQ's window: half of one output cell, rounded up, since two passes make a tent of twice that width. */
export const boxWindow = (length: number, cells: number): BoxWindow => {
  const size = Math.floor((length + 2 * cells - 1) / (2 * cells));
  return { size, ahead: size >> 1 };
};

// Sums are rounded to single precision after each step, as the reference's are: hashes then agree bit for bit.
const { fround } = Math;

/** Means along the rows. Four rows at a time: their sums do not wait for one another. */
export const boxRows = (
  input: Float32Array | Uint8Array,
  output: Float32Array,
  width: number,
  height: number,
  window: BoxWindow,
): void => {
  let row = 0;
  for (; row + 4 <= height; row += 4) boxFourRows(input, output, row * width, width, window);
  for (; row < height; row++) boxOneRow(input, output, row * width, width, window);
};

const boxOneRow = (
  input: Float32Array | Uint8Array,
  output: Float32Array,
  start: number,
  width: number,
  { size, ahead }: BoxWindow,
): void => {
  let sum = 0;
  for (let lead = 0; lead < ahead; lead++) sum = fround(sum + input[start + lead]!);
  for (let column = 0; column < width; column++) {
    const lead = column + ahead;
    const trail = lead - size;
    if (lead < width) sum = fround(sum + input[start + lead]!);
    if (trail >= 0) sum = fround(sum - input[start + trail]!);
    output[start + column] = sum / (Math.min(lead, width - 1) - Math.max(trail, -1));
  }
};

const boxFourRows = (
  input: Float32Array | Uint8Array,
  output: Float32Array,
  start: number,
  width: number,
  { size, ahead }: BoxWindow,
): void => {
  const second = start + width;
  const third = second + width;
  const fourth = third + width;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let lead = 0; lead < ahead; lead++) {
    a = fround(a + input[start + lead]!);
    b = fround(b + input[second + lead]!);
    c = fround(c + input[third + lead]!);
    d = fround(d + input[fourth + lead]!);
  }
  for (let column = 0; column < width; column++) {
    const lead = column + ahead;
    const trail = lead - size;
    if (lead < width) {
      a = fround(a + input[start + lead]!);
      b = fround(b + input[second + lead]!);
      c = fround(c + input[third + lead]!);
      d = fround(d + input[fourth + lead]!);
    }
    if (trail >= 0) {
      a = fround(a - input[start + trail]!);
      b = fround(b - input[second + trail]!);
      c = fround(c - input[third + trail]!);
      d = fround(d - input[fourth + trail]!);
    }
    const count = (lead < width ? lead : width - 1) - (trail < -1 ? -1 : trail);
    output[start + column] = a / count;
    output[second + column] = b / count;
    output[third + column] = c / count;
    output[fourth + column] = d / count;
  }
};

/** Means down the columns: one sweep over memory in its own order, with a running sum a column. */
export const boxColumns = (
  input: Float32Array,
  output: Float32Array,
  width: number,
  height: number,
  { size, ahead }: BoxWindow,
): void => {
  const sums = new Float32Array(width);
  for (let at = 0; at < ahead * width; at++) sums[at % width]! += input[at]!;
  for (let row = 0; row < height; row++) {
    const lead = row + ahead;
    const trail = lead - size;
    if (lead < height) {
      for (let column = 0, at = lead * width; column < width; column++, at++) sums[column]! += input[at]!;
    }
    if (trail >= 0) {
      for (let column = 0, at = trail * width; column < width; column++, at++) sums[column]! -= input[at]!;
    }
    const count = Math.min(lead, height - 1) - Math.max(trail, -1);
    for (let column = 0, at = row * width; column < width; column++, at++) output[at] = sums[column]! / count;
  }
};
