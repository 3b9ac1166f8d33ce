// Where the kernel of packages/core/assembly/jpeg finds what it works with; scan.ts there says what the entries are.

/** Bits that index the tables of codes. */
export const FAST_BITS = 10;
export const SLOW_BITS = 16;
export const PAIR_BITS = 11;
/** Room for the fast table or the pairs; the slow table follows. */
export const FAST_BYTES = 8 << PAIR_BITS;
export const CODES_BYTES = FAST_BYTES + (2 << SLOW_BITS);
/** Where things lie, bytes; the tables of coefficients of three components one after another. */
export const TABLE_BYTES = 8_192;
export const AT = {
  state: 0,
  sums: 48,
  plan: 1_024,
  coefficients: 2_048,
  basis: 2_048 + 3 * TABLE_BYTES,
  codes: 43_008,
  data: 43_008 + 6 * CODES_BYTES,
} as const;
export const PLAN_WORDS = 12;
/** A run of zeros that stands for the end of a block. */
export const END_RUN = 128;
