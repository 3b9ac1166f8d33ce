// What the process of the matcher and the thread of the word index say to each other.

/** Features of one content (the first `INDEXED_BYTES` of its signal), or null: it is not to be found. */
export interface WordChange {
  readonly id: number;
  readonly value: Uint8Array | null;
}

export type WordRequest =
  | { readonly id: number; readonly op: 'change'; readonly contents: readonly WordChange[] }
  | {
      readonly id: number;
      readonly op: 'find';
      readonly queries: readonly (Uint8Array | null)[];
      readonly limit: number;
    }
  | { readonly id: number; readonly op: 'purge' };

/** Ids for each query, the likeliest first. */
export type WordsFound = readonly (readonly number[])[];
