// A text in pieces: what is marked in it, and what lies between.

export interface Mark {
  /** UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

export interface Piece<M extends Mark> {
  readonly text: string;
  readonly mark: M | null;
}

/** Marks that overlap another before them, or lie outside of the text, are left out. */
export const piecesOf = <M extends Mark>(text: string, marks: readonly M[]): readonly Piece<M>[] => {
  const pieces: Piece<M>[] = [];
  let at = 0;
  for (const mark of [...marks].sort((a, b) => a.start - b.start)) {
    if (mark.start < at || mark.end <= mark.start || mark.end > text.length) continue;
    if (mark.start > at) pieces.push({ text: text.slice(at, mark.start), mark: null });
    pieces.push({ text: text.slice(mark.start, mark.end), mark });
    at = mark.end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), mark: null });
  return pieces;
};
