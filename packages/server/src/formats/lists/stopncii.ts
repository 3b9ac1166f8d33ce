// StopNCII: hashes of people who ask that their own pictures be taken down, in pages of JSON or, at second hand, as a flat table. What they withdraw
// is withdrawn.
import { entryOf, type Batches, type ListEntry, type ListHeader } from './entry.js';
import type { Row } from './delimited.js';
import { invalidAt } from './invalid.js';
import { JsonElements } from './json-elements.js';
import { entriesOfElements, isRecord, type JsonRecord } from './json-entries.js';
import type { Notes } from './notes.js';
import { signalOf } from './signals.js';
import { own, textOf } from './stated.js';
import { entriesOfRows, plainName } from './table-input.js';
import type { ByteInput } from './text-input.js';

/** What their list calls the kinds of signal. */
const TYPES: Readonly<Record<string, string>> = { imagepdq: 'pdq', videomd5: 'md5', videopdq: 'vpdq' };
const GONE = new Set(['withdrawn', 'deleted']);

/** Errors: LIST_INVALID with a JSON pointer. */
export async function* readStopNcii(input: ByteInput, header: ListHeader, notes: Notes): Batches {
  const elements = new JsonElements([['hashRecords']]);
  yield* entriesOfElements(elements, input, header, (value, pointer) => entryOfRecord(value, pointer, notes));
  const { outside } = elements;
  if (!isRecord(outside) || !Array.isArray(outside['hashRecords'])) throw invalidAt('/hashRecords', 'no array');
  const { hashRecords: _, ...rest } = outside;
  Object.assign(header.properties, rest);
  // The next download may go on from here only when no page is missing.
  if (outside['hasMoreRecords'] === false) header.properties['checkpoint'] = outside['nextSetTimestamp'];
}

export async function* readStopNciiTable(
  columns: readonly string[],
  rows: AsyncIterable<readonly Row[]>,
  notes: Notes,
): Batches {
  const names = columns.map((name) => own(NAMES, plainName(name)) ?? name);
  yield* entriesOfRows(rows, ({ line, cells }) => {
    if (cells.every((cell) => cell.trim() === '')) return null;
    const record = Object.fromEntries(names.map((name, index) => [name, cells[index]?.trim() ?? '']));
    return entryOfRecord(record, `line ${line}`, notes);
  });
}

const NAMES: Readonly<Record<string, string>> = {
  hashvalue: 'hashValue',
  signaltype: 'signalType',
  hashstatus: 'hashStatus',
  lastmodtimestamp: 'lastModtimestamp',
};

const entryOfRecord = (record: JsonRecord, place: string, notes: Notes): ListEntry | null => {
  const type = textOf(record['signalType']) ?? '';
  const signal = signalOf(own(TYPES, type.toLowerCase()) ?? type, record['hashValue'], place, notes);
  if (signal === null) return null;
  const status = textOf(record['hashStatus']) ?? '';
  const { signalType: _type, hashValue: _value, ...properties } = record;
  return entryOf({
    place,
    key: signal.key,
    isWithdrawn: GONE.has(status.toLowerCase()),
    ...signal.hashes,
    properties,
  });
};
