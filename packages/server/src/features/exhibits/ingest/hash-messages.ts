// What the ingest and its hash threads say to each other. Plain data only: it crosses a thread border.
import type { StagedObject } from '../../../store/index.js';
import type { DigestSet } from './digests.js';

/** A content to be read: from a path, or already in memory (an entry of an archive). */
export type HashSource = { readonly path: string | Uint8Array } | { readonly bytes: Uint8Array };

export interface HashedFile {
  readonly ok: true;
  readonly sizeBytes: number;
  readonly mime: string;
  readonly kind: string;
  /** State of the file that was read; null for bytes. */
  readonly statKey: string | null;
}

export interface UnreadFile {
  readonly ok: false;
  readonly code: string;
  readonly detail: string;
}

export type HashOutcome = HashedFile | UnreadFile;

export interface SealOrder {
  /** Position in the batch. */
  readonly index: number;
  readonly name: string;
  /** The data key of the media. */
  readonly dataKey: Uint8Array;
}

/** Where a content of a batch goes as a piece of an upload. */
export interface WriteOrder {
  readonly index: number;
  readonly uploadId: string;
  readonly dataKey: Uint8Array;
  readonly header: Uint8Array;
  readonly firstChunk: number;
  readonly last: boolean;
}

export type HashRequest = { readonly id: number } & (
  | {
      readonly op: 'digest';
      readonly batch: number;
      readonly sources: readonly HashSource[];
      readonly set: DigestSet;
    }
  | { readonly op: 'seal'; readonly batch: number; readonly orders: readonly SealOrder[] }
  | { readonly op: 'write'; readonly batch: number; readonly order: WriteOrder }
  | { readonly op: 'read'; readonly batch: number; readonly indexes: readonly number[] }
  | { readonly op: 'drop'; readonly batch: number }
  | {
      readonly op: 'large';
      readonly path: string | Uint8Array;
      readonly dataKey: Uint8Array | null;
      readonly set: DigestSet;
    }
  | { readonly op: 'upload'; readonly uploadId: string; readonly dataKey: Uint8Array }
);

export interface DigestReply {
  /** `DIGESTS_BYTES` for each source, in order; zeros where it was not read. */
  readonly digests: Uint8Array;
  readonly outcomes: readonly HashOutcome[];
}

export interface LargeReply extends DigestReply {
  /** Without its final name: that is known only when the digest is. Null when nothing was to be sealed. */
  readonly staged: StagedObject | null;
}

export interface SealReply {
  readonly staged: readonly StagedObject[];
}

export interface ReadReply {
  /** Copies, in the order that was asked for. */
  readonly contents: readonly Uint8Array<ArrayBuffer>[];
}

export type HashReply = { readonly id: number } & (
  | { readonly ok: true; readonly value: DigestReply | LargeReply | SealReply | ReadReply | null }
  /** An error of the run (a full disk), not of a file. */
  | { readonly ok: false; readonly code: string; readonly detail: string }
);

export interface HashThreadData {
  readonly vaultFolder: string;
}
