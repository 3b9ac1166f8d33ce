// Luma of interleaved 8-bit pixels (ITU-R BT.601 weights), four pixels a step.

/**
 * Reads `count` pixels of 3 (RGB) or 4 (RGBA, alpha not read) bytes and writes as many floats, 0..255. `count` is rounded up to a multiple
 * of 4, and 4 bytes beyond the last pixel are read: both places must have that room.
 */
export function luma(pixels: usize, output: usize, count: i32, channels: i32): void {
  const red = f32x4.splat(0.299);
  const green = f32x4.splat(0.587);
  const blue = f32x4.splat(0.114);
  // Where the reds of four pixels lie; an index out of range yields the zero bytes above them.
  const firsts =
    channels == 3
      ? i8x16(0, -1, -1, -1, 3, -1, -1, -1, 6, -1, -1, -1, 9, -1, -1, -1)
      : i8x16(0, -1, -1, -1, 4, -1, -1, -1, 8, -1, -1, -1, 12, -1, -1, -1);
  const seconds = i32x4.add(firsts, i32x4.splat(1));
  const thirds = i32x4.add(firsts, i32x4.splat(2));
  const step = 4 * channels;
  for (let at = 0; at < count; at += 4, pixels += step, output += 16) {
    const four = v128.load(pixels);
    const r = f32x4.mul(f32x4.convert_i32x4_s(i8x16.swizzle(four, firsts)), red);
    const g = f32x4.mul(f32x4.convert_i32x4_s(i8x16.swizzle(four, seconds)), green);
    const b = f32x4.mul(f32x4.convert_i32x4_s(i8x16.swizzle(four, thirds)), blue);
    v128.store(output, f32x4.add(f32x4.add(r, g), b));
  }
}
