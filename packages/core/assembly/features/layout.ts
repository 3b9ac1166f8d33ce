// How planes and keypoints lie in memory; packages/core/src/kernels/features/plan.ts holds the same numbers.

import { exp2 } from './math';

/** Levels of an octave that extrema are looked for in; an octave has three more levels of blur and two more of differences. */
export const LEVELS: i32 = 3;
/** Blur of the first level of an octave, in pixels of that octave. */
export const BASE_SIGMA: f32 = 1.6;

/** A keypoint, f32 fields: place in pixels of its octave, level with its fraction, contrast, octave (0 is the finest). */
export const KEYPOINT_BYTES: usize = 20;
export const KEY_X: usize = 0;
export const KEY_Y: usize = 4;
export const KEY_LEVEL: usize = 8;
export const KEY_CONTRAST: usize = 12;
export const KEY_OCTAVE: usize = 16;

/** An octave's entry in the table of octaves, u32 fields: width, height, bytes of a line, bytes of a plane, where its first plane of blur is. */
export const OCTAVE_BYTES: usize = 20;
export const OCTAVE_WIDTH: usize = 0;
export const OCTAVE_HEIGHT: usize = 4;
export const OCTAVE_LINE: usize = 8;
export const OCTAVE_PLANE: usize = 12;
export const OCTAVE_BLURRED: usize = 16;

/** An oriented feature, f32 fields: place and radius in pixels of the input, angle in radians, contrast; its keypoint's number; share of busy samples. */
export const FEATURE_BYTES: usize = 28;
export const FEATURE_X: usize = 0;
export const FEATURE_Y: usize = 4;
export const FEATURE_SCALE: usize = 8;
export const FEATURE_ANGLE: usize = 12;
export const FEATURE_CONTRAST: usize = 16;
export const FEATURE_KEYPOINT: usize = 20;
export const FEATURE_BUSY: usize = 24;

/** Blur of a keypoint in pixels of its octave. */
export function sigmaOf(level: f32): f32 {
  return BASE_SIGMA * exp2(level / <f32>LEVELS);
}
