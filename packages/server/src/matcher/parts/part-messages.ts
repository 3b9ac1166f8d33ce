// What the process of the matcher and the thread of the index of words say to each other.
import type { Signal } from '@redthread/core/signals';

/** A content as the index holds it; without a signal it is taken out. */
export interface ContentFeatures {
  readonly contentId: number;
  readonly signal: Signal | null;
}

export type PartRequest =
  | { readonly id: number; readonly op: 'change'; readonly contents: readonly ContentFeatures[] }
  /** Answers ids for each of the queries. */
  | { readonly id: number; readonly op: 'find'; readonly queries: readonly (readonly Signal[])[] };
