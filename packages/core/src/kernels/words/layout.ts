// Shapes of the vocabulary. packages/core/assembly/words/layout.ts knows them as well.

export const DIMENSIONS = 128;
export const BRANCHES = 128;
export const LEAVES = 128;
export const WORDS = BRANCHES * LEAVES;
/** Words written for each descriptor, nearest first. */
export const NEAREST_WORDS = 2;
export const CODE_BITS = 64;
export const CODE_BYTES = CODE_BITS / 8;
/** Descriptors that are worked on at once. */
export const DESCRIPTORS_AT_ONCE = 1_024;
