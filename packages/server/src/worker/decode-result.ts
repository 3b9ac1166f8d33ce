// What became of one decode job, on its way from the decoder to the database.
import type { Lease } from '../features/work/index.js';
import type { Storyboard } from '@redthread/core/contract';
import type { StagedObject, VaultKind } from '../store/index.js';
import type { LostSource, Original } from './originals.js';
import type { Signalled } from './signals.js';

/** What a decode has found out of a picture, a film or a sound. */
export interface Seen extends Signalled {
  readonly widthPx: number | null;
  readonly heightPx: number | null;
  readonly notes: readonly string[];
  /** Of a film or a sound; null for a picture. */
  readonly durationMs: number | null;
  readonly storyboard: Storyboard | null;
  readonly loudness: readonly number[] | null;
}

export interface Decoded {
  readonly kind: 'decoded';
  readonly lease: Lease;
  readonly original: Original;
  readonly seen: Seen;
  /** Its renditions: sealed already, so that no picture waits in memory for its batch. */
  readonly objects: readonly { readonly kind: VaultKind; readonly object: StagedObject }[];
  readonly lost: readonly LostSource[];
}

export interface Undecoded {
  /** `failed` says something about the file, `quarantined` about what it does to decoders, `retry` about the moment. */
  readonly kind: 'failed' | 'quarantined' | 'retry';
  readonly lease: Lease;
  readonly code: string;
  readonly detail: string;
  readonly lost: readonly LostSource[];
}

export type DecodeResult = Decoded | Undecoded;
