// Spectrum of a picture: two rows make one complex row, of whose transform both are read; then columns. Half of the spectrum is kept, the
// other half being its mirror. A spectrum is two planes, `height` rows of `width / 2 + 1` values each, `line` bytes from row to row.
import { transform } from './fourier';

const LANES: usize = 16;

/** Four rows of four values become four columns of them, `step` bytes from one to the next: values of rows into lanes, and back. */
function transpose(a: v128, b: v128, c: v128, d: v128, to: usize, step: usize): void {
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f64>(ab, cd, 0, 2));
  v128.store(to + step, v128.shuffle<f64>(ab, cd, 1, 3));
  v128.store(to + 2 * step, v128.shuffle<f64>(abHigh, cdHigh, 0, 2));
  v128.store(to + 3 * step, v128.shuffle<f64>(abHigh, cdHigh, 1, 3));
}

/**
 * `picture`: `height` rows (a multiple of 8) of `width` f32 (even), `pictureLine` bytes apart, readable to whole lanes. `room`: four times
 * (max(width, height) + 4) x 16 bytes. `rowTurns`, `columnTurns`: see `transform`.
 */
export function forward(
  picture: usize,
  pictureLine: usize,
  width: i32,
  height: i32,
  re: usize,
  im: usize,
  line: usize,
  rowTurns: usize,
  columnTurns: usize,
  room: usize,
): void {
  const part = <usize>(max(width, height) + 4) * LANES;
  for (let y = 0; y < height; y += 8) {
    // Rows y, y + 2, y + 4, y + 6 are real parts, the ones after them imaginary.
    for (let x = 0; x < width; x += 4) {
      const at = picture + <usize>y * pictureLine + ((<usize>x) << 2);
      transpose(
        v128.load(at),
        v128.load(at + 2 * pictureLine),
        v128.load(at + 4 * pictureLine),
        v128.load(at + 6 * pictureLine),
        room + <usize>x * LANES,
        LANES,
      );
      transpose(
        v128.load(at + pictureLine),
        v128.load(at + 3 * pictureLine),
        v128.load(at + 5 * pictureLine),
        v128.load(at + 7 * pictureLine),
        room + part + <usize>x * LANES,
        LANES,
      );
    }
    const isSpare = transform(room, room + part, room + 2 * part, room + 3 * part, width, rowTurns);
    const values = isSpare ? room + 2 * part : room;
    takeApart(values, values + part, width, re + <usize>y * line, im + <usize>y * line, line);
  }
  const columns = (width >> 1) + 1;
  for (let x = 0; x < columns; x += 4)
    column(re + ((<usize>x) << 2), im + ((<usize>x) << 2), height, line, columnTurns, room, part);
}

/** Of Z = A + iB: A = (Z(k) + conj Z(-k)) / 2, B = (Z(k) - conj Z(-k)) / 2i. */
function takeApart(valuesRe: usize, valuesIm: usize, width: i32, re: usize, im: usize, line: usize): void {
  const half = f32x4.splat(0.5);
  for (let k = 0; k <= width >> 1; k++) {
    const near = <usize>k * LANES;
    const far = <usize>(k == 0 ? 0 : width - k) * LANES;
    const aRe = v128.load(valuesRe + near);
    const aIm = v128.load(valuesIm + near);
    const bRe = v128.load(valuesRe + far);
    const bIm = v128.load(valuesIm + far);
    const at = (<usize>k) << 2;
    spread(f32x4.mul(half, f32x4.add(aRe, bRe)), re + at, 2 * line);
    spread(f32x4.mul(half, f32x4.sub(aIm, bIm)), im + at, 2 * line);
    spread(f32x4.mul(half, f32x4.add(aIm, bIm)), re + line + at, 2 * line);
    spread(f32x4.mul(half, f32x4.sub(bRe, aRe)), im + line + at, 2 * line);
  }
}

function spread(lanes: v128, to: usize, line: usize): void {
  v128.store32_lane(to, lanes, 0);
  v128.store32_lane(to + line, lanes, 1);
  v128.store32_lane(to + 2 * line, lanes, 2);
  v128.store32_lane(to + 3 * line, lanes, 3);
}

function gather(from: usize, line: usize): v128 {
  let lanes = v128.load32_zero(from);
  lanes = v128.load32_lane(from + line, lanes, 1);
  lanes = v128.load32_lane(from + 2 * line, lanes, 2);
  return v128.load32_lane(from + 3 * line, lanes, 3);
}

/** Transforms four columns in place. */
function column(re: usize, im: usize, height: i32, line: usize, turns: usize, room: usize, part: usize): void {
  for (let y = 0; y < height; y++) {
    v128.store(room + <usize>y * LANES, v128.load(re + <usize>y * line));
    v128.store(room + part + <usize>y * LANES, v128.load(im + <usize>y * line));
  }
  const isSpare = transform(room, room + part, room + 2 * part, room + 3 * part, height, turns);
  const values = isSpare ? room + 2 * part : room;
  for (let y = 0; y < height; y++) {
    v128.store(re + <usize>y * line, v128.load(values + <usize>y * LANES));
    v128.store(im + <usize>y * line, v128.load(values + part + <usize>y * LANES));
  }
}

/** What `forward` undoes, times width x height; the spectrum is used up. Real and imaginary parts change places, which turns the other way. */
export function backward(
  picture: usize,
  pictureLine: usize,
  width: i32,
  height: i32,
  re: usize,
  im: usize,
  line: usize,
  rowTurns: usize,
  columnTurns: usize,
  room: usize,
): void {
  const part = <usize>(max(width, height) + 4) * LANES;
  const columns = (width >> 1) + 1;
  for (let x = 0; x < columns; x += 4)
    column(im + ((<usize>x) << 2), re + ((<usize>x) << 2), height, line, columnTurns, room, part);
  for (let y = 0; y < height; y += 8) {
    putTogether(re + <usize>y * line, im + <usize>y * line, line, width, room, room + part);
    const isSpare = transform(room + part, room, room + 3 * part, room + 2 * part, width, rowTurns);
    const values = isSpare ? room + 2 * part : room;
    for (let x = 0; x < width; x += 4) {
      const to = picture + <usize>y * pictureLine + ((<usize>x) << 2);
      untwist(values + <usize>x * LANES, to, 2 * pictureLine);
      untwist(values + part + <usize>x * LANES, to + pictureLine, 2 * pictureLine);
    }
  }
}

/** Z = A + iB of two half spectra; the other half by mirror: Z(-k) = conj A(k) + i conj B(k). */
function putTogether(re: usize, im: usize, line: usize, width: i32, valuesRe: usize, valuesIm: usize): void {
  for (let k = 0; k <= width >> 1; k++) {
    const at = (<usize>k) << 2;
    const aRe = gather(re + at, 2 * line);
    const aIm = gather(im + at, 2 * line);
    const bRe = gather(re + line + at, 2 * line);
    const bIm = gather(im + line + at, 2 * line);
    const near = <usize>k * LANES;
    v128.store(valuesRe + near, f32x4.sub(aRe, bIm));
    v128.store(valuesIm + near, f32x4.add(aIm, bRe));
    if (k == 0 || 2 * k == width) continue;
    const far = <usize>(width - k) * LANES;
    v128.store(valuesRe + far, f32x4.add(aRe, bIm));
    v128.store(valuesIm + far, f32x4.sub(bRe, aIm));
  }
}

function untwist(values: usize, to: usize, line: usize): void {
  transpose(v128.load(values), v128.load(values, 16), v128.load(values, 32), v128.load(values, 48), to, line);
}
