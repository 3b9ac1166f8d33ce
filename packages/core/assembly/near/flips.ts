// Masks of a chunk by rising number of flipped bits: none, each one, each pair, each three.

/** How many masks of `width` bits have exactly `count` set. */
export function masksOf(width: u32, count: u32): u32 {
  if (count == 0) return 1;
  if (count == 1) return width;
  if (count == 2) return (width * (width - 1)) / 2;
  return (width * (width - 1) * (width - 2)) / 6;
}

/** Writes the masks with at most `reach` (0..3) bits as u32 at `at`; answers where they end. */
export function writeFlips(at: usize, width: u32, reach: u32): usize {
  store<u32>(at, 0);
  at += 4;
  for (let a: u32 = 0; a < width && reach > 0; a++, at += 4) store<u32>(at, 1 << a);
  for (let a: u32 = 0; a < width && reach > 1; a++) {
    for (let b: u32 = a + 1; b < width; b++, at += 4) store<u32>(at, (1 << a) | (1 << b));
  }
  for (let a: u32 = 0; a < width && reach > 2; a++) {
    for (let b: u32 = a + 1; b < width; b++) {
      for (let c: u32 = b + 1; c < width; c++, at += 4) store<u32>(at, (1 << a) | (1 << b) | (1 << c));
    }
  }
  return at;
}
