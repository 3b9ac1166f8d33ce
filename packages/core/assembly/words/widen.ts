// Bytes as 16-bit numbers, the form in which inner products are fast.

/** `count` bytes, a multiple of 16. */
export function widen(bytes: usize, wide: usize, count: usize): void {
  for (let at: usize = 0; at < count; at += 16) {
    const sixteen = v128.load(bytes + at);
    v128.store(wide + 2 * at, i16x8.extend_low_i8x16_u(sixteen));
    v128.store(wide + 2 * at, i16x8.extend_high_i8x16_u(sixteen), 16);
  }
}
