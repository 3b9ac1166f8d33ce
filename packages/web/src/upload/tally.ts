// How far the sending of files is, as the page shows it: files that are done, bytes that were hashed and that are on the
// server, and what is to be said about single files.
import type { ErrorCode } from '@redthread/core/errors';
import type { ToldFailure, UploadProgress } from './messages.js';
import type { NamedFile } from './named-files.js';

const sizeOf = (files: readonly NamedFile[]): number => files.reduce((sum, { file }) => sum + file.size, 0);

export class Tally {
  exhibitId: string | null = null;
  unread = 0;
  storedBytes = 0;
  readonly #report: (progress: UploadProgress) => void;
  readonly #total: { readonly files: number; readonly bytes: number };
  readonly #failures: ToldFailure[] = [];
  #done = 0;
  #unchanged = 0;
  #hashed = 0;
  #there = 0;
  /** Sent of batches that are not stored yet. */
  #ahead = 0;

  constructor(files: readonly NamedFile[], report: (progress: UploadProgress) => void) {
    this.#total = { files: files.length, bytes: sizeOf(files) };
    this.#report = report;
  }

  get files(): number {
    return this.#done;
  }

  hashed(bytes: number): void {
    this.#hashed += bytes;
    this.show();
  }

  ahead(bytes: number): void {
    this.#ahead += bytes;
    this.show();
  }

  /** Stored, or known to be there; `ahead` is what was counted of them before. */
  arrived(files: readonly NamedFile[], ahead: number): void {
    this.#done += files.length;
    this.#there += sizeOf(files);
    this.#ahead -= ahead;
    this.show();
  }

  /** An earlier run has left these. */
  skipped(files: readonly NamedFile[]): void {
    this.#unchanged += files.length;
    this.#hashed += sizeOf(files);
    this.arrived(files, 0);
  }

  tell({ facts }: NamedFile, code: ErrorCode, detail: string): void {
    this.#failures.push({ path: facts.path, code, detail });
  }

  show(): void {
    const { files, bytes: total } = this.#total;
    this.#report({
      exhibitId: this.exhibitId,
      files: { done: this.#done, total: files },
      bytes: {
        hashed: Math.min(total, this.#hashed),
        there: Math.min(total, this.#there + this.#ahead),
        total,
      },
      unchanged: this.#unchanged,
      failures: this.#failures,
    });
  }
}
