// How strongly a match speaks: bits of a likelihood ratio, bounded by how often the method was tried (design, "How a connection
// is scored").
import type { CountedRates, ErrorRates } from '../signals/index.js';

/**
 * log2 of the likelihood ratio that the evidence allows: the false rate is taken as its upper 95 % limit, and nothing gives less than 0. No
 * error in a million independent comparisons gives 18.3 bits.
 */
export const likelihoodBits = (rates: ErrorRates): number => {
  if ('bits' in rates) return rates.bits;
  const bits = -Math.log2(upperRate(rates));
  return Math.max(0, Math.round(bits * 10) / 10);
};

/**
 * The larger of two limits. Of comparisons: (k + 3) / n for k errors in n (the "rule of three"). Of pictures, where all pairs of a set were counted: what is confused is
 * confused with its like, so that many errors, or none, may be the accident of a few pictures. Of the kinds that were seen, w pictures take part in errors; were they as
 * frequent as Poisson's limit for w allows, errors would be as much more frequent squared. Of a kind that was not seen, one picture may have been among those made, without
 * its like: its share is at most Poisson's limit for one, and two of it meet in the square of that.
 */
const upperRate = ({ errors, comparisons, subjects }: CountedRates): number => {
  const ofComparisons = (errors + 3) / comparisons;
  if (subjects === undefined) return ofComparisons;
  const { made, wrong } = subjects;
  const seen = wrong === 0 ? 0 : (errors / comparisons) * (poissonLimit(wrong) / wrong) ** 2;
  const unseen = (poissonLimit(1) / made) ** 2;
  return Math.max(ofComparisons, seen + unseen);
};

const NORMAL_95 = 1.645;

/** The mean of which so few are seen in 5 % of all tries: by Wilson and Hilferty (PNAS 17, 1931), within half a per cent of the exact one. */
const poissonLimit = (seen: number): number => {
  const n = seen + 1;
  return n * (1 - 1 / (9 * n) + NORMAL_95 / (3 * Math.sqrt(n))) ** 3;
};

/** What is left after so many comparisons were made to find the match: below 0 it is a lead, not yet a connection. */
export const shownStrengthBits = (bits: number, comparisonsMade: number): number =>
  bits - Math.log2(Math.max(1, comparisonsMade));

export const isLead = (strengthBits: number): boolean => strengthBits < 0;
