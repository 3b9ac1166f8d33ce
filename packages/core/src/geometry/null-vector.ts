// The direction in which a set of equations comes nearest to zero: the null vector of a homogeneous system, by inverse iteration.

const SIZE = 9;
const ITERATIONS = 6;

/** `rows`: equations of 9 coefficients each, one after the other. Answers a vector of length 1. */
export const nullVector = (rows: Float64Array): Float64Array => {
  const square = normalMatrix(rows);
  const order = decompose(square);
  let vector = Float64Array.from({ length: SIZE }, (_, i) => 1 / (i + 2));
  for (let i = 0; i < ITERATIONS; i++) vector = normalised(solve(square, order, vector));
  return vector;
};

/** The products of the columns, with a little on the diagonal so that it can be divided by. */
const normalMatrix = (rows: Float64Array): Float64Array => {
  const square = new Float64Array(SIZE * SIZE);
  for (let at = 0; at < rows.length; at += SIZE)
    for (let i = 0; i < SIZE; i++)
      for (let j = i; j < SIZE; j++) square[i * SIZE + j]! += rows[at + i]! * rows[at + j]!;
  for (let i = 0; i < SIZE; i++) {
    for (let j = 0; j < i; j++) square[i * SIZE + j] = square[j * SIZE + i]!;
    square[i * SIZE + i]! += 1e-9;
  }
  return square;
};

/** Lower and upper triangle in place, rows exchanged; answers the exchanges. */
const decompose = (square: Float64Array): Int32Array => {
  const order = new Int32Array(SIZE);
  for (let k = 0; k < SIZE; k++) {
    let pivot = k;
    for (let i = k + 1; i < SIZE; i++)
      if (Math.abs(square[i * SIZE + k]!) > Math.abs(square[pivot * SIZE + k]!)) pivot = i;
    order[k] = pivot;
    for (let j = 0; j < SIZE; j++) {
      const held = square[k * SIZE + j]!;
      square[k * SIZE + j] = square[pivot * SIZE + j]!;
      square[pivot * SIZE + j] = held;
    }
    const divisor = square[k * SIZE + k]! || 1e-12;
    for (let i = k + 1; i < SIZE; i++) {
      const factor = square[i * SIZE + k]! / divisor;
      square[i * SIZE + k] = factor;
      for (let j = k + 1; j < SIZE; j++) square[i * SIZE + j]! -= factor * square[k * SIZE + j]!;
    }
  }
  return order;
};

const solve = (square: Float64Array, order: Int32Array, right: Float64Array): Float64Array<ArrayBuffer> => {
  const x = Float64Array.from(right);
  for (let k = 0; k < SIZE; k++) {
    const held = x[k]!;
    x[k] = x[order[k]!]!;
    x[order[k]!] = held;
  }
  for (let i = 0; i < SIZE; i++) for (let j = 0; j < i; j++) x[i]! -= square[i * SIZE + j]! * x[j]!;
  for (let i = SIZE - 1; i >= 0; i--) {
    for (let j = i + 1; j < SIZE; j++) x[i]! -= square[i * SIZE + j]! * x[j]!;
    x[i]! /= square[i * SIZE + i]! || 1e-12;
  }
  return x;
};

const normalised = (vector: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> => {
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
};
