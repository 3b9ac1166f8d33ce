// One pass over the only scan of a baseline JPEG. Of each 8 x 8 block of luma the means of its four quarters are written, which are sums over
// its coefficients: there is no inverse transform, but for blocks with pixels that a viewer clips. Colour is read as far as it can make one clip.
import { clippedMeans, NO_MEANS } from './clipped';
import { canClip, canLeave, excessOf, NOTES_BYTES, PLAN_BYTES, sumOf, varianceOf } from './gamut';
import { isChosen } from './rows';
import { unstuff } from './unstuff';
import { valueOf } from './value';

/** Not luma: nothing is written. */
const NOWHERE: i32 = -1;
/** Bytes of the table of coefficients of one component, of which each has 32, and where in these its reach and its limit are. */
const TABLE_BYTES: usize = 8_192;
const REACH: usize = 16;
const LIMIT: usize = 20;
/** The slow table follows the pairs. */
const SLOW: usize = 8 << 11;
/** Where in `state` notes of at most ten blocks and the pixels of one lie. */
const NOTES: usize = 128;
const PIXELS: usize = 512;
/** Variance of a block that moves no mean, whatever is clipped, by more than a level or two. */
const FAINT: f32 = 16;

/** Longer than any block, so that what follows it is known. */
const END_RUN: i32 = 128;

/** Everything was read. Any other answer: what is here is not a whole baseline scan. */
const DONE: i32 = 0;
const BAD_CODE: i32 = 1;
const BAD_RESTART: i32 = 2;
const CUT_OFF: i32 = 3;
const OUT_OF_RANGE: i32 = 4;

const END_MARKER: u8 = 0xd9;

/**
 * Reads `rows` x `columns` units of `blocks` blocks each. The data end with a marker (if need be one that is not the end of an image), and 16 bytes follow that may be read; `top`: end of as much
 * room as the data take, and 32 bytes. `restart`: units from one restart marker to the next, 0 for none. `plan`: `blocks` times PLAN_BYTES.
 * `coefficients`: of each component a table of 208, in the order of the file: what one adds to each quarter (four floats, zeros from 64 on); its
 * reach, the square of the largest step so far (u32), which before the end of a block stands at its place and END_RUN + 1; its limit (i32), beyond
 * which it may not be (no pair is). `basis`: what each coefficient of luma adds to each pixel, quarter by quarter. `state`: room for 768 bytes.
 * A unit covers `unitWidth` bytes by `unitHeight` lines of the output. `seed`: chooses the rows that are looked at, 0 all. Leaves in `state` sums over
 * their quarters: by how
 * much clipping moves their means (f64 at 48), by how much colours outside of RGB can move them at most (56), the means themselves (64), their
 * squares (72); and how many rows these are (80).
 *
 * An entry of the fast table (indexed by 10 bits) or of the slow one (16) says of the code that its index begins with: bits of code and value together,
 * 4 bits for the size of the value (at most 11), 4 for the run of zeros before it; 0 where there is no such code. An entry of the pairs (11 bits) says
 * of the one or two coefficients that lie in its index whole: 5 bits for the bits of all, 8 for the run before the first, 8 for the way from the first to
 * the second (0 where there is one only), then their two values of 8 bits
 * and the sum of their squares in 16. The end of a block is a run of END_RUN.
 */
export function decodeScan(
  data: usize,
  top: usize,
  rows: i32,
  columns: i32,
  blocks: i32,
  restart: i32,
  plan: usize,
  coefficients: usize,
  basis: usize,
  state: usize,
  output: usize,
  unitWidth: i32,
  unitHeight: i32,
  seed: i32,
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
  const notes = state + NOTES;
  let looked = 0;
  let excess: f64 = 0;
  let clipped: f64 = 0;
  memory.fill(state, 0, 16);
  let totals: f64 = 0;
  let allSquares: f64 = 0;
  for (let row = 0; row < rows; row++) {
    const isLooked = seed == 0 || isChosen(seed, row);
    looked += isLooked ? 1 : 0;
    let total = f32x4.splat(0);
    let squares = f32x4.splat(0);
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
      let lowest = f32x4.splat(255);
      let highest = f32x4.splat(0);
      let mostEnergy: f32 = 0;
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
        const place = load<i32>(how, 20);
        const component = <usize>load<u32>(how, 24);
        const table = coefficients + component * TABLE_BYTES;
        if (abs(level) > load<i32>(table, LIMIT)) return OUT_OF_RANGE;
        let sums = f32x4.mul(f32x4.splat(<f32>level), v128.load(table));
        if (place != NOWHERE) sums = f32x4.add(grey, sums);
        let power: u64 = 0;
        const bitsBefore = bits;
        const countBefore = count;
        const atBefore = at;
        const pairs = <usize>load<u32>(how, 12);
        let k = 1;
        do {
          bits |= load<u64>(at - 8) >> count;
          at -= (63 - count) >> 3;
          count |= 56;
          const pair = load<u64>(pairs + ((<usize>(bits >> 53)) << 3));
          const first = k + ((<i32>((<u32>pair) >> 5)) & 255);
          // Nothing of this block follows its last coefficient, whatever the bits behind it look like.
          if (pair != 0 && first != 63) {
            const length = (<u32>pair) & 31;
            bits <<= length;
            count -= length;
            const one = <f32>(<i32>(<i8>(pair >> 32)));
            sums = f32x4.add(sums, f32x4.mul(f32x4.splat(one), v128.load(table + ((<usize>first) << 5))));
            k = first + ((<i32>((<u32>pair) >> 13)) & 255);
            const other = <f32>(<i32>(<i8>(pair >> 40)));
            sums = f32x4.add(sums, f32x4.mul(f32x4.splat(other), v128.load(table + ((<usize>k) << 5))));
            if (isLooked) power += (pair >> 48) * <u64>load<u32>(table + ((<usize>k) << 5), REACH);
          } else {
            entry = <u32>load<u16>(pairs + ((<usize>(bits >> 48)) << 1), SLOW);
            if (entry == 0) return BAD_CODE;
            const value = valueOf(bits, entry);
            bits <<= entry & 31;
            count -= entry & 31;
            k += entry >> 5 == 0 ? END_RUN : <i32>(entry >> 9);
            if (abs(value) > load<i32>(table + ((<usize>k) << 5), LIMIT)) return OUT_OF_RANGE;
            sums = f32x4.add(sums, f32x4.mul(f32x4.splat(<f32>value), v128.load(table + ((<usize>k) << 5))));
            if (isLooked) power += <u64>(value * value) * <u64>load<u32>(table + ((<usize>k) << 5), REACH);
          }
        } while (++k < 64);
        // A block has 64 coefficients, and an end that follows one of them.
        if (k > 64 && (k <= END_RUN || k > END_RUN + 64)) return BAD_CODE;
        if (<i32>at + <i32>(count >> 3) < <i32>end) return CUT_OFF;
        const energy: f32 = <f32>(<i64>power) / 64;
        const note = notes + <usize>block * NOTES_BYTES;
        v128.store(note, sums);
        if (place != NOWHERE) {
          // The variance about the means of quarters is the energy less the variance of these.
          if (energy > FAINT && canClip(sums, energy) && canClip(sums, energy - varianceOf(sums))) {
            const means = clippedMeans(
              bitsBefore,
              countBefore,
              atBefore,
              pairs + SLOW,
              <f32>level,
              basis,
              state + PIXELS,
            );
            if (f32x4.extract_lane(means, 0) == NO_MEANS) return OUT_OF_RANGE;
            clipped += sumOf(f32x4.abs(f32x4.sub(means, sums)));
          }
          if (isLooked) {
            lowest = f32x4.pmin(lowest, sums);
            highest = f32x4.pmax(highest, sums);
            mostEnergy = max(mostEnergy, energy);
            total = f32x4.add(total, sums);
            squares = f32x4.add(squares, f32x4.mul(sums, sums));
          }
          const whole = i32x4.trunc_sat_f32x4_s(f32x4.nearest(sums));
          const halves = i16x8.narrow_i32x4_s(whole, whole);
          const bytes = i32x4.extract_lane(i8x16.narrow_i16x8_u(halves, halves), 0);
          store<u16>(unit + <usize>place, <u16>bytes);
          store<u16>(unit + <usize>place + lineBytes, <u16>(bytes >> 16));
        }
        store<f32>(note, energy, 16);
      }
      if (isLooked && blocks > 1 && canLeave(lowest, highest, mostEnergy, notes, blocks)) {
        excess += excessOf(notes, plan, blocks);
      }
    }
    // Row by row, since floats hold no sums of millions.
    totals += sumOf(total);
    allSquares += sumOf(squares);
  }
  // Without the end marker the file may have lost its end: the last blocks are a guess of the decoder.
  if (load<u8>(marker, 1) != END_MARKER) return CUT_OFF;
  store<f64>(state, clipped, 48);
  store<f64>(state, excess, 56);
  store<f64>(state, totals, 64);
  store<f64>(state, allSquares, 72);
  store<f64>(state, <f64>looked, 80);
  return DONE;
}
