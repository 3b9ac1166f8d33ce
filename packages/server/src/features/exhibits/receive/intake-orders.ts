// What the server asks of the intake, the process that writes what other machines send: the server itself may not write
// files of an exhibit. Plain data only: it crosses a process border.
import type { DiskImage, IngestBatch, IngestBatchAnswer } from '@redthread/core/contract';
import type { ContainerFailure } from '../ingest/containers.js';

export type IntakeOrder =
  /** Before the first batch: keys of agency and case, state of the exhibit. */
  | { readonly op: 'begin'; readonly runId: string }
  | { readonly op: 'store'; readonly runId: string; readonly batch: IngestBatch }
  | { readonly op: 'container'; readonly runId: string; readonly sha256: string; readonly sizeBytes: number }
  | { readonly op: 'damage'; readonly runId: string; readonly failure: ContainerFailure }
  | { readonly op: 'image'; readonly runId: string; readonly image: DiskImage }
  | { readonly op: 'end'; readonly runId: string }
  | { readonly op: 'fail'; readonly runId: string; readonly code: string; readonly detail: string };

export interface IntakeReplies {
  readonly begin: null;
  readonly store: IngestBatchAnswer;
  readonly container: null;
  readonly damage: null;
  readonly image: null;
  readonly end: null;
  readonly fail: null;
}

export type IntakeReply = IntakeReplies[IntakeOrder['op']];

/** The intake as the server sees it. Errors: what the order fails with; INTAKE_UNAVAILABLE. */
export interface IntakeDoor {
  ask<O extends IntakeOrder>(order: O): Promise<IntakeReplies[O['op']]>;
}
