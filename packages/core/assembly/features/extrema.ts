// Keypoints: places where the differences of blur are extreme among their 26 neighbours, found to a fraction of a pixel (Lowe 2004, section 4;
// Brown and Lowe, "Invariant features from interest point groups", BMVC 2002), without those of low contrast and those on edges.
import { KEY_CONTRAST, KEY_LEVEL, KEY_OCTAVE, KEY_X, KEY_Y, KEYPOINT_BYTES, LEVELS } from './layout';

/** Pixels along the border that are not looked at: the quadratic fit needs neighbours. */
const BORDER: i32 = 5;
/** Ratio of the principal curvatures beyond which a place lies on an edge. */
const EDGE_RATIO: f32 = 10;
/** Steps of the fit before a place is given up. */
const FIT_STEPS: i32 = 5;

/**
 * Appends the keypoints of an octave to `keypoints` (room for `limit` in all) and answers how many there are then. `planes`: five planes of differences,
 * each of `plane` bytes with lines of `line` bytes. `contrast`: the least that counts.
 */
export function findExtrema(
  planes: usize,
  width: i32,
  height: i32,
  line: usize,
  plane: usize,
  octave: i32,
  contrast: f32,
  keypoints: usize,
  found: i32,
  limit: i32,
): i32 {
  const least = f32x4.splat(<f32>0.5 * contrast);
  for (let level = 1; level <= LEVELS; level++) {
    const current = planes + <usize>level * plane;
    for (let y = BORDER; y < height - BORDER; y++) {
      const row = current + <usize>y * line;
      for (let x = BORDER; x < width - BORDER; x += 4) {
        const at = row + ((<usize>x) << 2);
        let peaks = extremeOfFour(at, line, plane, least);
        if (width - BORDER - x < 4) peaks &= (1 << (width - BORDER - x)) - 1;
        for (; peaks != 0; peaks &= peaks - 1) {
          if (found >= limit) return found;
          const column = x + <i32>ctz(peaks);
          if (fit(planes, width, height, line, plane, column, y, level, octave, contrast, keypoints, found)) found++;
        }
      }
    }
  }
  return found;
}

/** Bits of those of four neighbouring values that are extreme among all theirs. */
function extremeOfFour(at: usize, line: usize, plane: usize, least: v128): i32 {
  const value = v128.load(at);
  const strong = f32x4.gt(f32x4.abs(value), least);
  if (!v128.any_true(strong)) return 0;
  let most = f32x4.max(v128.load(at - 4), v128.load(at + 4));
  let fewest = f32x4.min(v128.load(at - 4), v128.load(at + 4));
  const above = at - line;
  const below = at + line;
  most = f32x4.max(most, f32x4.max(v128.load(above), v128.load(below)));
  fewest = f32x4.min(fewest, f32x4.min(v128.load(above), v128.load(below)));
  const zero = f32x4.splat(0);
  const positive = v128.and(strong, f32x4.gt(value, zero));
  const negative = v128.and(strong, f32x4.lt(value, zero));
  let high = v128.and(positive, f32x4.ge(value, most));
  let low = v128.and(negative, f32x4.le(value, fewest));
  if (!v128.any_true(v128.or(high, low))) return 0;
  most = f32x4.max(
    f32x4.max(v128.load(above - 4), v128.load(above + 4)),
    f32x4.max(v128.load(below - 4), v128.load(below + 4)),
  );
  fewest = f32x4.min(
    f32x4.min(v128.load(above - 4), v128.load(above + 4)),
    f32x4.min(v128.load(below - 4), v128.load(below + 4)),
  );
  for (let side = 0; side < 2; side++) {
    const other = side == 0 ? at - plane : at + plane;
    for (let row = other - line; row <= other + line; row += line) {
      most = f32x4.max(most, f32x4.max(v128.load(row), f32x4.max(v128.load(row - 4), v128.load(row + 4))));
      fewest = f32x4.min(fewest, f32x4.min(v128.load(row), f32x4.min(v128.load(row - 4), v128.load(row + 4))));
    }
  }
  high = v128.and(high, f32x4.ge(value, most));
  low = v128.and(low, f32x4.le(value, fewest));
  return i32x4.bitmask(v128.or(high, low));
}

/** Fits a quadric round the place, moving on where its extremum lies nearer to a neighbour. Stores the keypoint, or answers false. */
function fit(
  planes: usize,
  width: i32,
  height: i32,
  line: usize,
  plane: usize,
  x: i32,
  y: i32,
  level: i32,
  octave: i32,
  contrast: f32,
  keypoints: usize,
  found: i32,
): bool {
  let offsetX: f32 = 0;
  let offsetY: f32 = 0;
  let offsetLevel: f32 = 0;
  let step = 0;
  for (; step < FIT_STEPS; step++) {
    const at = planes + <usize>level * plane + <usize>y * line + ((<usize>x) << 2);
    const value = load<f32>(at);
    const dx = <f32>0.5 * (load<f32>(at + 4) - load<f32>(at - 4));
    const dy = <f32>0.5 * (load<f32>(at + line) - load<f32>(at - line));
    const ds = <f32>0.5 * (load<f32>(at + plane) - load<f32>(at - plane));
    const dxx = load<f32>(at + 4) + load<f32>(at - 4) - 2 * value;
    const dyy = load<f32>(at + line) + load<f32>(at - line) - 2 * value;
    const dss = load<f32>(at + plane) + load<f32>(at - plane) - 2 * value;
    const dxy = <f32>0.25 * mixed(at, 4, line);
    const dxs = <f32>0.25 * mixed(at, 4, plane);
    const dys = <f32>0.25 * mixed(at, line, plane);

    // Cramer's rule for the symmetric 3 x 3 system; a singular one has no extremum.
    const minorX = dyy * dss - dys * dys;
    const minorY = dxy * dss - dys * dxs;
    const minorS = dxy * dys - dyy * dxs;
    const determinant = dxx * minorX - dxy * minorY + dxs * minorS;
    if (determinant == 0) return false;
    const inverse: f32 = -1 / determinant;
    offsetX = inverse * (dx * minorX - dy * minorY + ds * minorS);
    offsetY = inverse * (-dx * minorY + dy * (dxx * dss - dxs * dxs) - ds * (dxx * dys - dxy * dxs));
    offsetLevel = inverse * (dx * minorS - dy * (dxx * dys - dxs * dxy) + ds * (dxx * dyy - dxy * dxy));
    if (abs(offsetX) < 0.5 && abs(offsetY) < 0.5 && abs(offsetLevel) < 0.5) {
      const peak = value + <f32>0.5 * (dx * offsetX + dy * offsetY + ds * offsetLevel);
      if (abs(peak) < contrast) return false;
      const trace = dxx + dyy;
      const product = dxx * dyy - dxy * dxy;
      if (product <= 0 || trace * trace * EDGE_RATIO >= (EDGE_RATIO + 1) * (EDGE_RATIO + 1) * product) return false;
      const key = keypoints + <usize>found * KEYPOINT_BYTES;
      store<f32>(key, <f32>x + offsetX, KEY_X);
      store<f32>(key, <f32>y + offsetY, KEY_Y);
      store<f32>(key, <f32>level + offsetLevel, KEY_LEVEL);
      store<f32>(key, abs(peak), KEY_CONTRAST);
      store<f32>(key, <f32>octave, KEY_OCTAVE);
      return true;
    }
    if (!(abs(offsetX) < 1e6 && abs(offsetY) < 1e6 && abs(offsetLevel) < 1e6)) return false;
    x += <i32>nearest(offsetX);
    y += <i32>nearest(offsetY);
    level += <i32>nearest(offsetLevel);
    if (level < 1 || level > LEVELS || x < BORDER || x >= width - BORDER || y < BORDER || y >= height - BORDER) {
      return false;
    }
  }
  return false;
}

/** Four times the mixed second derivative along two directions, given as distances in memory. */
function mixed(at: usize, a: usize, b: usize): f32 {
  return load<f32>(at + a + b) - load<f32>(at - a + b) - load<f32>(at + a - b) + load<f32>(at - a - b);
}
