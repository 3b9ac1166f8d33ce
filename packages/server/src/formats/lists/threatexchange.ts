// What the ThreatExchange library and HMA write: local signal files (a kind and a value a line), the table of a dataset, and descriptors in JSON.
// An opinion is kept as the word that stands there; a negative one takes nothing in.
import { entryOf, type Batches, type ListEntry, type ListHeader } from './entry.js';
import { RowCutter, type Row } from './delimited.js';
import { invalidAt } from './invalid.js';
import { JsonElements } from './json-elements.js';
import { entriesOfElements, isRecord, type JsonRecord } from './json-entries.js';
import type { Notes } from './notes.js';
import { signalOf } from './signals.js';
import { entriesOfRows, plainName } from './table-input.js';
import { textChunks, type ByteInput } from './text-input.js';

/** Words of the library for what a hash is not, or is not yet known to be. */
export const NOT_POSITIVE: ReadonlySet<string> = new Set(['NEGATIVE_CLASS', 'INVESTIGATION_SEED', 'FALSE_POSITIVE']);

/** Errors: LIST_INVALID with the line. */
export async function* readSignalFile(input: ByteInput, header: ListHeader, notes: Notes): Batches {
  const cutter = new RowCutter('\0', false);
  let [good, bad] = [0, 0];
  const read = (rows: readonly Row[]): ListEntry[] => {
    const entries: ListEntry[] = [];
    for (const { line, cells } of rows) {
      const text = cells[0]!.trim();
      if (text === '' || text.startsWith('#')) continue;
      const space = text.search(/\s/);
      const place = `line ${line}`;
      const signal = space < 0 ? null : signalOf(text.slice(0, space), text.slice(space + 1), place, notes);
      if (space < 0) notes.add('LINE_SKIPPED', place, text);
      if (signal === null) bad += 1;
      else {
        good += 1;
        entries.push(entryOf({ place, ...signal.hashes }));
      }
    }
    return entries;
  };
  for await (const chunk of textChunks(input, header, notes)) yield read(cutter.write(chunk));
  yield read(cutter.end());
  if (bad > good) throw invalidAt('line 1', 'most lines are no signals');
}

export const isDataset = (columns: readonly string[]): boolean => {
  const plain = new Set(columns.map(plainName));
  return plain.has('signaltype') && plain.has('signalstr');
};

/** Errors: LIST_INVALID with the line. */
export async function* readDataset(
  columns: readonly string[],
  rows: AsyncIterable<readonly Row[]>,
  notes: Notes,
): Batches {
  const plain = columns.map(plainName);
  yield* entriesOfRows(rows, ({ line, cells }) => {
    if (cells.every((cell) => cell.trim() === '')) return null;
    const of = (name: string): string => cells[plain.indexOf(name)]?.trim() ?? '';
    const place = `line ${line}`;
    if (cells.length < columns.length) notes.add('COLUMNS_FEWER', place, `${cells.length} of ${columns.length}`);
    const signal = signalOf(of('signaltype'), of('signalstr'), place, notes);
    if (signal === null) return null;
    const tags = of('tags')
      .split(/\s+/)
      .filter((tag) => tag !== '');
    return entryOf({
      place,
      ...signal.hashes,
      properties: { collab: of('collab'), opinion: of('category'), tags },
    });
  });
}

/** Descriptors (`data`), or records under `signals` or `hashes`. Errors: LIST_INVALID with a JSON pointer. */
export async function* readDescriptors(input: ByteInput, header: ListHeader, notes: Notes): Batches {
  const elements = new JsonElements([['data'], ['signals'], ['hashes']]);
  let isFound = false;
  yield* entriesOfElements(elements, input, header, (value, pointer) => {
    isFound = true;
    return entryOfDescriptor(value, pointer, notes);
  });
  if (!isFound) throw invalidAt('/data', 'no signals');
}

const first = (...values: readonly unknown[]): string =>
  values.find((value): value is string => typeof value === 'string') ?? '';

const entryOfDescriptor = (value: JsonRecord, place: string, notes: Notes): ListEntry | null => {
  const indicator = isRecord(value['indicator']) ? value['indicator'] : {};
  const type = first(value['type'], value['signal_type'], indicator['type']);
  const text = first(
    value['raw_indicator'],
    value['indicator'],
    indicator['indicator'],
    value['signal_str'],
    value['signal'],
    value['hash'],
    value['value'],
  );
  const signal = signalOf(type, text, place, notes);
  if (signal === null) return null;
  const opinion = first(value['status'], value['opinion'], value['category']);
  const id = value['id'];
  return entryOf({
    place,
    key: typeof id === 'string' || typeof id === 'number' ? String(id) : signal.key,
    isWithdrawn: value['should_delete'] === true,
    ...signal.hashes,
    properties: { opinion, owner: value['owner'], tags: value['tags'] ?? [] },
  });
};
