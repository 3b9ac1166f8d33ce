// Two-dimensional orthogonal wavelet transform by Daubechies' filter of eight taps (Ten Lectures on Wavelets, 1992, table 6.1), periodic.
// Mallat's layout: of a region, the upper left quarter keeps what is coarse; the others the horizontal, vertical and diagonal detail.

/** Taps of the low pass; the high pass has them backwards with every second sign turned. */
const TAPS: i32 = 8;
/** Values before a row that stand for its end, and after it for its beginning: a half row is read so far beyond its ends. */
const MARGIN: usize = 16;

function low(taps: usize, k: i32): f32 {
  return load<f32>(taps + ((<usize>k) << 2));
}

function high(taps: usize, k: i32): f32 {
  const value = load<f32>(taps + ((<usize>(TAPS - 1 - k)) << 2));
  return (k & 1) == 0 ? value : -value;
}

/**
 * One level of a region of `width` x `height` (both even, width a multiple of 8) at the beginning of `plane`; `line` is bytes from row to row
 * in both planes, `spare` is as large as `plane`; `room` holds 2 (width / 2 + 16) f32.
 */
export function analyse(
  plane: usize,
  spare: usize,
  width: i32,
  height: i32,
  line: usize,
  taps: usize,
  room: usize,
): void {
  const half = height >> 1;
  for (let y = 0; y < half; y++) columnsApart(plane, spare, width, height, line, taps, y, half);
  const even = room + MARGIN;
  const odd = even + ((<usize>(width >> 1)) << 2) + 2 * MARGIN;
  for (let y = 0; y < height; y++) rowApart(spare + <usize>y * line, plane + <usize>y * line, width, taps, even, odd);
}

function columnsApart(
  from: usize,
  to: usize,
  width: i32,
  height: i32,
  line: usize,
  taps: usize,
  y: i32,
  half: i32,
): void {
  for (let x = 0; x < width; x += 4) {
    const at = (<usize>x) << 2;
    let coarse = f32x4.splat(0);
    let fine = f32x4.splat(0);
    for (let k = 0; k < TAPS; k++) {
      let row = 2 * y + k;
      if (row >= height) row %= height;
      const value = v128.load(from + <usize>row * line + at);
      coarse = f32x4.add(coarse, f32x4.mul(value, f32x4.splat(low(taps, k))));
      fine = f32x4.add(fine, f32x4.mul(value, f32x4.splat(high(taps, k))));
    }
    v128.store(to + <usize>y * line + at, coarse);
    v128.store(to + <usize>(y + half) * line + at, fine);
  }
}

function rowApart(from: usize, to: usize, width: i32, taps: usize, even: usize, odd: usize): void {
  const half = width >> 1;
  for (let x = 0; x < half; x += 4) {
    const at = (<usize>x) << 2;
    const a = v128.load(from + 2 * at);
    const b = v128.load(from + 2 * at, 16);
    v128.store(even + at, v128.shuffle<f32>(a, b, 0, 2, 4, 6));
    v128.store(odd + at, v128.shuffle<f32>(a, b, 1, 3, 5, 7));
  }
  const end = (<usize>half) << 2;
  v128.store(even + end, v128.load(even));
  v128.store(odd + end, v128.load(odd));
  for (let x = 0; x < half; x += 4) {
    const at = (<usize>x) << 2;
    let coarse = f32x4.splat(0);
    let fine = f32x4.splat(0);
    for (let k = 0; k < TAPS; k += 2) {
      const step = at + ((<usize>k) << 1);
      const e = v128.load(even + step);
      const o = v128.load(odd + step);
      coarse = f32x4.add(coarse, f32x4.mul(e, f32x4.splat(low(taps, k))));
      coarse = f32x4.add(coarse, f32x4.mul(o, f32x4.splat(low(taps, k + 1))));
      fine = f32x4.add(fine, f32x4.mul(e, f32x4.splat(high(taps, k))));
      fine = f32x4.add(fine, f32x4.mul(o, f32x4.splat(high(taps, k + 1))));
    }
    v128.store(to + at, coarse);
    v128.store(to + end + at, fine);
  }
}

/** What `analyse` undoes, with the same arguments. */
export function synthesise(
  plane: usize,
  spare: usize,
  width: i32,
  height: i32,
  line: usize,
  taps: usize,
  room: usize,
): void {
  const coarse = room + MARGIN;
  const fine = coarse + ((<usize>(width >> 1)) << 2) + 2 * MARGIN;
  for (let y = 0; y < height; y++)
    rowTogether(plane + <usize>y * line, spare + <usize>y * line, width, taps, coarse, fine);
  const half = height >> 1;
  for (let y = 0; y < half; y++) columnsTogether(spare, plane, width, line, taps, y, half);
}

function rowTogether(from: usize, to: usize, width: i32, taps: usize, coarse: usize, fine: usize): void {
  const half = width >> 1;
  const end = (<usize>half) << 2;
  memory.copy(coarse, from, end);
  memory.copy(fine, from + end, end);
  v128.store(coarse - MARGIN, v128.load(coarse + end - MARGIN));
  v128.store(fine - MARGIN, v128.load(fine + end - MARGIN));
  for (let x = 0; x < half; x += 4) {
    const at = (<usize>x) << 2;
    let even = f32x4.splat(0);
    let odd = f32x4.splat(0);
    for (let k = 0; k < TAPS; k += 2) {
      const step = at - ((<usize>k) << 1);
      const c = v128.load(coarse + step);
      const f = v128.load(fine + step);
      even = f32x4.add(even, f32x4.mul(c, f32x4.splat(low(taps, k))));
      even = f32x4.add(even, f32x4.mul(f, f32x4.splat(high(taps, k))));
      odd = f32x4.add(odd, f32x4.mul(c, f32x4.splat(low(taps, k + 1))));
      odd = f32x4.add(odd, f32x4.mul(f, f32x4.splat(high(taps, k + 1))));
    }
    v128.store(to + 2 * at, v128.shuffle<f32>(even, odd, 0, 4, 1, 5));
    v128.store(to + 2 * at, v128.shuffle<f32>(even, odd, 2, 6, 3, 7), 16);
  }
}

function columnsTogether(from: usize, to: usize, width: i32, line: usize, taps: usize, y: i32, half: i32): void {
  for (let x = 0; x < width; x += 4) {
    const at = (<usize>x) << 2;
    let even = f32x4.splat(0);
    let odd = f32x4.splat(0);
    for (let k = 0; k < TAPS; k += 2) {
      let row = y - (k >> 1);
      if (row < 0) row = ((row % half) + half) % half;
      const c = v128.load(from + <usize>row * line + at);
      const f = v128.load(from + <usize>(row + half) * line + at);
      even = f32x4.add(even, f32x4.mul(c, f32x4.splat(low(taps, k))));
      even = f32x4.add(even, f32x4.mul(f, f32x4.splat(high(taps, k))));
      odd = f32x4.add(odd, f32x4.mul(c, f32x4.splat(low(taps, k + 1))));
      odd = f32x4.add(odd, f32x4.mul(f, f32x4.splat(high(taps, k + 1))));
    }
    v128.store(to + <usize>(2 * y) * line + at, even);
    v128.store(to + <usize>(2 * y + 1) * line + at, odd);
  }
}
