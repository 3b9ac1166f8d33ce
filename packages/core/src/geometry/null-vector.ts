// The direction in which a set of equations comes nearest to zero: the null vector of a homogeneous system, by inverse iteration. It is asked for some hundred
// times a comparison, so that it works in memory of its own.

export const EQUATION = 9;
const ITERATIONS = 6;

/** Sums of the products of the coefficients: the upper triangle, row by row; and the whole of it. */
const sums = new Float64Array((EQUATION * (EQUATION + 1)) / 2);
const square = new Float64Array(EQUATION * EQUATION);
const order = new Int32Array(EQUATION);
const vector = new Float64Array(EQUATION);

/** Forgets the equations of before. */
export const beginEquations = (): void => void sums.fill(0);

/** One equation of 9 coefficients. */
export const addEquation = (row: Float64Array): void => {
  let at = 0;
  for (let i = 0; i < EQUATION; i++) {
    const factor = row[i]!;
    for (let j = i; j < EQUATION; j++) sums[at++]! += factor * row[j]!;
  }
};

/** Of the equations since `beginEquations`: a vector of length 1, valid until it is asked again. */
export const nullVector = (): Float64Array => {
  complete();
  decompose();
  for (let i = 0; i < EQUATION; i++) vector[i] = 1 / (i + 2);
  for (let i = 0; i < ITERATIONS; i++) {
    solve();
    normalise();
  }
  return vector;
};

/** Both triangles, and a little on the diagonal so that it can be divided by. */
const complete = (): void => {
  let at = 0;
  for (let i = 0; i < EQUATION; i++) {
    for (let j = i; j < EQUATION; j++) square[i * EQUATION + j] = square[j * EQUATION + i] = sums[at++]!;
    square[i * EQUATION + i]! += 1e-9;
  }
};

/** Lower and upper triangle in place, rows exchanged. */
const decompose = (): void => {
  for (let k = 0; k < EQUATION; k++) {
    let pivot = k;
    for (let i = k + 1; i < EQUATION; i++)
      if (Math.abs(square[i * EQUATION + k]!) > Math.abs(square[pivot * EQUATION + k]!)) pivot = i;
    order[k] = pivot;
    if (pivot !== k)
      for (let j = 0; j < EQUATION; j++) {
        const held = square[k * EQUATION + j]!;
        square[k * EQUATION + j] = square[pivot * EQUATION + j]!;
        square[pivot * EQUATION + j] = held;
      }
    const divisor = square[k * EQUATION + k]! || 1e-12;
    for (let i = k + 1; i < EQUATION; i++) {
      const factor = square[i * EQUATION + k]! / divisor;
      square[i * EQUATION + k] = factor;
      for (let j = k + 1; j < EQUATION; j++) square[i * EQUATION + j]! -= factor * square[k * EQUATION + j]!;
    }
  }
};

const solve = (): void => {
  for (let k = 0; k < EQUATION; k++) {
    const held = vector[k]!;
    vector[k] = vector[order[k]!]!;
    vector[order[k]!] = held;
  }
  for (let i = 0; i < EQUATION; i++) {
    let value = vector[i]!;
    for (let j = 0; j < i; j++) value -= square[i * EQUATION + j]! * vector[j]!;
    vector[i] = value;
  }
  for (let i = EQUATION - 1; i >= 0; i--) {
    let value = vector[i]!;
    for (let j = i + 1; j < EQUATION; j++) value -= square[i * EQUATION + j]! * vector[j]!;
    vector[i] = value / (square[i * EQUATION + i]! || 1e-12);
  }
};

const normalise = (): void => {
  let squares = 0;
  for (let i = 0; i < EQUATION; i++) squares += vector[i]! * vector[i]!;
  const length = Math.sqrt(squares) || 1;
  for (let i = 0; i < EQUATION; i++) vector[i]! /= length;
};
