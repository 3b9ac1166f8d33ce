// Descriptors: 4 x 4 histograms of eight gradient directions around a feature, turned and scaled with it, as RootSIFT. Gradients are taken on a grid of
// samples that is laid over the plane whose blur fits, so that a feature costs the same whatever its size.
import { angleOf, cos, exp, sin } from './math';
import {
  FEATURE_ANGLE,
  FEATURE_BUSY,
  FEATURE_BYTES,
  FEATURE_KEYPOINT,
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

/** Samples along a side: four cells and half a cell beyond them on either side. */
const SAMPLES: i32 = 20;
const CELLS: i32 = 4;
const DIRECTIONS: i32 = 8;
/** A cell is so many times the blur of the feature wide. */
const CELL: f32 = 3;
/** Pixels from one sample to the next, in units of the blur. */
const SPACING: f32 = (CELL * 5) / <f32>SAMPLES;
/** No direction counts for more than this part of a descriptor, since light is not even (Lowe 2004, section 6.1). */
const MOST: f32 = 0.2;
/** A sample is busy where values differ by this part of the steepest, and by so much of 0..255 at least. */
const BUSY: f32 = 0.06;
const LEAST_BUSY: f32 = 0.3;
const DESCRIPTOR: i32 = 128;
/** Root values are written as bytes times this. */
const BYTE_SCALE: f32 = 512;

/** Floats of the grid of samples with one more on each side. */
const GRID: i32 = SAMPLES + 2;

/**
 * Writes the descriptors (128 bytes each) of `count` features. `room`: 4,096 bytes. `weights`: room for SAMPLES * SAMPLES floats, filled here.
 */
export function describe(
  features: usize,
  count: i32,
  keypoints: usize,
  octaves: usize,
  descriptors: usize,
  room: usize,
  weights: usize,
): void {
  fillWeights(weights);
  const histogram = room + <usize>(GRID * GRID) * 4;
  for (let i = 0; i < count; i++) {
    const feature = features + <usize>i * FEATURE_BYTES;
    const key = keypoints + <usize>load<u32>(feature, FEATURE_KEYPOINT) * KEYPOINT_BYTES;
    const octave = octaves + <usize>(<i32>load<f32>(key, KEY_OCTAVE)) * OCTAVE_BYTES;
    sample(key, octave, load<f32>(feature, FEATURE_ANGLE), room);
    store<f32>(feature, gather(room, weights, histogram, histogram + 2048), FEATURE_BUSY);
    finish(histogram, descriptors + <usize>(i * DESCRIPTOR));
  }
}

/** The window over the samples: a Gaussian of two cells. */
function fillWeights(weights: usize): void {
  const middle: f32 = <f32>0.5 * <f32>(SAMPLES - 1);
  const spread: f32 = <f32>SAMPLES * <f32>0.4;
  for (let y = 0; y < SAMPLES; y++) {
    for (let x = 0; x < SAMPLES; x++) {
      const dx = <f32>x - middle;
      const dy = <f32>y - middle;
      store<f32>(weights + ((<usize>(y * SAMPLES + x)) << 2), exp(-(dx * dx + dy * dy) / (2 * spread * spread)));
    }
  }
}

/** Values of the plane at the points of the turned grid, between pixels by their four neighbours; edges repeat. */
function sample(key: usize, octave: usize, angle: f32, grid: usize): void {
  const sigma = sigmaOf(load<f32>(key, KEY_LEVEL));
  const level = min(LEVELS + 2, max(0, <i32>nearest(load<f32>(key, KEY_LEVEL))));
  const width = load<i32>(octave, OCTAVE_WIDTH);
  const height = load<i32>(octave, OCTAVE_HEIGHT);
  const line = <usize>load<u32>(octave, OCTAVE_LINE);
  const plane = <usize>load<u32>(octave, OCTAVE_BLURRED) + <usize>level * <usize>load<u32>(octave, OCTAVE_PLANE);
  const across = SPACING * sigma * cos(angle);
  const down = SPACING * sigma * sin(angle);
  const half: f32 = <f32>0.5 * <f32>(GRID - 1);
  let rowX = load<f32>(key, KEY_X) - half * across + half * down;
  let rowY = load<f32>(key, KEY_Y) - half * down - half * across;
  const mostX = <f32>(width - 1) - <f32>0.001;
  const mostY = <f32>(height - 1) - <f32>0.001;
  let to = grid;
  for (let j = 0; j < GRID; j++) {
    let atX = rowX;
    let atY = rowY;
    for (let i = 0; i < GRID; i++, to += 4) {
      const x = min(mostX, max(0, atX));
      const y = min(mostY, max(0, atY));
      const column = <i32>x;
      const row = <i32>y;
      const fx = x - <f32>column;
      const fy = y - <f32>row;
      const at = plane + <usize>row * line + ((<usize>column) << 2);
      const upper = load<f32>(at) + fx * (load<f32>(at, 4) - load<f32>(at));
      const lower = load<f32>(at + line) + fx * (load<f32>(at + line, 4) - load<f32>(at + line));
      store<f32>(to, upper + fy * (lower - upper));
      atX += across;
      atY += down;
    }
    rowX -= down;
    rowY += across;
  }
}

/** Bytes of a cell: its directions and one more, which is the first again, so that no step wraps. */
const CELL_BYTES: usize = (DIRECTIONS + 1) * 4;
/** Cells lie in a frame of one that takes what falls beyond. */
const ROW_BYTES: usize = <usize>(CELLS + 2) * CELL_BYTES;

/** Adds the gradient of each sample to the two directions, two columns and two rows of cells that it lies between. Answers the share of busy samples. */
function gather(grid: usize, weights: usize, histogram: usize, steep: usize): f32 {
  let steepest: f32 = 0;
  memory.fill(histogram, 0, <usize>(CELLS + 2) * ROW_BYTES);
  const perCell: f32 = <f32>SAMPLES / 5;
  for (let y = 0; y < SAMPLES; y++) {
    // In cells, from the centre of the frame's first on.
    const cellY = (<f32>y + <f32>0.5) / perCell;
    const row = <i32>cellY;
    const fy = cellY - <f32>row;
    for (let x = 0; x < SAMPLES; x++) {
      const at = grid + ((<usize>((y + 1) * GRID + x + 1)) << 2);
      const across = load<f32>(at + 4) - load<f32>(at - 4);
      const down = load<f32>(at + <usize>GRID * 4) - load<f32>(at - <usize>GRID * 4);
      const steepness = sqrt<f32>(across * across + down * down);
      steepest = max(steepest, steepness);
      store<f32>(steep + ((<usize>(y * SAMPLES + x)) << 2), steepness);
      const size = steepness * load<f32>(weights + ((<usize>(y * SAMPLES + x)) << 2));
      let direction = angleOf(down, across) * (<f32>DIRECTIONS / <f32>6.2831853);
      if (direction < 0) direction += <f32>DIRECTIONS;
      let bin = <i32>direction;
      const fd = direction - <f32>bin;
      if (bin >= DIRECTIONS) bin -= DIRECTIONS;
      const cellX = (<f32>x + <f32>0.5) / perCell;
      const column = <i32>cellX;
      const fx = cellX - <f32>column;
      const cell = histogram + <usize>row * ROW_BYTES + <usize>column * CELL_BYTES + ((<usize>bin) << 2);
      const lower = size * fy;
      const upper = size - lower;
      add(cell, upper * (1 - fx), fd);
      add(cell + CELL_BYTES, upper * fx, fd);
      add(cell + ROW_BYTES, lower * (1 - fx), fd);
      add(cell + ROW_BYTES + CELL_BYTES, lower * fx, fd);
    }
  }
  const least = max(LEAST_BUSY, steepest * BUSY);
  let busy = 0;
  for (let i = 0; i < SAMPLES * SAMPLES; i++) if (load<f32>(steep + ((<usize>i) << 2)) > least) busy++;
  return <f32>busy / <f32>(SAMPLES * SAMPLES);
}

function add(cell: usize, size: f32, fraction: f32): void {
  const second = size * fraction;
  store<f32>(cell, load<f32>(cell) + size - second);
  store<f32>(cell, load<f32>(cell, 4) + second, 4);
}

/** From the inner cells: normalised, cut off, normalised again by its sum, and the roots as bytes. */
function finish(histogram: usize, descriptor: usize): void {
  let squares: f32 = 0;
  for (let row = 1; row <= CELLS; row++) {
    for (let column = 1; column <= CELLS; column++) {
      const cell = histogram + <usize>row * ROW_BYTES + <usize>column * CELL_BYTES;
      store<f32>(cell, load<f32>(cell) + load<f32>(cell, <usize>DIRECTIONS * 4));
      for (let bin = 0; bin < DIRECTIONS; bin++) {
        const value = load<f32>(cell + ((<usize>bin) << 2));
        squares += value * value;
      }
    }
  }
  const most = MOST * sqrt<f32>(squares);
  let sum: f32 = 0;
  for (let row = 1; row <= CELLS; row++) {
    for (let column = 1; column <= CELLS; column++) {
      const cell = histogram + <usize>row * ROW_BYTES + <usize>column * CELL_BYTES;
      for (let bin = 0; bin < DIRECTIONS; bin++) sum += min(most, load<f32>(cell + ((<usize>bin) << 2)));
    }
  }
  const share: f32 = sum > 0 ? 1 / sum : 0;
  let to = descriptor;
  for (let row = 1; row <= CELLS; row++) {
    for (let column = 1; column <= CELLS; column++) {
      const cell = histogram + <usize>row * ROW_BYTES + <usize>column * CELL_BYTES;
      for (let bin = 0; bin < DIRECTIONS; bin++, to++) {
        const value = min(most, load<f32>(cell + ((<usize>bin) << 2)));
        store<u8>(to, <u8>min(<f32>255, sqrt<f32>(value * share) * BYTE_SCALE + <f32>0.5));
      }
    }
  }
}
