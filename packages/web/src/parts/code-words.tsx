// A code of the catalogue never stands alone: what it means, the code to quote, and the next step where the pointer rests on it.
import { CATALOGUE, type ErrorEntry } from '@redthread/core/errors';
import type { ReactNode } from 'react';

/** None for a code of a newer server. */
export const entryOf = (code: string): ErrorEntry | undefined =>
  (CATALOGUE as Partial<Record<string, ErrorEntry>>)[code];

/** For running text: "The file is empty (FILE_EMPTY)". */
export const codeInWords = (code: string): string => {
  const entry = entryOf(code);
  return entry === undefined ? code : `${entry.title} (${code})`;
};

export const CodeWords = ({ code }: { code: string }): ReactNode => {
  const entry = entryOf(code);
  return (
    <span title={entry?.next}>
      {entry !== undefined && `${entry.title} `}
      <span className="mono muted">{code}</span>
    </span>
  );
};
