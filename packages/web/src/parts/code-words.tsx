// A code of the catalogue never stands alone: what it means, the code to quote, and the next step where the pointer rests on it.
import type { ReactNode } from 'react';
import { errorWords } from './error-words.js';

/** For running text: "The file is empty (FILE_EMPTY)". */
export const codeInWords = (code: string): string => {
  const entry = errorWords(code);
  return entry === undefined ? code : `${entry.title} (${code})`;
};

export const CodeWords = ({ code }: { code: string }): ReactNode => {
  const entry = errorWords(code);
  return (
    <span title={entry?.next}>
      {entry !== undefined && `${entry.title} `}
      <span className="mono muted">{code}</span>
    </span>
  );
};
