// How strongly a match speaks: bits of a likelihood ratio, bounded by how often the method was tried (design, "How a connection
// is scored").
import type { ErrorRates } from '../signals/index.js';

/**
 * log2 of the likelihood ratio that the evidence allows: the false rate is taken as the upper 95 % limit, (k + 3) / n for k errors
 * in n comparisons (the "rule of three"). No error in a million comparisons gives 18.3 bits, and nothing gives less than 0.
 */
export const likelihoodBits = (rates: ErrorRates): number => {
  if ('bits' in rates) return rates.bits;
  const bits = Math.log2(rates.comparisons / (rates.errors + 3));
  return Math.max(0, Math.round(bits * 10) / 10);
};

/** What is left after so many comparisons were made to find the match: below 0 it is a lead, not yet a connection. */
export const shownStrengthBits = (bits: number, comparisonsMade: number): number =>
  bits - Math.log2(Math.max(1, comparisonsMade));

export const isLead = (strengthBits: number): boolean => strengthBits < 0;
