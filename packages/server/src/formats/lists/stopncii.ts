// StopNCII: hashes of people who ask that their own pictures be taken down, in pages of JSON or, at second hand, as a flat table. What they withdraw
// is withdrawn.
import { fail } from '@redthread/core/errors';
import { entryOf, type Batches, type ListEntry, type ListHeader } from './entry.js';
import type { Row } from './delimited.js';
import { JsonElements } from './json-elements.js';
import type { Notes } from './notes.js';
import { signalOf } from './signals.js';
import { own, textOf } from './stated.js';
import { plainName } from './table-input.js';
import { utf8Chunks, type ByteInput } from './text-input.js';
import { isRecord } from './vics-media.js';

/** What their list calls the kinds of signal. */
const TYPES: Readonly<Record<string, string>> = { imagepdq: 'pdq', videomd5: 'md5', videopdq: 'vpdq' };
const GONE = new Set(['withdrawn', 'deleted']);

/** Errors: LIST_INVALID with a JSON pointer. */
export async function* readStopNcii(input: ByteInput, header: ListHeader, notes: Notes): Batches {
  const elements = new JsonElements([['hashRecords']]);
  for await (const chunk of utf8Chunks(input, header)) {
    const entries: ListEntry[] = [];
    for (const { pointer, value } of elements.write(chunk)) {
      if (!isRecord(value)) throw fail('LIST_INVALID', `${pointer}: not an object`, { pointer });
      const entry = entryOfRecord(value, pointer, notes);
      if (entry !== null) entries.push(entry);
    }
    if (entries.length > 0) yield entries;
  }
  elements.end();
  const { outside } = elements;
  if (!isRecord(outside) || !Array.isArray(outside['hashRecords']))
    throw fail('LIST_INVALID', '/hashRecords: no array', { pointer: '/hashRecords' });
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
  for await (const batch of rows) {
    const entries: ListEntry[] = [];
    for (const { line, cells } of batch) {
      if (cells.every((cell) => cell.trim() === '')) continue;
      const record = Object.fromEntries(names.map((name, index) => [name, cells[index]?.trim() ?? '']));
      const entry = entryOfRecord(record, `line ${line}`, notes);
      if (entry !== null) entries.push(entry);
    }
    if (entries.length > 0) yield entries;
  }
}

const NAMES: Readonly<Record<string, string>> = {
  hashvalue: 'hashValue',
  signaltype: 'signalType',
  hashstatus: 'hashStatus',
  lastmodtimestamp: 'lastModtimestamp',
};

const entryOfRecord = (record: Readonly<Record<string, unknown>>, place: string, notes: Notes): ListEntry | null => {
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
