// The second look at a block of luma with pixels beyond 0..255: viewers clip each pixel, so the mean of a quarter is no longer a sum over coefficients.
import { sumOf } from './gamut';
import { valueOf } from './value';

/** No mean: a pixel lies so far out that decoders which count in ten bits (the tables of libjpeg) wrap around. */
export const NO_MEANS: f32 = -1;
const WRAPS_BELOW: f32 = -380;
const WRAPS_ABOVE: f32 = 635;
/** Bytes of 64 floats, and of 16. */
const BLOCK_BYTES: usize = 256;
const QUARTER_BYTES: usize = 64;

/**
 * Means of the quarters after each pixel was clipped. Reads the coefficients of a block that was read whole before, from where the first of AC begins;
 * `slow`, `basis`: as for decodeScan; `pixels`: room for BLOCK_BYTES.
 */
export function clippedMeans(
  bits: u64,
  count: u32,
  at: usize,
  slow: usize,
  level: f32,
  basis: usize,
  pixels: usize,
): v128 {
  const grey = f32x4.splat(128);
  const first = f32x4.splat(level);
  for (let i: usize = 0; i < BLOCK_BYTES; i += 16) {
    v128.store(pixels + i, f32x4.add(grey, f32x4.mul(first, v128.load(basis + i))));
  }
  let k = 1;
  do {
    bits |= load<u64>(at - 8) >> count;
    at -= (63 - count) >> 3;
    count |= 56;
    const entry = <u32>load<u16>(slow + ((<usize>(bits >> 48)) << 1));
    const value = f32x4.splat(<f32>valueOf(bits, entry));
    bits <<= entry & 31;
    count -= entry & 31;
    if (entry >> 5 == 0) break;
    k += <i32>(entry >> 9);
    const wave = basis + <usize>k * BLOCK_BYTES;
    for (let i: usize = 0; i < BLOCK_BYTES; i += 16) {
      v128.store(pixels + i, f32x4.add(v128.load(pixels + i), f32x4.mul(value, v128.load(wave + i))));
    }
  } while (++k < 64);

  let least = grey;
  let most = grey;
  for (let quarter: usize = 0; quarter < 4; quarter++) {
    let sum = f32x4.splat(0);
    for (let i: usize = 0; i < QUARTER_BYTES; i += 16) {
      const four = v128.load(pixels + quarter * QUARTER_BYTES + i);
      least = f32x4.pmin(least, four);
      most = f32x4.pmax(most, four);
      sum = f32x4.add(sum, f32x4.pmax(f32x4.splat(0), f32x4.pmin(f32x4.splat(255), four)));
    }
    store<f32>(pixels + quarter * 4, sumOf(sum) / 16);
  }
  const means = v128.load(pixels);
  const wraps = v128.or(f32x4.lt(least, f32x4.splat(WRAPS_BELOW)), f32x4.gt(most, f32x4.splat(WRAPS_ABOVE)));
  return v128.any_true(wraps) ? f32x4.splat(NO_MEANS) : means;
}
