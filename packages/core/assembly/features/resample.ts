// A smaller picture whose pixels are the means of what they cover.

/**
 * Means over the areas that the output's pixels cover, rows then columns weighted by overlap. `input`: `width` x `height` f32 in a row. `output`:
 * lines of `line` bytes. Never larger than the input.
 */
export function resample(
  input: usize,
  width: i32,
  height: i32,
  output: usize,
  toWidth: i32,
  toHeight: i32,
  line: usize,
  sums: usize,
): void {
  const across = <f32>width / <f32>toWidth;
  const down = <f32>height / <f32>toHeight;
  for (let y = 0; y < toHeight; y++) {
    const top = <f32>y * down;
    const bottom = min(<f32>height, top + down);
    sumRows(input, width, height, top, bottom, sums);
    const to = output + <usize>y * line;
    const share: f32 = 1 / ((bottom - top) * across);
    for (let x = 0; x < toWidth; x++) {
      const left = <f32>x * across;
      store<f32>(to + ((<usize>x) << 2), sumOver(sums, width, left, min(<f32>width, left + across)) * share);
    }
  }
}

/** The sum of the rows from `top` to `bottom`, those at the ends by their part. */
function sumRows(input: usize, width: i32, height: i32, top: f32, bottom: f32, sums: usize): void {
  const first = <i32>top;
  const last = min(height - 1, <i32>ceil(bottom) - 1);
  for (let row = first; row <= last; row++) {
    const part = f32x4.splat(min(bottom, <f32>(row + 1)) - max(top, <f32>row));
    const from = input + <usize>(row * width) * 4;
    for (let x = 0; x < width; x += 4) {
      const at = (<usize>x) << 2;
      const value = f32x4.mul(v128.load(from + at), part);
      v128.store(sums + at, row == first ? value : f32x4.add(v128.load(sums + at), value));
    }
  }
}

function sumOver(sums: usize, width: i32, left: f32, right: f32): f32 {
  const first = <i32>left;
  const last = min(width - 1, <i32>ceil(right) - 1);
  let sum: f32 = 0;
  for (let x = first; x <= last; x++) {
    sum += load<f32>(sums + ((<usize>x) << 2)) * (min(right, <f32>(x + 1)) - max(left, <f32>x));
  }
  return sum;
}
