// What the process of the matcher and its threads say to each other: batches in typed arrays, each with one answer.
import type { SegmentMarks } from '@redthread/core/index';
import type { WasmMemory } from '@redthread/core/wasm';

/** The two indexes that a content can be found by: the whole picture (PDQ), and local differences (edge hash). */
export const INDEX_NAMES = ['whole', 'local'] as const;
export type IndexName = (typeof INDEX_NAMES)[number];

/** Contents as the indexes hold them. */
export interface PackedHashes {
  readonly ids: Float64Array<ArrayBuffer>;
  /** A content: bit 0, it has a whole hash; bit 1, a local one; 0: it is in no index. */
  readonly has: Uint8Array<ArrayBuffer>;
  /** 32 bytes a content, whatever it has. */
  readonly whole: Uint8Array<ArrayBuffer>;
  readonly local: Uint8Array<ArrayBuffer>;
}

/** Contents as they are searched for: each hash in eight orientations, 256 bytes. */
export interface PackedQueries {
  readonly count: number;
  readonly has: Uint8Array<ArrayBuffer>;
  readonly whole: Uint8Array<ArrayBuffer>;
  readonly local: Uint8Array<ArrayBuffer>;
}

/** Ids that were found, query after query. */
export interface PackedHits {
  readonly counts: Uint32Array<ArrayBuffer>;
  readonly ids: Float64Array<ArrayBuffer>;
}

/** A segment that threads share: its number is never used again. */
export interface SharedSegment {
  readonly serial: number;
  readonly memory: WasmMemory;
}
export type SegmentSet = Readonly<Record<IndexName, readonly SharedSegment[]>>;

/** One file of a snapshot, inside its folder. */
export interface SegmentFile {
  readonly index: IndexName;
  readonly file: string;
  readonly bytes: number;
}

/** A file that a manifest names. */
export interface NamedSegment extends SegmentFile {
  /** XXH64 of what it holds: no other segment of its length is taken for it. */
  readonly sum: string;
}

export interface IndexSize {
  /** Contents that can be found. */
  readonly contents: number;
}

export interface ChangeReply extends IndexSize {
  /** Hashes that were removed, and that a segment or a file holds still. */
  readonly removed: number;
}

export interface IndexThreadData {
  readonly folder: string;
}

/** To the thread that owns the indexes. */
export type IndexRequest =
  /** Makes the indexes hold exactly this of these contents. */
  | { readonly id: number; readonly op: 'change'; readonly hashes: PackedHashes }
  /** Contents of an index that is being built: none of them is in it. */
  | { readonly id: number; readonly op: 'fill'; readonly hashes: PackedHashes }
  | { readonly id: number; readonly op: 'filled' }
  /** Searches what no segment holds yet; the segments are searched by other threads, as of this answer. */
  | { readonly id: number; readonly op: 'find'; readonly queries: PackedQueries; readonly knownEpoch: number }
  /** What the merge thread should merge next; `isPurge`: whatever holds removed contents, so that nothing of them is left. */
  | { readonly id: number; readonly op: 'beginMerge'; readonly isPurge: boolean }
  | { readonly id: number; readonly op: 'endMerge'; readonly index: IndexName; readonly memory: WasmMemory | null }
  | { readonly id: number; readonly op: 'cancelMerge'; readonly index: IndexName }
  /** What a snapshot of this moment is made of, to be written by another thread. */
  | { readonly id: number; readonly op: 'beginSave' }
  /** The segments, where they are others than those of the epoch that is known. */
  | { readonly id: number; readonly op: 'segments'; readonly knownEpoch: number }
  | { readonly id: number; readonly op: 'load'; readonly files: readonly NamedSegment[] };

export interface SegmentsReply {
  readonly epoch: number;
  /** The segments of this epoch; null where the asker knows it. */
  readonly segments: SegmentSet | null;
}
export interface FindReply extends SegmentsReply {
  readonly hits: PackedHits;
}

/** A segment as it is to be saved: a file of that name has the same in it. */
export interface SegmentToSave {
  readonly file: SegmentFile;
  readonly memory: WasmMemory;
  readonly marks: SegmentMarks;
}
export interface SavePlan extends IndexSize {
  readonly segments: readonly SegmentToSave[];
}

export interface SearchThreadData {
  /** Place in the memories that all share, 1..7; 0 is the owner's. */
  readonly thread: number;
}

/** To a thread that searches segments; of segments null: those that were sent last. */
export type SearchRequest =
  | {
      readonly id: number;
      readonly op: 'search';
      readonly queries: PackedQueries;
      readonly segments: SegmentSet | null;
    }
  /** Lets go of all others. */
  | { readonly id: number; readonly op: 'attach'; readonly segments: SegmentSet };

/** What `beginMerge` answers; null: nothing is due. */
export interface MergePlan {
  readonly index: IndexName;
  readonly segments: readonly SharedSegment[];
}

/** To the thread that merges. */
export interface MergeRequest {
  readonly id: number;
  readonly op: 'merge';
  readonly segments: readonly SharedSegment[];
}
export interface MergeReply {
  /** Null: nothing was left. */
  readonly memory: WasmMemory | null;
}

export type ThreadReply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly code: string; readonly detail: string };
