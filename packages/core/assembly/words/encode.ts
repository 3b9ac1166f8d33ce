// Codes of descriptors: the side of the median of their word on which they lie, along 64 directions.
import { CODE_BITS, DIMENSIONS, dot, WIDE_BYTES } from './layout';
import { widen } from './widen';

/** Low bits of a projection that are dropped, so that medians fit 16 bits. */
const DROPPED: i32 = 5;

/** The projections (i16, CODE_BITS each) of `count` descriptors. `directions`: rows of 128 16-bit numbers. `room`: 256 bytes. */
export function project(descriptors: usize, count: i32, directions: usize, output: usize, room: usize): void {
  for (let i = 0; i < count; i++) {
    widen(descriptors + <usize>(i * DIMENSIONS), room, <usize>DIMENSIONS);
    for (let bit = 0; bit < CODE_BITS; bit++) {
      const value = dot(room, directions + <usize>bit * WIDE_BYTES) >> DROPPED;
      store<i16>(output + ((<usize>(i * CODE_BITS + bit)) << 1), <i16>value);
    }
  }
}

/**
 * Codes (u64) of `count` projected descriptors, each for `perDescriptor` words. `medians`: CODE_BITS i16 for each word.
 */
export function encode(
  projections: usize,
  words: usize,
  count: i32,
  perDescriptor: i32,
  medians: usize,
  codes: usize,
): void {
  for (let i = 0; i < count * perDescriptor; i++) {
    const word = <usize>load<u16>(words + ((<usize>i) << 1));
    const values = projections + <usize>(i / perDescriptor) * <usize>(CODE_BITS * 2);
    const limits = medians + word * <usize>(CODE_BITS * 2);
    let code: u64 = 0;
    for (let bit: usize = 0; bit < <usize>CODE_BITS; bit += 8) {
      const above = i16x8.gt_s(v128.load(values + (bit << 1)), v128.load(limits + (bit << 1)));
      code |= (<u64>(<u32>i16x8.bitmask(above))) << (<u64>bit);
    }
    store<u64>(codes + ((<usize>i) << 3), code);
  }
}
