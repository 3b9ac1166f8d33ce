// Blurred planes and their differences. Lines are a multiple of 16 floats long; what lies beyond the width is never read into a result that counts.

/** Lanes worked on at once. */
const STEP: i32 = 16;

/**
 * Gaussian blur of a plane: `taps` holds radius + 1 f32, the middle one first; edges repeat. `room`: 8 (radius + 1) bytes for addresses, then
 * a line with `radius` + 4 floats before it and as many after it.
 */
export function blur(
  input: usize,
  output: usize,
  width: i32,
  height: i32,
  line: usize,
  taps: usize,
  radius: i32,
  room: usize,
): void {
  const before = (radius + 7) & ~3;
  const middle = room + (<usize>((radius + 1) * 8 + before * 4 + 15) / 16) * 16;
  for (let y = 0; y < height; y++) {
    for (let i = 0; i <= radius; i++) {
      store<u32>(room + <usize>i * 8, <u32>(input + <usize>max(0, y - i) * line));
      store<u32>(room + <usize>i * 8, <u32>(input + <usize>min(height - 1, y + i) * line), 4);
    }
    blurColumns(middle, width, taps, radius, room);
    repeatEdges(middle, width, radius);
    blurRow(middle, output + <usize>y * line, width, taps, radius);
  }
}

function blurColumns(to: usize, width: i32, taps: usize, radius: i32, rows: usize): void {
  for (let x = 0; x < width; x += STEP) {
    const at = (<usize>x) << 2;
    const own = <usize>load<u32>(rows) + at;
    const weight = v128.load32_splat(taps);
    let a = f32x4.mul(v128.load(own), weight);
    let b = f32x4.mul(v128.load(own, 16), weight);
    let c = f32x4.mul(v128.load(own, 32), weight);
    let d = f32x4.mul(v128.load(own, 48), weight);
    for (let i = 1; i <= radius; i++) {
      const above = <usize>load<u32>(rows + <usize>i * 8) + at;
      const below = <usize>load<u32>(rows + <usize>i * 8, 4) + at;
      const tap = v128.load32_splat(taps + ((<usize>i) << 2));
      a = f32x4.add(a, f32x4.mul(f32x4.add(v128.load(above), v128.load(below)), tap));
      b = f32x4.add(b, f32x4.mul(f32x4.add(v128.load(above, 16), v128.load(below, 16)), tap));
      c = f32x4.add(c, f32x4.mul(f32x4.add(v128.load(above, 32), v128.load(below, 32)), tap));
      d = f32x4.add(d, f32x4.mul(f32x4.add(v128.load(above, 48), v128.load(below, 48)), tap));
    }
    v128.store(to + at, a);
    v128.store(to + at, b, 16);
    v128.store(to + at, c, 32);
    v128.store(to + at, d, 48);
  }
}

function repeatEdges(row: usize, width: i32, radius: i32): void {
  const first = load<f32>(row);
  const last = load<f32>(row + ((<usize>(width - 1)) << 2));
  for (let i = 1; i <= radius; i++) {
    store<f32>(row - ((<usize>i) << 2), first);
    store<f32>(row + ((<usize>(width - 1 + i)) << 2), last);
  }
}

function blurRow(from: usize, to: usize, width: i32, taps: usize, radius: i32): void {
  for (let x = 0; x < width; x += STEP) {
    const at = from + ((<usize>x) << 2);
    const weight = v128.load32_splat(taps);
    let a = f32x4.mul(v128.load(at), weight);
    let b = f32x4.mul(v128.load(at, 16), weight);
    let c = f32x4.mul(v128.load(at, 32), weight);
    let d = f32x4.mul(v128.load(at, 48), weight);
    for (let i = 1; i <= radius; i++) {
      const left = at - ((<usize>i) << 2);
      const right = at + ((<usize>i) << 2);
      const tap = v128.load32_splat(taps + ((<usize>i) << 2));
      a = f32x4.add(a, f32x4.mul(f32x4.add(v128.load(left), v128.load(right)), tap));
      b = f32x4.add(b, f32x4.mul(f32x4.add(v128.load(left, 16), v128.load(right, 16)), tap));
      c = f32x4.add(c, f32x4.mul(f32x4.add(v128.load(left, 32), v128.load(right, 32)), tap));
      d = f32x4.add(d, f32x4.mul(f32x4.add(v128.load(left, 48), v128.load(right, 48)), tap));
    }
    const place = to + ((<usize>x) << 2);
    v128.store(place, a);
    v128.store(place, b, 16);
    v128.store(place, c, 32);
    v128.store(place, d, 48);
  }
}

/** The difference of two planes, `upper` less `lower`, of `bytes` bytes: a multiple of 64. */
export function subtract(upper: usize, lower: usize, output: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 64) {
    v128.store(output + at, f32x4.sub(v128.load(upper + at), v128.load(lower + at)));
    v128.store(output + at, f32x4.sub(v128.load(upper + at, 16), v128.load(lower + at, 16)), 16);
    v128.store(output + at, f32x4.sub(v128.load(upper + at, 32), v128.load(lower + at, 32)), 32);
    v128.store(output + at, f32x4.sub(v128.load(upper + at, 48), v128.load(lower + at, 48)), 48);
  }
}

/** Twice as large: every second pixel is one of the input, those between are means of their neighbours. */
export function double(input: usize, width: i32, height: i32, line: usize, output: usize, toLine: usize): void {
  for (let y = 0; y < height; y++) {
    const upper = input + <usize>y * line;
    const lower = input + <usize>min(height - 1, y + 1) * line;
    const even = output + <usize>(2 * y) * toLine;
    for (let x = 0; x < width; x++) {
      const at = (<usize>x) << 2;
      const next = (<usize>min(width - 1, x + 1)) << 2;
      const a = load<f32>(upper + at);
      const b = load<f32>(upper + next);
      const c = load<f32>(lower + at);
      const d = load<f32>(lower + next);
      const to = even + ((<usize>x) << 3);
      store<f32>(to, a);
      store<f32>(to, <f32>0.5 * (a + b), 4);
      store<f32>(to + toLine, <f32>0.5 * (a + c));
      store<f32>(to + toLine, <f32>0.25 * (a + b + c + d), 4);
    }
  }
}

/** Half as large: every second pixel of every second line. */
export function halve(input: usize, line: usize, output: usize, toWidth: i32, toHeight: i32, toLine: usize): void {
  for (let y = 0; y < toHeight; y++) {
    const from = input + <usize>(2 * y) * line;
    const to = output + <usize>y * toLine;
    for (let x = 0; x < toWidth; x++) store<f32>(to + ((<usize>x) << 2), load<f32>(from + ((<usize>x) << 3)));
  }
}
