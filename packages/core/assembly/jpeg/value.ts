// A coefficient as it stands in entropy-coded data (ITU-T T.81, F.2.2.1).

/** The value that stands behind its code; one that begins with 0 is negative. */
export function valueOf(bits: u64, entry: u32): i32 {
  const size = (entry >> 5) & 15;
  const behind = bits << ((entry & 31) - size);
  const value = <i32>((behind >> 1) >> (63 - size));
  return value + ((<i32>(~(<i64>behind) >> 63)) & (1 - (1 << size)));
}
