// How much a viewer's clipping can move luma: neither contrast beyond 0..255 nor colour outside of RGB may hide or draw what the hashes do not see.
// Known of a block are the means of its quarters and, by Parseval, the variance about them. With these, what pixels lie beyond a limit that is m
// away from their mean is (sqrt(variance + m^2) - m) / 2 on average at most (H. Scarf, "A min-max solution of an inventory problem", 1958).

/** Rows of ITU-T T.871: red, green and blue less luma, for each unit of Cb and Cr; and their shares of luma. */
const RED_CR: f32 = 1.402;
const GREEN_CB: f32 = -0.344136;
const GREEN_CR: f32 = -0.714136;
const BLUE_CB: f32 = 1.772;
const RED: f32 = 0.299;
const GREEN: f32 = 0.587;
const BLUE: f32 = 0.114;
/** Not counted in a quarter: no more than an edit that nobody sees. */
const SLACK: f32 = 2;
/**
 * Bytes of the plan of one block of a unit: place of its predictor, fast and slow table for DC, pairs and slow table for AC, place in the output, its
 * component (0 is luma), the mask that spreads the quarters of a block of colour over those of this block of luma (16 bytes, from MASK on).
 */
export const PLAN_BYTES: usize = 48;
const MASK: usize = 32;
/** Of each block of a unit: the means of its quarters, and the energy of its waves. */
export const NOTES_BYTES: usize = 32;

export function sumOf(values: v128): f32 {
  const pairs = f32x4.add(values, v128.shuffle<i32>(values, values, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** The variance of four. */
export function varianceOf(values: v128): f32 {
  const away = f32x4.sub(values, f32x4.splat(0.25 * sumOf(values)));
  return 0.25 * sumOf(f32x4.mul(away, away));
}

/** True where clipping to 0..255 can move the mean of a quarter, of which these are the means, by more than SLACK: variance > 16 + 8 m. */
export function canClip(means: v128, variance: f32): bool {
  const margins = f32x4.pmin(means, f32x4.sub(f32x4.splat(255), means));
  return v128.any_true(f32x4.lt(margins, f32x4.splat((variance - 16) * 0.125)));
}

/**
 * False where no colour of a unit can be outside by more than SLACK at either end: (a + b)^2 <= 16 + 8 m, where a and b are the deviations of
 * luma and of what colour adds, and the square is at most 1.25 a^2 + 5 b^2. `lowest`,
 * `highest`: means of each quarter over the blocks of luma; `energy`: the most of these.
 */
export function canLeave(lowest: v128, highest: v128, energy: f32, notes: usize, blocks: i32): bool {
  const blue = notes + <usize>(blocks - 2) * NOTES_BYTES;
  const red = blue + NOTES_BYTES;
  const cb = f32x4.mul(f32x4.splat(BLUE_CB), f32x4.abs(v128.load(blue)));
  const cr = f32x4.mul(f32x4.splat(RED_CR), f32x4.abs(v128.load(red)));
  // Green moves by less than the two together, and (1.772 b)^2 + (1.402 r)^2 is above the variance of each of the three.
  const shifts = f32x4.add(cb, cr);
  const spread = BLUE_CB * BLUE_CB * load<f32>(blue, 16) + RED_CR * RED_CR * load<f32>(red, 16);
  const least = least4(f32x4.pmin(lowest, f32x4.sub(f32x4.splat(255), highest))) - most4(shifts);
  return <f32>1.25 * energy + 5 * spread > 16 + 8 * least;
}

function least4(values: v128): f32 {
  const pairs = f32x4.pmin(values, v128.shuffle<i32>(values, values, 2, 3, 0, 1));
  return min(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
}

function most4(values: v128): f32 {
  const pairs = f32x4.pmax(values, v128.shuffle<i32>(values, values, 2, 3, 0, 1));
  return max(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
}

/** Upper limit of what clipping to RGB moves luma by, summed over the quarters of a unit. `notes`, `plan`: as decodeScan leaves them, Cb and Cr last. */
export function excessOf(notes: usize, plan: usize, blocks: i32): f64 {
  const blue = notes + <usize>(blocks - 2) * NOTES_BYTES;
  const red = blue + NOTES_BYTES;
  const cb = v128.load(blue);
  const cr = v128.load(red);
  const cbDeviation = deviationOf(blue);
  const crDeviation = deviationOf(red);
  // As in canLeave, a quarter of it.
  const colourEnergy: f32 =
    <f32>1.25 * (BLUE_CB * BLUE_CB * cbDeviation * cbDeviation + RED_CR * RED_CR * crDeviation * crDeviation) - 1;
  const reds = f32x4.mul(f32x4.splat(RED_CR), cr);
  const greens = f32x4.add(f32x4.mul(f32x4.splat(GREEN_CB), cb), f32x4.mul(f32x4.splat(GREEN_CR), cr));
  const blues = f32x4.mul(f32x4.splat(BLUE_CB), cb);
  const lowest = f32x4.pmin(reds, f32x4.pmin(greens, blues));
  const highest = f32x4.pmax(reds, f32x4.pmax(greens, blues));
  let total = f32x4.splat(0);
  for (let block = 0; block < blocks - 2; block++) {
    const note = notes + <usize>block * NOTES_BYTES;
    const mask = v128.load(plan + <usize>block * PLAN_BYTES + MASK);
    const luma = v128.load(note);
    const margin = f32x4.pmin(
      f32x4.add(luma, v128.swizzle(lowest, mask)),
      f32x4.sub(f32x4.sub(f32x4.splat(255), luma), v128.swizzle(highest, mask)),
    );
    const deviation = deviationOf(note);
    if (!v128.any_true(f32x4.lt(margin, f32x4.splat(deviation * deviation * 0.3125 + colourEnergy)))) continue;
    const each = f32x4.add(
      f32x4.mul(f32x4.splat(RED), beyond(luma, deviation, v128.swizzle(reds, mask), RED_CR * crDeviation)),
      f32x4.add(
        f32x4.mul(
          f32x4.splat(GREEN),
          beyond(luma, deviation, v128.swizzle(greens, mask), -GREEN_CB * cbDeviation - GREEN_CR * crDeviation),
        ),
        f32x4.mul(f32x4.splat(BLUE), beyond(luma, deviation, v128.swizzle(blues, mask), BLUE_CB * cbDeviation)),
      ),
    );
    total = f32x4.add(total, f32x4.pmax(f32x4.splat(0), f32x4.sub(each, f32x4.splat(SLACK))));
  }
  return <f64>sumOf(total);
}

/** Of the pixels of a block of colour about the means of its quarters. */
function deviationOf(note: usize): f32 {
  return sqrt(max(<f32>0, load<f32>(note, 16) - varianceOf(v128.load(note))));
}

/**
 * By how much a colour of four quarters lies outside of 0..255 on average at most: it is luma, of these means and this deviation, and `shift` with a
 * deviation of its own. Luma itself is within 0..255, so the colour is not further out than the shift is far.
 */
function beyond(luma: v128, deviation: f32, shift: v128, shiftDeviation: f32): v128 {
  const both = deviation + shiftDeviation;
  const variance = f32x4.splat(both * both);
  const margin = f32x4.add(luma, shift);
  const bound = f32x4.add(overshoot(margin, variance), overshoot(f32x4.sub(f32x4.splat(255), margin), variance));
  return f32x4.pmin(bound, f32x4.add(f32x4.abs(shift), f32x4.splat(shiftDeviation)));
}

function overshoot(margin: v128, variance: v128): v128 {
  const root = f32x4.sqrt(f32x4.add(variance, f32x4.mul(margin, margin)));
  return f32x4.mul(f32x4.splat(0.5), f32x4.sub(root, margin));
}
