// One pass over the only scan of a baseline JPEG. Of each 8 x 8 block of luma the means of its four quarters are written, which are sums over
// its coefficients: there is no inverse transform, and nothing is done with colour but to step over it.
import { unstuff } from './unstuff';

/** Bytes of the plan of one block of a unit: place of its predictor, fast and slow table for DC, pairs and slow table for AC, place in the output. */
const PLAN_BYTES: usize = 24;
/** Not luma: nothing is written. */
const NOWHERE: i32 = -1;

/** Longer than any block, so that what follows it is known. */
const END_RUN: i32 = 128;

/** Everything was read. Any other answer: what is here is not a whole baseline scan. */
const DONE: i32 = 0;
const BAD_CODE: i32 = 1;
const BAD_RESTART: i32 = 2;
const CUT_OFF: i32 = 3;
const OUT_OF_RANGE: i32 = 4;

/**
 * Reads `rows` x `columns` units of `blocks` blocks each. The data end with a marker, and 16 bytes follow that may be read; `top`: end of as much
 * room as the data take, and 32 bytes. `restart`: units from one restart marker to the next, 0 for none. `plan`: `blocks` times PLAN_BYTES.
 * `weights`: 208 times 4 floats, what a coefficient (in the order of the file) adds to each quarter; zeros from 64 on. `limits`: as many i32,
 * beyond which no coefficient of luma may be (no pair is). `state`: room for 32 bytes.
 * A unit covers `unitWidth` bytes by `unitHeight` lines of the output.
 *
 * An entry of the fast table (indexed by 10 bits) or of the slow one (16) says of the code that its index begins with: bits of code and value together,
 * 4 bits for the size of the value (at most 11), 4 for the run of zeros before it; 0 where there is no such code. An entry of the pairs (11 bits) says
 * of the one or two coefficients that lie in its index whole: 5 bits for the bits of all, 8 for the run before the first, 8 for the way from the first to
 * the second (0 where there is one only), then their two values of 16 bits. The end of a block is a run of END_RUN.
 */
export function decodeScan(
  data: usize,
  top: usize,
  rows: i32,
  columns: i32,
  blocks: i32,
  restart: i32,
  plan: usize,
  weights: usize,
  limits: usize,
  state: usize,
  output: usize,
  unitWidth: i32,
  unitHeight: i32,
): i32 {
  const lineBytes = <usize>(columns * unitWidth);
  const grey = f32x4.splat(128);
  let marker = unstuff(data, top, state + 16);
  /** Where the data of this interval end, and how far they were taken into `bits`; both count downwards. */
  let end = load<usize>(state, 16);
  let at = top;
  let bits: u64 = 0;
  let count: u32 = 0;
  let untilRestart = restart;
  let restarts: u32 = 0;
  const mostLevel = load<i32>(limits);
  memory.fill(state, 0, 16);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (restart > 0 && untilRestart-- == 0) {
        // Others than the next in turn mean that data are missing. What is left over are the bits that fill up the last byte.
        const left = 8 * (<i32>at - <i32>end) + <i32>count;
        if (left < 0 || left >= 8 || load<u8>(marker, 1) != <u8>(0xd0 | (restarts++ & 7))) return BAD_RESTART;
        marker = unstuff(marker + 2, top, state + 16);
        end = load<usize>(state, 16);
        at = top;
        bits = 0;
        count = 0;
        untilRestart = restart - 1;
        memory.fill(state, 0, 16);
      }
      const unit = output + <usize>(row * unitHeight) * lineBytes + <usize>(column * unitWidth);
      for (let block = 0; block < blocks; block++) {
        const how = plan + <usize>block * PLAN_BYTES;
        // At least 56 bits, of which a code and its value take 27 at most.
        bits |= load<u64>(at - 8) >> count;
        at -= (63 - count) >> 3;
        count |= 56;
        let entry = <u32>load<u16>(<usize>load<u32>(how, 4) + ((<usize>(bits >> 54)) << 1));
        if (entry == 0) entry = <u32>load<u16>(<usize>load<u32>(how, 8) + ((<usize>(bits >> 48)) << 1));
        if (entry == 0) return BAD_CODE;
        const predictor = state + <usize>load<u32>(how);
        const level = load<i32>(predictor) + valueOf(bits, entry);
        store<i32>(predictor, level);
        bits <<= entry & 31;
        count -= entry & 31;
        let sums = f32x4.add(grey, f32x4.mul(f32x4.splat(<f32>level), v128.load(weights)));

        const place = load<i32>(how, 20);
        if (place != NOWHERE && abs(level) > mostLevel) return OUT_OF_RANGE;
        const pairs = <usize>load<u32>(how, 12);
        const slow = <usize>load<u32>(how, 16);
        let k = 1;
        do {
          bits |= load<u64>(at - 8) >> count;
          at -= (63 - count) >> 3;
          count |= 56;
          const pair = load<u64>(pairs + ((<usize>(bits >> 53)) << 3));
          const first = k + ((<i32>((<u32>pair) >> 5)) & 255);
          // Nothing of this block follows its last coefficient, whatever the bits behind it look like.
          if (pair != 0 && first != 63) {
            const total = (<u32>pair) & 31;
            bits <<= total;
            count -= total;
            sums = f32x4.add(
              sums,
              f32x4.mul(f32x4.splat(<f32>(<i16>(pair >> 32))), v128.load(weights + ((<usize>first) << 4))),
            );
            k = first + ((<i32>((<u32>pair) >> 13)) & 255);
            sums = f32x4.add(
              sums,
              f32x4.mul(f32x4.splat(<f32>(<i32>((<i64>pair) >> 48))), v128.load(weights + ((<usize>k) << 4))),
            );
          } else {
            entry = <u32>load<u16>(slow + ((<usize>(bits >> 48)) << 1));
            if (entry == 0) return BAD_CODE;
            const value = valueOf(bits, entry);
            bits <<= entry & 31;
            count -= entry & 31;
            k += entry >> 5 == 0 ? END_RUN : <i32>(entry >> 9);
            if (place != NOWHERE && abs(value) > load<i32>(limits + ((<usize>k) << 2))) return OUT_OF_RANGE;
            sums = f32x4.add(sums, f32x4.mul(f32x4.splat(<f32>value), v128.load(weights + ((<usize>k) << 4))));
          }
        } while (++k < 64);
        // A block has 64 coefficients, and an end that follows one of them.
        if (k > 64 && (k <= END_RUN || k > END_RUN + 64)) return BAD_CODE;
        if (<i32>at + <i32>(count >> 3) < <i32>end) return CUT_OFF;
        if (place != NOWHERE) {
          const whole = i32x4.trunc_sat_f32x4_s(f32x4.nearest(sums));
          const halves = i16x8.narrow_i32x4_s(whole, whole);
          const bytes = i32x4.extract_lane(i8x16.narrow_i16x8_u(halves, halves), 0);
          store<u16>(unit + <usize>place, <u16>bytes);
          store<u16>(unit + <usize>place + lineBytes, <u16>(bytes >> 16));
        }
      }
    }
  }
  return DONE;
}

/** The value that stands behind its code; one that begins with 0 is negative. */
function valueOf(bits: u64, entry: u32): i32 {
  const size = (entry >> 5) & 15;
  const behind = bits << ((entry & 31) - size);
  const value = <i32>((behind >> 1) >> (63 - size));
  return value + ((<i32>(~(<i64>behind) >> 63)) & (1 - (1 << size)));
}
