// The failures of a decode, and which of them are worth another attempt.
import type { ErrorCode, ItemErrorCode } from '@redthread/core/errors';
import type { ChildFailureReason } from '../child/request-child.js';

export type DecodeFailureCode = Extract<
  ItemErrorCode,
  | 'FILE_EMPTY'
  | 'FILE_TOO_LARGE'
  | 'IMAGE_CORRUPT'
  | 'IMAGE_TOO_LARGE'
  | 'IMAGE_UNSUPPORTED'
  | 'DECODER_TIMEOUT'
  | 'DECODER_MEMORY'
  | 'DECODER_DIED'
>;

/** Transient failures may pass on another attempt; the worker quarantines a file whose second attempt fails too. */
const TRANSIENT: ReadonlySet<ErrorCode> = new Set<DecodeFailureCode>([
  'DECODER_TIMEOUT',
  'DECODER_MEMORY',
  'DECODER_DIED',
]);

/** True when the same file may decode on another attempt; all other failures say something about the file and stay. */
export const isTransientFailure = (code: ErrorCode): boolean => TRANSIENT.has(code);

/** Failures that a child may report about a file. It sends only the code: no text of a decoder library leaves the child. */
export const REPORTED_FAILURES = {
  IMAGE_CORRUPT: 'nothing in it can be decoded',
  IMAGE_TOO_LARGE: 'more pixels than the limit',
  IMAGE_UNSUPPORTED: 'not a picture of a supported type',
  DECODER_MEMORY: 'the decoder ran out of memory',
} as const satisfies Partial<Record<DecodeFailureCode, string>>;

export type ReportedFailure = keyof typeof REPORTED_FAILURES;

/** Thrown inside a child; crosses the pipe as its code alone. */
export class DecodeFailure extends Error {
  constructor(readonly code: ReportedFailure) {
    super(code);
  }
}

/** What the end of a decoding child says of the file that it was given. */
export const CODE_OF_END: Readonly<Record<ChildFailureReason, DecodeFailureCode | 'INTERNAL'>> = {
  timeout: 'DECODER_TIMEOUT',
  memory: 'DECODER_MEMORY',
  died: 'DECODER_DIED',
  start: 'INTERNAL',
};
