// Adaptive Wiener filter that keeps the noise: each value is divided by how much its surroundings vary beyond the noise expected there.
// Mihcak, Kozintsev, Ramchandran: Spatially adaptive statistical modeling of wavelet image coefficients, ICASSP 1999.

/** Half of the widest of the windows 3, 5, 7 and 9. */
const REACH: i32 = 4;
/** Values before and after a row of sums that repeat its ends. */
const MARGIN: usize = 16;

/**
 * In place over a region of `width` x `height`; `line` bytes from row to row. A value x becomes x * variance / (excess + variance), where
 * excess is the least mean square of four windows around it, less `variance`, not under 0. Outside the region its edges repeat.
 * `room`: 9 rows of squares and 4 rows of sums, each of (width + 8 rounded up to 4) f32 and 32 bytes of margin.
 */
export function keepNoise(region: usize, width: i32, height: i32, line: usize, variance: f32, room: usize): void {
  const rowBytes = ((<usize>((width + 3) & ~3)) << 2) + 2 * MARGIN;
  const sums = room + 9 * rowBytes;
  for (let y = 0; y <= min(REACH, height - 1); y++)
    square(region + <usize>y * line, squaresOf(room, rowBytes, y), width);
  for (let y = 0; y < height; y++) {
    const next = y + REACH;
    if (next < height && y > 0) square(region + <usize>next * line, squaresOf(room, rowBytes, next), width);
    sumColumns(room, rowBytes, y, height, width, sums);
    for (let i = 0; i < 4; i++) repeatEnds(sums + <usize>i * rowBytes + MARGIN, width);
    shrink(region + <usize>y * line, width, sums + MARGIN, rowBytes, variance);
  }
}

/** Squares of row `y`, one of nine that are kept. */
function squaresOf(room: usize, rowBytes: usize, y: i32): usize {
  return room + <usize>(y % 9) * rowBytes + MARGIN;
}

function square(from: usize, to: usize, width: i32): void {
  for (let x = 0; x < width; x += 4) {
    const at = (<usize>x) << 2;
    const value = v128.load(from + at);
    v128.store(to + at, f32x4.mul(value, value));
  }
}

function rowWithin(y: i32, height: i32): i32 {
  return y < 0 ? 0 : y >= height ? height - 1 : y;
}

function sumColumns(room: usize, rowBytes: usize, y: i32, height: i32, width: i32, sums: usize): void {
  const middle = squaresOf(room, rowBytes, y);
  const a1 = squaresOf(room, rowBytes, rowWithin(y - 1, height));
  const b1 = squaresOf(room, rowBytes, rowWithin(y + 1, height));
  const a2 = squaresOf(room, rowBytes, rowWithin(y - 2, height));
  const b2 = squaresOf(room, rowBytes, rowWithin(y + 2, height));
  const a3 = squaresOf(room, rowBytes, rowWithin(y - 3, height));
  const b3 = squaresOf(room, rowBytes, rowWithin(y + 3, height));
  const a4 = squaresOf(room, rowBytes, rowWithin(y - 4, height));
  const b4 = squaresOf(room, rowBytes, rowWithin(y + 4, height));
  for (let x = 0; x < width; x += 4) {
    const at = (<usize>x) << 2;
    let sum = f32x4.add(v128.load(middle + at), f32x4.add(v128.load(a1 + at), v128.load(b1 + at)));
    v128.store(sums + MARGIN + at, sum);
    sum = f32x4.add(sum, f32x4.add(v128.load(a2 + at), v128.load(b2 + at)));
    v128.store(sums + rowBytes + MARGIN + at, sum);
    sum = f32x4.add(sum, f32x4.add(v128.load(a3 + at), v128.load(b3 + at)));
    v128.store(sums + 2 * rowBytes + MARGIN + at, sum);
    sum = f32x4.add(sum, f32x4.add(v128.load(a4 + at), v128.load(b4 + at)));
    v128.store(sums + 3 * rowBytes + MARGIN + at, sum);
  }
}

function repeatEnds(row: usize, width: i32): void {
  const first = load<f32>(row);
  const last = load<f32>(row + ((<usize>(width - 1)) << 2));
  for (let i = 1; i <= REACH; i++) {
    store<f32>(row - ((<usize>i) << 2), first);
    store<f32>(row + ((<usize>(width - 1 + i)) << 2), last);
  }
}

function window(row: usize, reach: i32): v128 {
  let sum = v128.load(row);
  for (let i = 1; i <= reach; i++) {
    const step = (<usize>i) << 2;
    sum = f32x4.add(sum, f32x4.add(v128.load(row - step), v128.load(row + step)));
  }
  return sum;
}

function shrink(row: usize, width: i32, sums: usize, rowBytes: usize, variance: f32): void {
  const noise = f32x4.splat(variance);
  for (let x = 0; x < width; x += 4) {
    const at = (<usize>x) << 2;
    const by3 = f32x4.mul(window(sums + at, 1), f32x4.splat(1.0 / 9.0));
    const by5 = f32x4.mul(window(sums + rowBytes + at, 2), f32x4.splat(1.0 / 25.0));
    const by7 = f32x4.mul(window(sums + 2 * rowBytes + at, 3), f32x4.splat(1.0 / 49.0));
    const by9 = f32x4.mul(window(sums + 3 * rowBytes + at, 4), f32x4.splat(1.0 / 81.0));
    const least = f32x4.min(f32x4.min(by3, by5), f32x4.min(by7, by9));
    const whole = f32x4.max(least, noise);
    v128.store(row + at, f32x4.mul(v128.load(row + at), f32x4.div(noise, whole)));
  }
}
