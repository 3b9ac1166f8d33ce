// What equal bytes weigh in a connection between two exhibits, in bits: as everywhere else.
import { likelihoodBits } from '@redthread/core/graph';
import { sha256 } from '@redthread/core/signals';

export const IDENTICAL_BITS = likelihoodBits(sha256.rates);
