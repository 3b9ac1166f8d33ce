// The list of a file, of which files the provider has viewed.
import { readFileSync } from 'node:fs';
import { fail } from '@redthread/core/errors';
import { viewingListOf, type Viewing } from '@redthread/core/sending';

/** Errors: SOURCE_UNREADABLE; ARGUMENT_INVALID, naming the line. */
export const readViewingList = (file: string): Viewing => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw fail('SOURCE_UNREADABLE', file, { cause });
  }
  return viewingListOf(text, file);
};
