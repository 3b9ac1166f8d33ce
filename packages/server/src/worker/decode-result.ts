// What became of one decode job, on its way from the decoder to the database.
import type { Lease } from '../features/work/index.js';
import type { DecodedImage } from '../media/decode/index.js';
import type { StagedObject } from '../store/index.js';
import type { LostSource, Original } from './originals.js';

export interface Decoded {
  readonly kind: 'decoded';
  readonly lease: Lease;
  readonly original: Original;
  /** Without its renditions: those are sealed already, so that no picture waits in memory for its batch. */
  readonly image: Omit<DecodedImage, 'clear' | 'veiled'>;
  readonly clear: StagedObject;
  readonly veiled: StagedObject;
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
