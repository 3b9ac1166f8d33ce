// Kernel of frames: adds a weighted row of bytes to a row of sums. packages/core/src/kernels/frames/frame-cells.ts lays out the memory.

/** `count` is rounded up to a multiple of 16: both rows must have that room. */
export function addWeighted(pixels: usize, sums: usize, count: i32, weight: f32): void {
  const weights = f32x4.splat(weight);
  for (let at = 0; at < count; at += 16, pixels += 16, sums += 64) {
    const bytes = v128.load(pixels);
    const low = i16x8.extend_low_i8x16_u(bytes);
    const high = i16x8.extend_high_i8x16_u(bytes);
    add(sums, i32x4.extend_low_i16x8_u(low), weights);
    add(sums + 16, i32x4.extend_high_i16x8_u(low), weights);
    add(sums + 32, i32x4.extend_low_i16x8_u(high), weights);
    add(sums + 48, i32x4.extend_high_i16x8_u(high), weights);
  }
}

function add(sums: usize, pixels: v128, weights: v128): void {
  v128.store(sums, f32x4.add(v128.load(sums), f32x4.mul(f32x4.convert_i32x4_u(pixels), weights)));
}
