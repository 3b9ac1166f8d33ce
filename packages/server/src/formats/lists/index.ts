// Reads a list in any of the formats of the field: by its content, or as it is told.
import { readCyberTip } from './cybertip.js';
import { detect, headText, unknownFormat, type Detected } from './detect.js';
import { newHeader, type Batches, type ListFormat, type ListHeader } from './entry.js';
import { readHashCsv } from './hash-csv.js';
import { readHashList } from './hash-list.js';
import { readHma } from './hma.js';
import { isIcse, readIcse } from './icse.js';
import { invalidAt } from './invalid.js';
import { Notes } from './notes.js';
import { readNcmec } from './ncmec.js';
import { readNsrlDelta } from './nsrl-delta.js';
import { readNsrlRds3 } from './nsrl-rds3.js';
import { isNsrlFile, readNsrlV2, type Products } from './nsrl-v2.js';
import { readStopNcii, readStopNciiTable } from './stopncii.js';
import { openTable, plainName } from './table-input.js';
import type { ByteInput } from './text-input.js';
import { isDataset, readDataset, readDescriptors, readSignalFile } from './threatexchange.js';
import { readVics } from './vics.js';

export { HEAD_BYTES } from './detect.js';
export {
  entryOf,
  LIST_FORMATS,
  type ListCategory,
  type ListEntry,
  type ListFormat,
  type ListHeader,
  type ListOccurrence,
  type OtherHash,
} from './entry.js';
export { excerpt, NOTE_CODES, Notes, type Note, type NoteCode } from './notes.js';
export { readProducts, type Products } from './nsrl-v2.js';
export { NOT_POSITIVE } from './threatexchange.js';
export { ICSE_HEAD, icseLine } from './write-icse.js';
export { TABLE_HEAD, tableLines, writeHashes, writeTable } from './write-table.js';
export { VICS_END, vicsBeginning, vicsMedia, writeVics } from './write-vics.js';

export interface ListSource {
  /** The first HEAD_BYTES of it, or all. */
  readonly head: Uint8Array;
  /** From its start, each time. */
  readonly open: () => ByteInput;
  /** Where it lies, for a format that is read from a file only; null for what has none. */
  readonly path: string | null;
  /** Names of products of NSRL version 2. */
  readonly products?: Products;
}

export interface ListReading {
  /** Whole once the entries have been read to their end. */
  readonly header: ListHeader;
  readonly notes: Notes;
  /** Errors: LIST_INVALID with a line, a row or a JSON pointer, at the first that cannot be read around. */
  readonly entries: Batches;
}

/** Errors: LIST_FORMAT_UNKNOWN, LIST_INVALID; those of the source. */
export const readList = async (source: ListSource, format?: ListFormat): Promise<ListReading> => {
  const form = format === undefined ? detect(source.head) : formOf(format, source.head);
  const notes = new Notes();
  if (form === 'table') return readTable(source, format, notes);
  const header = newHeader(form);
  return { header, notes, entries: entriesOf(form, source, header, notes) };
};

const TABLES: ReadonlySet<ListFormat> = new Set(['hash-list', 'hash-csv', 'iped-csv', 'icse-csv', 'nsrl-v2']);

const formOf = (format: ListFormat, head: Uint8Array): Detected => {
  if (TABLES.has(format)) return 'table';
  // Two formats have a form in JSON and one in a table.
  if (format === 'stopncii' || format === 'threatexchange') {
    const found = detect(head);
    return found === 'table' ? 'table' : format;
  }
  return format === 'nist-caid' ? 'vics' : (format as Detected);
};

const entriesOf = (form: Exclude<Detected, 'table'>, source: ListSource, header: ListHeader, notes: Notes): Batches => {
  switch (form) {
    case 'vics':
      return readVics(source.open(), header, notes, source.open);
    case 'ncmec':
      return readNcmec(source.open(), header, notes);
    case 'cybertip':
      return readCyberTip(source.open(), header, notes);
    case 'nsrl-delta':
      return readNsrlDelta(source.open(), header, notes);
    case 'nsrl-rds3':
      if (source.path === null) throw invalidAt('file', 'SQLite is read from a file');
      return readNsrlRds3(source.path, header, notes);
    case 'stopncii':
      return readStopNcii(source.open(), header, notes);
    case 'hma':
      return readHma(headText(source.head), source.open(), header, notes);
    case 'threatexchange':
      return /^\s*[[{]/.test(headText(source.head))
        ? readDescriptors(source.open(), header, notes)
        : readSignalFile(source.open(), header, notes);
  }
};

const readTable = async (source: ListSource, format: ListFormat | undefined, notes: Notes): Promise<ListReading> => {
  const header = newHeader('hash-list');
  const { columns, rows, comments } = await openTable(source.open(), header, notes);
  header.properties['comments'] = comments;
  const reading = (of: ListFormat, entries: Batches): ListReading => {
    if (format !== undefined && format !== of) throw unknownFormat(`${format}, but it is ${of}`);
    header.format = of;
    return { header, notes, entries };
  };
  if (columns === null) return reading('hash-list', readHashList(rows, header, notes));
  const plain = columns.map(plainName);
  if (isIcse(columns)) return reading('icse-csv', readIcse(columns, rows, header, notes));
  if (isNsrlFile(columns))
    return reading('nsrl-v2', readNsrlV2(columns, rows, source.products ?? new Map(), { header, notes }));
  if (isDataset(columns)) return reading('threatexchange', readDataset(columns, rows, notes));
  if (plain.includes('hashvalue') && plain.includes('signaltype'))
    return reading('stopncii', readStopNciiTable(columns, rows, notes));
  const isIped = plain.includes('set') && plain.includes('status');
  return reading(isIped ? 'iped-csv' : 'hash-csv', readHashCsv(columns, rows, header, notes));
};
