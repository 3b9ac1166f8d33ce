// What the bits of a match rest on, in words: k of n, never a probability (design, "How a connection is scored").
import type { Counted } from '../contract/comparison.js';

const thousands = (count: number): string => count.toLocaleString('en');

/** `Proposed by pdq or edge-hash and so confirmed, 4 of 1,000,000 pairs of different pictures were confused.` `of`: what was compared. */
export const countedInWords = ({ comparisons, errors, proposedBy }: Counted, of = 'pictures'): string => {
  const how = proposedBy.length === 0 ? 'So measured' : `Proposed by ${proposedBy.join(' or ')} and so confirmed`;
  return `${how}, ${thousands(errors)} of ${thousands(comparisons)} pairs of different ${of} were confused.`;
};
