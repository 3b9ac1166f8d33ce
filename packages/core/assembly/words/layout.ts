// Shapes that packages/core/src/kernels/words/layout.ts knows as well.

export const DIMENSIONS: i32 = 128;
/** Bytes of a descriptor as 16-bit numbers. */
export const WIDE_BYTES: usize = 256;
/** Branches of the tree, and words of a branch. */
export const BRANCHES: i32 = 128;
export const LEAVES: i32 = 128;
/** Branches that are looked into for each descriptor. */
export const PROBES: i32 = 8;
/** Words written for each descriptor, nearest first. */
export const NEAREST: i32 = 2;
export const CODE_BITS: i32 = 64;

/** Twice what a centre and a descriptor have in common, less the centre's own length: largest for the nearest. */
export function closeness(wide: usize, centre: usize, length: i32): i32 {
  return 2 * dot(wide, centre) - length;
}

/** The inner product of two rows of 128 16-bit numbers. */
export function dot(a: usize, b: usize): i32 {
  let first = i32x4.splat(0);
  let second = i32x4.splat(0);
  for (let at: usize = 0; at < WIDE_BYTES; at += 64) {
    first = i32x4.add(first, i32x4.dot_i16x8_s(v128.load(a + at), v128.load(b + at)));
    second = i32x4.add(second, i32x4.dot_i16x8_s(v128.load(a + at, 16), v128.load(b + at, 16)));
    first = i32x4.add(first, i32x4.dot_i16x8_s(v128.load(a + at, 32), v128.load(b + at, 32)));
    second = i32x4.add(second, i32x4.dot_i16x8_s(v128.load(a + at, 48), v128.load(b + at, 48)));
  }
  const sum = i32x4.add(first, second);
  return (
    i32x4.extract_lane(sum, 0) + i32x4.extract_lane(sum, 1) + i32x4.extract_lane(sum, 2) + i32x4.extract_lane(sum, 3)
  );
}
