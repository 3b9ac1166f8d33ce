// How much a connection between two exhibits weighs, in bits: log2 of a likelihood ratio that the evidence bounds. What is
// rare says more: a picture that forty exhibits hold links two of them less than one that only these two hold.
import type { MatchGrade } from '@redthread/core/domain';

/**
 * Bits of equal SHA-256 digests. No false match in n comparisons bounds the false rate at 3 / n (upper 95 % limit); a store
 * of 2.5 million contents has compared each with each, 3e12 times: log2(3e12 / 3) = 40.
 */
export const IDENTICAL_BITS = 40;

/** Strength of one piece of evidence whose picture `holders` exhibits hold, as far as the viewer may see. */
export const evidenceBits = (grade: MatchGrade, measuredBits: number, holders: number): number =>
  (grade === 'identical' ? IDENTICAL_BITS : measuredBits) - Math.log2(Math.max(2, holders) / 2);
