// The one error class: a code of the catalogue, what exactly was wrong, and where.
import { CATALOGUE, type ErrorCode } from './catalogue.js';
import { inFull, type Said } from './said.js';

export interface ErrorOptions {
  /** JSON pointer or argument name of the offending value. */
  readonly pointer?: string;
  readonly cause?: unknown;
}

/** Thrown by our own code only; `detail` names the value that was wrong and is safe to show. */
export class RedthreadError extends Error {
  readonly code: ErrorCode;
  readonly detail: string;
  /** The same with its values apart, where it has any. */
  readonly said: Said | undefined;
  readonly pointer: string | undefined;

  constructor(code: ErrorCode, what: string | Said, options: ErrorOptions = {}) {
    const detail = typeof what === 'string' ? what : inFull(what);
    super(`${code}: ${detail}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'RedthreadError';
    this.code = code;
    this.detail = detail;
    this.said = typeof what === 'string' ? undefined : what;
    this.pointer = options.pointer;
  }

  get status(): number {
    return CATALOGUE[this.code].status;
  }
  get title(): string {
    return CATALOGUE[this.code].title;
  }
  /** What the person can do about it. */
  get next(): string {
    return CATALOGUE[this.code].next;
  }
}

/** Makes an error of the catalogue: `throw fail('CASE_UNKNOWN', 'ES-2026-099')`. */
export const fail = (code: ErrorCode, what: string | Said, options?: ErrorOptions): RedthreadError =>
  new RedthreadError(code, what, options);

export const isRedthreadError = (error: unknown): error is RedthreadError => error instanceof RedthreadError;
