// Distances of 256-bit hashes.

/** Bits in which the hashes at `a` and `b` differ, 0..256. */
export function distance(a: usize, b: usize): u32 {
  return <u32>(
    (popcnt<u64>(load<u64>(a) ^ load<u64>(b)) +
      popcnt<u64>(load<u64>(a, 8) ^ load<u64>(b, 8)) +
      popcnt<u64>(load<u64>(a, 16) ^ load<u64>(b, 16)) +
      popcnt<u64>(load<u64>(a, 24) ^ load<u64>(b, 24)))
  );
}
