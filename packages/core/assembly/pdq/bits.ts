// From coefficients to hashes in two orientations: one turned by reversals alone, and the same with its axes changed.
import { FREQUENCIES } from './layout';

const LINE: usize = 64;
const HASH_BYTES: usize = 32;
/** Coefficients of which half are to lie at or below the median. */
const HALF: i32 = 128;

/**
 * Reversing a line of samples changes the sign of its odd frequencies. Frequencies start at 1, so that index 0 is an odd one.
 * `room` takes 16 x 16 floats. Writes the hash of the reversed picture, and that of its transpose.
 */
export function hashPair(
  coefficients: usize,
  reversesRows: bool,
  reversesColumns: bool,
  room: usize,
  hash: usize,
  transposed: usize,
): void {
  const sign = i32x4.splat(i32.MIN_VALUE);
  const alternate = reversesColumns ? i32x4(i32.MIN_VALUE, 0, i32.MIN_VALUE, 0) : i32x4.splat(0);
  for (let row = 0; row < FREQUENCIES; row++) {
    const flips = reversesRows && (row & 1) == 0 ? v128.xor(alternate, sign) : alternate;
    for (let column: usize = 0; column < LINE; column += 16) {
      const at = <usize>row * LINE + column;
      v128.store(room + at, v128.xor(v128.load(coefficients + at), flips));
    }
  }
  const median = lowerMedian(room);
  memory.fill(hash, 0, HASH_BYTES);
  memory.fill(transposed, 0, HASH_BYTES);
  for (let row = 0; row < FREQUENCIES; row++) {
    for (let column = 0; column < FREQUENCIES; column++) {
      if (load<f32>(room + <usize>(row * FREQUENCIES + column) * 4) > median) {
        setBit(hash, row * FREQUENCIES + column);
        setBit(transposed, column * FREQUENCIES + row);
      }
    }
  }
}

/** Coefficient 0 is the lowest bit of the last byte, so that the bytes read as the reference's hexadecimal form. */
function setBit(hash: usize, index: i32): void {
  const at = hash + HASH_BYTES - 1 - <usize>(index >> 3);
  const bit: i32 = 1 << (index & 7);
  store<u8>(at, load<u8>(at) | (<u8>bit));
}

/** The 128th of 256 values in ascending order, by halving the range of what their bits can be. */
function lowerMedian(values: usize): f32 {
  let low = i32.MIN_VALUE;
  let high = i32.MAX_VALUE;
  while (low < high) {
    const middle = low + <i32>((<u32>(high - low)) >> 1);
    let count = i32x4.splat(0);
    const limit = i32x4.splat(middle);
    for (let at: usize = 0; at < 1024; at += 16) {
      count = i32x4.sub(count, i32x4.le_s(ordered(v128.load(values + at)), limit));
    }
    const below =
      i32x4.extract_lane(count, 0) +
      i32x4.extract_lane(count, 1) +
      i32x4.extract_lane(count, 2) +
      i32x4.extract_lane(count, 3);
    if (below >= HALF) high = middle;
    else low = middle + 1;
  }
  return reinterpret<f32>(low ^ ((low >> 31) & i32.MAX_VALUE));
}

/** Whole numbers in the order of the floats. */
function ordered(bits: v128): v128 {
  return v128.xor(bits, v128.and(i32x4.shr_s(bits, 31), i32x4.splat(i32.MAX_VALUE)));
}
