// How much a connection between two exhibits weighs, in bits: log2 of a likelihood ratio that the evidence bounds. What is
// rare says more: a picture that forty exhibits hold links two of them less than one that only these two hold.
import type { MatchGrade } from '@redthread/core/domain';
import { likelihoodBits } from '@redthread/core/graph';
import { sha256 } from '@redthread/core/signals';

/** Bits of equal bytes, as everywhere else. */
export const IDENTICAL_BITS = likelihoodBits(sha256.rates);

/** Strength of one piece of evidence whose picture `holders` exhibits hold, as far as the viewer may see. */
export const evidenceBits = (grade: MatchGrade, measuredBits: number, holders: number): number =>
  (grade === 'identical' ? IDENTICAL_BITS : measuredBits) - Math.log2(Math.max(2, holders) / 2);
