// Entropy-coded data without what is not data, and backwards: so that the reader fills up its bits by one plain load.

/** The bytes 15, 14, ... 0 of 16. */
function reversed(bytes: v128): v128 {
  return v128.shuffle<i8>(bytes, bytes, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
}

/**
 * Writes the data from `from` to the next marker downwards from `top`, then 16 zero bytes. After each byte 255 stands a zero that is no data. 16
 * bytes behind the marker may be read. Answers where the marker is; `end` takes the address of the last byte written.
 */
export function unstuff(from: usize, top: usize, end: usize): usize {
  const marks = i8x16.splat(-1);
  while (true) {
    const bytes = v128.load(from);
    v128.store(top - 16, reversed(bytes));
    const found = i8x16.bitmask(i8x16.eq(bytes, marks));
    if (found == 0) {
      from += 16;
      top -= 16;
      continue;
    }
    const before = <usize>ctz(found);
    from += before;
    top -= before;
    if (load<u8>(from, 1) != 0) break;
    from += 2;
    top -= 1;
  }
  v128.store(top - 16, i8x16.splat(0));
  store<usize>(end, top);
  return from;
}
