// Orientations of keypoints: the peaks of a histogram of gradient directions around each (Lowe 2004, section 5).
import { angleOf, exp } from './math';
import {
  FEATURE_ANGLE,
  FEATURE_BYTES,
  FEATURE_CONTRAST,
  FEATURE_KEYPOINT,
  FEATURE_SCALE,
  FEATURE_X,
  FEATURE_Y,
  KEY_CONTRAST,
  KEY_LEVEL,
  KEY_OCTAVE,
  KEY_X,
  KEY_Y,
  KEYPOINT_BYTES,
  LEVELS,
  OCTAVE_BLURRED,
  OCTAVE_BYTES,
  OCTAVE_HEIGHT,
  OCTAVE_LINE,
  OCTAVE_PLANE,
  OCTAVE_WIDTH,
  sigmaOf,
} from './layout';

const BINS: i32 = 36;
/** The window is a Gaussian of so many times the blur, cut off at three of its own. */
const WINDOW: f32 = 1.5;
/** A second peak so high is a feature of its own. */
const SECOND: f32 = 0.8;
/** Features of one keypoint at most. */
const MOST: i32 = 2;

/**
 * Writes the features of `count` keypoints and answers how many there are; it stops at `limit`.
 * `firstScale`: pixels of the input to one of octave 0. `room`: 512 bytes.
 */
export function orient(
  keypoints: usize,
  count: i32,
  octaves: usize,
  firstScale: f32,
  features: usize,
  limit: i32,
  room: usize,
): i32 {
  const smooth = room + <usize>BINS * 4;
  let found = 0;
  for (let number = 0; number < count && found < limit; number++) {
    const key = keypoints + <usize>number * KEYPOINT_BYTES;
    const octave = <i32>load<f32>(key, KEY_OCTAVE);
    const sigma = sigmaOf(load<f32>(key, KEY_LEVEL));
    fillHistogram(key, octaves + <usize>octave * OCTAVE_BYTES, sigma, room);
    smoothHistogram(room, smooth);
    const unit = firstScale * <f32>(1 << octave);
    let highest: f32 = 0;
    for (let bin = 0; bin < BINS; bin++) highest = max(highest, valueAt(smooth, bin));
    let written = 0;
    // The highest comes first, whatever its direction.
    for (let pass = 0; pass < 2; pass++) {
      for (let bin = 0; bin < BINS && written < MOST && found < limit; bin++) {
        const value = valueAt(smooth, bin);
        const left = valueAt(smooth, bin == 0 ? BINS - 1 : bin - 1);
        const right = valueAt(smooth, bin == BINS - 1 ? 0 : bin + 1);
        const isPeak = value > left && value > right && value > 0;
        if (!isPeak || (pass == 0 ? value < highest : value == highest || value < SECOND * highest)) continue;
        const offset = (<f32>0.5 * (left - right)) / (left - 2 * value + right);
        const feature = features + <usize>found * FEATURE_BYTES;
        store<f32>(feature, load<f32>(key, KEY_X) * unit, FEATURE_X);
        store<f32>(feature, load<f32>(key, KEY_Y) * unit, FEATURE_Y);
        store<f32>(feature, sigma * unit, FEATURE_SCALE);
        store<f32>(feature, ((<f32>bin + offset) * <f32>6.2831853) / <f32>BINS, FEATURE_ANGLE);
        store<f32>(feature, load<f32>(key, KEY_CONTRAST), FEATURE_CONTRAST);
        store<u32>(feature, <u32>number, FEATURE_KEYPOINT);
        found++;
        written++;
      }
    }
  }
  return found;
}

function valueAt(histogram: usize, bin: i32): f32 {
  return load<f32>(histogram + ((<usize>bin) << 2));
}

function fillHistogram(key: usize, octave: usize, sigma: f32, histogram: usize): void {
  memory.fill(histogram, 0, <usize>BINS * 4);
  const width = load<i32>(octave, OCTAVE_WIDTH);
  const height = load<i32>(octave, OCTAVE_HEIGHT);
  const line = <usize>load<u32>(octave, OCTAVE_LINE);
  const level = min(LEVELS, max(1, <i32>nearest(load<f32>(key, KEY_LEVEL))));
  const plane = <usize>load<u32>(octave, OCTAVE_BLURRED) + <usize>level * <usize>load<u32>(octave, OCTAVE_PLANE);
  const centreX = <i32>nearest(load<f32>(key, KEY_X));
  const centreY = <i32>nearest(load<f32>(key, KEY_Y));
  const spread = WINDOW * sigma;
  const radius = <i32>nearest(<f32>3 * spread);
  const falling: f32 = <f32>-0.5 / (spread * spread);
  const top = max(1, centreY - radius);
  const bottom = min(height - 2, centreY + radius);
  const left = max(1, centreX - radius);
  const right = min(width - 2, centreX + radius);
  // exp(-a (x + 1)^2) from exp(-a x^2) by two products: the window's weights along a line.
  const twist = exp(2 * falling);
  for (let y = top; y <= bottom; y++) {
    const row = plane + <usize>y * line;
    const dy = <f32>(y - centreY);
    const dx = <f32>(left - centreX);
    let weight = exp(falling * (dy * dy + dx * dx));
    let step = exp(falling * (2 * dx + 1));
    for (let x = left; x <= right; x++) {
      const at = row + ((<usize>x) << 2);
      const across = load<f32>(at + 4) - load<f32>(at - 4);
      const down = load<f32>(at + line) - load<f32>(at - line);
      let bin = <i32>nearest(angleOf(down, across) * (<f32>BINS / <f32>6.2831853));
      if (bin < 0) bin += BINS;
      if (bin >= BINS) bin -= BINS;
      const place = histogram + ((<usize>bin) << 2);
      store<f32>(place, load<f32>(place) + weight * sqrt<f32>(across * across + down * down));
      weight *= step;
      step *= twist;
    }
  }
}

/** [1 4 6 4 1] / 16 round the circle. */
function smoothHistogram(from: usize, to: usize): void {
  for (let bin = 0; bin < BINS; bin++) {
    const a = valueAt(from, (bin + BINS - 2) % BINS) + valueAt(from, (bin + 2) % BINS);
    const b = valueAt(from, (bin + BINS - 1) % BINS) + valueAt(from, (bin + 1) % BINS);
    store<f32>(to + ((<usize>bin) << 2), a * <f32>0.0625 + b * <f32>0.25 + valueAt(from, bin) * <f32>0.375);
  }
}
