// What the page and the worker that sends say to each other.
import type { ErrorCode } from '@redthread/core/errors';
import type { ChosenFile } from './chosen-files.js';
import type { ArchiveKind } from './named-files.js';

/** What the provider has viewed: nothing is said, none of it, or what a list of `path,viewed` says. */
export type ViewingChoice =
  | { readonly kind: 'nothing-said' }
  | { readonly kind: 'none-viewed' }
  | { readonly kind: 'list'; readonly name: string; readonly text: string };

export interface UploadJob {
  /** References. */
  readonly case: string;
  readonly exhibit: string;
  readonly files: readonly ChosenFile[];
  /** Where the one file is an archive, and that the exhibit. */
  readonly archive: ArchiveKind | null;
  readonly viewing: ViewingChoice;
  /** By which the server knows this sender again. */
  readonly sender: string;
}

export interface Told {
  readonly code: ErrorCode;
  readonly detail: string;
}

export interface ToldFailure extends Told {
  readonly path: string;
}

export interface UploadProgress {
  readonly exhibitId: string | null;
  readonly files: { readonly done: number; readonly total: number };
  /** `there`: on the server, whether they were sent or known. */
  readonly bytes: { readonly hashed: number; readonly there: number; readonly total: number };
  /** Files that an earlier run had left. */
  readonly unchanged: number;
  readonly failures: readonly ToldFailure[];
}

export type ToWorker = { readonly say: 'begin'; readonly job: UploadJob } | { readonly say: 'stop' };

/** How it ended: everything is stored, somebody stopped it, or what is told did. */
export type UploadEnd = { readonly kind: 'sent' | 'stopped' } | { readonly kind: 'failed'; readonly problem: Told };

export type FromWorker =
  | { readonly say: 'progress'; readonly progress: UploadProgress }
  /** Why nothing moves while the server is waited for; null when it answers again. */
  | { readonly say: 'trouble'; readonly trouble: Told | null }
  | { readonly say: 'ended'; readonly end: UploadEnd };
