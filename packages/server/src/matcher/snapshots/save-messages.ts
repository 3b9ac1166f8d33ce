// What the process says to the thread of a save. Each has null for an answer.
import type { SegmentFile, SegmentToSave } from '../index/messages.js';
import type { Manifest } from './manifest.js';

export interface SaveThreadData {
  readonly folder: string;
}

/** What each file holds, the thread adds: it has written it, or the last manifest says it. */
export interface UnsummedManifest extends Omit<Manifest, 'files'> {
  readonly files: readonly SegmentFile[];
}

export type SaveRequest =
  /** Writes what the present manifest does not name. */
  | { readonly id: number; readonly op: 'write'; readonly segments: readonly SegmentToSave[] }
  /** Makes the files the snapshot, and takes the last one away. */
  | { readonly id: number; readonly op: 'name'; readonly manifest: UnsummedManifest }
  /** Takes away what was written for nothing. */
  | { readonly id: number; readonly op: 'discard' };
