// What the process of the matcher and the thread of an index beside say to each other.
import type { Signal } from '@redthread/core/signals';

/** A content as the index holds it; without a signal it is taken out. */
export interface IndexedContent {
  readonly contentId: number;
  readonly signals: readonly Signal[];
}

export type BesideRequest =
  | { readonly id: number; readonly op: 'change'; readonly contents: readonly IndexedContent[] }
  /** Answers ids for each of the queries. */
  | { readonly id: number; readonly op: 'find'; readonly queries: readonly (readonly Signal[])[] };
