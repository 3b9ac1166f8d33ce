// One pass over the only scan of a baseline JPEG. Of each 8 x 8 block of luma the means of its four quarters are written, which are sums over
// its coefficients: there is no inverse transform, and nothing is done with colour but to step over it.

/** Bytes of the plan of one block of a unit: table of its predictor, fast and slow table for each of DC and AC, place in the output. */
const PLAN_BYTES: usize = 24;
/** Not luma: nothing is written. */
const NOWHERE: i32 = -1;

/** Everything was read. Any other answer: what is here is not a whole baseline scan. */
const DONE: i32 = 0;
const BAD_CODE: i32 = 1;
const BAD_RESTART: i32 = 2;
const CUT_OFF: i32 = 3;

/**
 * Reads `rows` x `columns` units of `blocks` blocks each. The data end with a marker, and 8 bytes follow that may be read. `restart`: units from
 * one restart marker to the next, 0 for none. `plan`: `blocks` times PLAN_BYTES. `weights`: 64 times 4 floats, what a coefficient (in the order
 * of the file) adds to each quarter. `predictors`: room for 4 numbers. A unit covers `unitWidth` bytes by `unitHeight` lines of the output.
 *
 * An entry of a table says of the code that its index begins with: bits of code and value together, 4 bits for the size of the value, 4 for the
 * run of zeros before it; 0 where there is no such code. The fast table is indexed by 10 bits, the slow one by 16.
 */
export function decodeScan(
  data: usize,
  rows: i32,
  columns: i32,
  blocks: i32,
  restart: i32,
  plan: usize,
  weights: usize,
  predictors: usize,
  output: usize,
  unitWidth: i32,
  unitHeight: i32,
): i32 {
  let at = data;
  let bits: u64 = 0;
  let count: i32 = 0;
  /** Zero bits that were put in place of data that are not there. */
  let missing: i32 = 0;
  let untilRestart = restart;
  const lineBytes = <usize>(columns * unitWidth);
  const grey = f32x4.splat(128);
  memory.fill(predictors, 0, 16);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (restart > 0 && untilRestart-- == 0) {
        // What is left over are the bits that fill up the last byte.
        if (count - missing >= 8 || load<u8>(at) != 0xff || (load<u8>(at, 1) & 0xf8) != 0xd0) return BAD_RESTART;
        if (missing > count) return CUT_OFF;
        at += 2;
        bits = 0;
        count = 0;
        missing = 0;
        untilRestart = restart - 1;
        memory.fill(predictors, 0, 16);
      }
      const unit = output + <usize>(row * unitHeight) * lineBytes + <usize>(column * unitWidth);
      for (let block = 0; block < blocks; block++) {
        const how = plan + <usize>block * PLAN_BYTES;
        let fast = <usize>load<u32>(how, 4);
        let slow = <usize>load<u32>(how, 8);
        let sums = grey;
        let k = 0;
        do {
          if (count < 32) {
            const word = load<u32>(at);
            // No byte of 255 among them: nothing is stuffed, and no marker is near.
            if ((word & (~word - 0x01010101) & 0x80808080) == 0) {
              bits |= (<u64>bswap<u32>(word)) << (32 - count);
              count += 32;
              at += 4;
            } else {
              while (count <= 56) {
                const byte = <u64>load<u8>(at);
                if (byte == 0xff) {
                  if (load<u8>(at, 1) != 0) {
                    if (count < 32) {
                      count += 32;
                      missing += 32;
                    }
                    break;
                  }
                  at++;
                }
                at++;
                bits |= byte << (56 - count);
                count += 8;
              }
            }
          }
          let entry = <i32>load<u16>(fast + ((<usize>(bits >> 54)) << 1));
          if (entry == 0) {
            entry = <i32>load<u16>(slow + ((<usize>(bits >> 48)) << 1));
            if (entry == 0) return BAD_CODE;
          }
          const total = entry & 31;
          const size = (entry >> 5) & 15;
          // The value stands behind its code; one that begins with 0 is negative.
          const behind = <i64>(bits << (total - size));
          let value = <i32>(((<u64>behind) >> 1) >> (63 - size));
          value += (<i32>(~behind >> 63)) & (1 - (1 << size));
          bits <<= total;
          count -= total;
          if (k == 0) {
            const predictor = predictors + <usize>load<u32>(how);
            value += load<i32>(predictor);
            store<i32>(predictor, value);
            fast = <usize>load<u32>(how, 12);
            slow = <usize>load<u32>(how, 16);
          } else {
            if (entry >> 5 == 0) break;
            k += entry >> 9;
            if (k > 63) return BAD_CODE;
          }
          const four = f32x4.splat(<f32>value);
          sums = f32x4.add(sums, f32x4.mul(four, v128.load(weights + ((<usize>k) << 4))));
        } while (++k < 64);
        const place = load<i32>(how, 20);
        if (place != NOWHERE) {
          const whole = i32x4.trunc_sat_f32x4_s(f32x4.nearest(sums));
          const halves = i16x8.narrow_i32x4_s(whole, whole);
          const bytes = i32x4.extract_lane(i8x16.narrow_i16x8_u(halves, halves), 0);
          store<u16>(unit + <usize>place, <u16>bytes);
          store<u16>(unit + <usize>place + lineBytes, <u16>(bytes >> 16));
        }
      }
    }
    if (missing > count) return CUT_OFF;
  }
  return DONE;
}
