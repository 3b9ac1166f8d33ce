// What each code of an error means and what to do next: the words of the catalogue, which the server sends as well.
import { CATALOGUE, type ErrorCode } from '@redthread/core/errors';

export interface ErrorWords {
  readonly title: string;
  readonly next: string;
}

export const errors: Readonly<Record<ErrorCode, ErrorWords>> = CATALOGUE;
