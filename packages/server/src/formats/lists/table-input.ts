// The rows of a text file of which neither encoding, line ends nor delimiter are known: the first line that is no comment says the delimiter and,
// where it names a hash, the columns.
import type { Batches, ListEntry, ListHeader } from './entry.js';
import { delimiterOf, RowCutter, type Row } from './delimited.js';
import type { Notes } from './notes.js';
import { own } from './stated.js';
import { lineTooLong, LONGEST_LINE, textChunks, type ByteInput } from './text-input.js';

/** Lower case, without what people write between words. */
export const plainName = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

const HASH_COLUMNS: Readonly<Record<string, 'md5' | 'sha1' | 'sha256' | 'photoDna' | 'pdq' | 'hash'>> = {
  md5: 'md5',
  md5hash: 'md5',
  hashmd5: 'md5',
  sha1: 'sha1',
  sha1hash: 'sha1',
  hashsha1: 'sha1',
  sha256: 'sha256',
  sha256hash: 'sha256',
  hashsha256: 'sha256',
  sha2256: 'sha256',
  photodna: 'photoDna',
  photodnahash: 'photoDna',
  pdna: 'photoDna',
  pdq: 'pdq',
  pdqhash: 'pdq',
  hash: 'hash',
  hashvalue: 'hash',
  signalstr: 'hash',
};

export const hashColumn = (name: string) => own(HASH_COLUMNS, plainName(name)) ?? null;

export const isComment = (line: string): boolean => line.startsWith('#') || line.startsWith('//');

/** Nothing, or a comment. */
export const isBlank = ({ cells }: Row): boolean =>
  cells.length === 1 && (cells[0]!.trim() === '' || isComment(cells[0]!));

/** `read` answers null for a row of which nothing is taken. */
export async function* entriesOfRows(
  rows: AsyncIterable<readonly Row[]>,
  read: (row: Row) => ListEntry | null,
): Batches {
  for await (const batch of rows) {
    const entries: ListEntry[] = [];
    for (const row of batch) {
      const entry = read(row);
      if (entry !== null) entries.push(entry);
    }
    if (entries.length > 0) yield entries;
  }
}

export interface Table {
  /** The names of the columns; null where the first line is a row like the others. */
  readonly columns: readonly string[] | null;
  readonly rows: AsyncGenerator<readonly Row[]>;
  /** Comments before the first row. */
  readonly comments: number;
}

interface Start {
  readonly text: string;
  readonly line: number;
  readonly comments: number;
  readonly first: string;
}

/** The first line that is neither empty nor a comment, and where it starts; null where there is none. */
const firstLine = (text: string, isLast: boolean): Start | null => {
  let [at, line, comments] = [0, 1, 0];
  while (at < text.length) {
    const end = text.slice(at, at + LONGEST_LINE).search(/[\r\n]/);
    if (end < 0 && text.length - at > LONGEST_LINE) throw lineTooLong(line);
    if (end < 0 && !isLast) return null;
    const stop = end < 0 ? text.length : at + end;
    if (text[stop] === '\r' && stop + 1 >= text.length && !isLast) return null;
    const trimmed = text.slice(at, stop).trim();
    if (trimmed !== '' && !isComment(trimmed)) return { text: text.slice(at), line, comments, first: trimmed };
    if (trimmed !== '') comments += 1;
    line += 1;
    at = stop + (text[stop] === '\r' && text[stop + 1] === '\n' ? 2 : 1);
  }
  return null;
};

/** Errors: LIST_INVALID with the line. */
export const openTable = async (input: ByteInput, header: ListHeader, notes: Notes): Promise<Table> => {
  const chunks = textChunks(input, header, notes);
  let text = '';
  let start: Start | null = null;
  while (start === null) {
    const next = await chunks.next();
    if (next.done !== true) text += next.value;
    start = firstLine(text, next.done === true);
    if (next.done === true) break;
  }
  if (start === null) return { columns: null, rows: none(), comments: 0 };
  const delimiter = delimiterOf(start.first);
  header.delimiter = delimiter;
  const cells = delimiter === null ? [start.first] : (cellsOf(start.first, delimiter) ?? [start.first]);
  const columns = cells.some((cell) => hashColumn(cell) !== null) ? cells.map((cell) => cell.trim()) : null;
  header.columns = columns ?? [];
  const cutter = new RowCutter(delimiter ?? '\0', columns !== null, start.line);
  return { columns, rows: rowsOf(cutter, start.text, chunks, columns !== null), comments: start.comments };
};

const cellsOf = (line: string, delimiter: string): readonly string[] | undefined => {
  const cutter = new RowCutter(delimiter);
  return [...cutter.write(`${line}\n`)][0]?.cells;
};

async function* none(): AsyncGenerator<readonly Row[]> {}

async function* rowsOf(
  cutter: RowCutter,
  first: string,
  chunks: AsyncGenerator<string>,
  hasHeader: boolean,
): AsyncGenerator<readonly Row[]> {
  let skip = hasHeader;
  const withoutHeader = (rows: readonly Row[]): readonly Row[] => {
    if (!skip || rows.length === 0) return rows;
    skip = false;
    return rows.slice(1);
  };
  yield withoutHeader(cutter.write(first));
  for await (const chunk of chunks) yield withoutHeader(cutter.write(chunk));
  yield withoutHeader(cutter.end());
}
