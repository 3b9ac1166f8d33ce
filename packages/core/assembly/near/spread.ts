// Reorders the bits of hashes so that neighbouring bits, which in picture hashes tend to agree, fall into different chunks. Distances
// stay what they are, since every hash of an index is reordered alike.

/** Turns `count` hashes at `at` in place: row r of the 16 x 16 bits is rotated by r, then rows and columns change places. */
export function spread(at: usize, count: u32): void {
  for (let end = at + ((<usize>count) << 5); at < end; at += 32) {
    for (let row: usize = 0; row < 16; row++) {
      const bits = <u32>load<u16>(at + (row << 1));
      store<u16>(at + (row << 1), <u16>((bits << (<u32>row)) | (bits >> (16 - <u32>row))));
    }
    transpose(at);
  }
}

/** Transposes 16 x 16 bits by exchanging blocks of 8, 4, 2 and 1 (Warren, "Hacker's Delight", 7-3). */
function transpose(at: usize): void {
  let mask: u32 = 0x00ff;
  for (let step: usize = 8; step > 0; step >>= 1, mask ^= mask << (<u32>step)) {
    for (let row: usize = 0; row < 16; row = (row + step + 1) & ~step) {
      const upper = at + (row << 1);
      const lower = at + ((row + step) << 1);
      const a = <u32>load<u16>(upper);
      const b = <u32>load<u16>(lower);
      const swap = ((a >> (<u32>step)) ^ b) & mask;
      store<u16>(lower, <u16>(b ^ swap));
      store<u16>(upper, <u16>(a ^ (swap << (<u32>step))));
    }
  }
}
