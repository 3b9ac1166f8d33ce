// What the process says to the thread of a save. Each has null for an answer.
import type { SegmentToSave } from '../index/messages.js';
import type { Manifest } from './manifest.js';

export interface SaveThreadData {
  readonly folder: string;
}

export type SaveRequest =
  /** Writes what the present manifest does not name. */
  | { readonly id: number; readonly op: 'write'; readonly segments: readonly SegmentToSave[] }
  /** Makes the files the snapshot, and takes the last one away. */
  | { readonly id: number; readonly op: 'name'; readonly manifest: Manifest }
  /** Takes away what was written for nothing. */
  | { readonly id: number; readonly op: 'discard' };
