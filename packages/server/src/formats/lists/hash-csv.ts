// Tables of hashes with a header: any hash column, the rest kept as properties under its own name. IPED's property lists are such tables, with
// `set` and `status`; its word for an alert becomes ours nowhere else.
import { fail } from '@redthread/core/errors';
import { entryOf, type Batches, type ListCategory, type ListEntry, type ListHeader, type OtherHash } from './entry.js';
import type { Row } from './delimited.js';
import { digestOf, kindOfHex, photoDnaOf, type Digest } from './hashes.js';
import type { Notes } from './notes.js';
import { own } from './stated.js';
import { entriesOfRows, hashColumn, isBlank, plainName } from './table-input.js';

const STATUS: Readonly<Record<string, 'known-bad' | 'known-good'>> = {
  pedo: 'known-bad',
  alert: 'known-bad',
  known: 'known-good',
};

export async function* readHashCsv(
  columns: readonly string[],
  rows: AsyncIterable<readonly Row[]>,
  header: ListHeader,
  notes: Notes,
): Batches {
  const kinds = columns.map(hashColumn);
  const plain = columns.map(plainName);
  const statuses = new Set<string>();
  let [good, bad] = [0, 0];
  yield* entriesOfRows(rows, (row) => {
    if (isBlank(row)) return null;
    const entry = entryOfRow(row, { columns, kinds, plain, statuses }, notes);
    if (entry === null) bad += 1;
    else good += 1;
    return entry;
  });
  if (bad > good && notes.count('LINE_SKIPPED') > good)
    throw fail('LIST_INVALID', `most rows hold no hash: ${notes.all()[0]?.places[0] ?? ''}`, { pointer: 'file' });
  const meanings = new Set([...statuses].map((status) => own(STATUS, status) ?? status));
  header.properties['status'] = [...statuses];
  if (meanings.size > 1) notes.add('STATUS_MIXED', 'file', [...statuses].join(', '));
  else header.polarity = own(STATUS, [...statuses][0] ?? '') ?? null;
}

interface Columns {
  readonly columns: readonly string[];
  readonly plain: readonly string[];
  readonly kinds: readonly ReturnType<typeof hashColumn>[];
  readonly statuses: Set<string>;
}

const entryOfRow = ({ line, cells }: Row, of: Columns, notes: Notes): ListEntry | null => {
  const place = `line ${line}`;
  const digests: Partial<Record<Digest, string>> = {};
  const others: OtherHash[] = [];
  const categories: ListCategory[] = [];
  const properties: Record<string, string> = {};
  let photoDna: string | null = null;
  let isHash = false;
  const keep = (kind: Digest, text: string): void => {
    isHash ||= kindOfHex(text) === kind;
    const value = digestOf(kind, text, place, notes);
    if (value !== null) digests[kind] ??= value;
  };
  cells.forEach((cell, index) => {
    const text = cell.trim();
    if (text === '') return;
    const kind = of.kinds[index];
    const name = of.columns[index];
    if (name === undefined) notes.add('COLUMNS_MORE', place, text);
    else if (kind === 'photoDna') {
      photoDna = photoDnaOf(text, place, notes);
      isHash ||= photoDna !== null;
    } else if (kind === 'pdq') {
      others.push({ method: 'pdq', value: text.toLowerCase() });
      isHash = true;
    } else if (kind === 'hash') {
      const found = kindOfHex(text);
      if (found === null) notes.add('HASH_INVALID', place, text);
      else keep(found, text);
    } else if (kind !== null && kind !== undefined) keep(kind, text);
    else if (of.plain[index] === 'category') categories.push({ scheme: null, code: text });
    else {
      if (of.plain[index] === 'status') of.statuses.add(text.toLowerCase());
      properties[name] = text;
    }
  });
  if (cells.length < of.columns.length) notes.add('COLUMNS_FEWER', place, `${cells.length} of ${of.columns.length}`);
  if (!isHash) {
    notes.add('LINE_SKIPPED', place, cells.join(' '));
    return null;
  }
  if (photoDna === null && others.length === 0 && Object.keys(digests).length === 0) return null;
  return entryOf({ place, ...digests, photoDna, others, categories, properties });
};
