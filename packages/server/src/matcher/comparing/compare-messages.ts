// What the process of the matcher and a thread that compares say to each other.
import type { ComparableMedia, MediaComparison } from '@redthread/core/graph';

/** Answers a comparison for each pair; null where the two do not match. */
export interface CompareRequest {
  readonly id: number;
  readonly op: 'compare';
  readonly media: readonly ComparableMedia[];
  /** Numbers into `media`. */
  readonly pairs: readonly (readonly [a: number, b: number])[];
}
export type Compared = readonly (MediaComparison | null)[];
