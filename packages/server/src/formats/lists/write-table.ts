// Writes entries as a table of hashes with a header, or as bare hashes: for programs that read nothing else.
import { csvCell } from '../csv-cell.js';
import type { ListEntry } from './entry.js';

const COLUMNS = [
  'md5',
  'sha1',
  'sha256',
  'photodna',
  'size',
  'category',
  'key',
  'flags',
  'hashes',
  'files',
  'properties',
] as const;

const json = (value: object): string => (Object.keys(value).length === 0 ? '' : JSON.stringify(value));

export const TABLE_HEAD = `${COLUMNS.join(',')}\n`;

/** Lists within a cell are JSON, and so is what else the source says. */
export function* writeTable(entries: Iterable<ListEntry>): Generator<string, void, void> {
  yield TABLE_HEAD;
  yield* tableLines(entries);
}

export function* tableLines(entries: Iterable<ListEntry>): Generator<string, void, void> {
  for (const entry of entries) {
    const { categories, flags, key, md5, occurrences, others, photoDna, properties, sha1, sha256, size } = entry;
    const cells = [
      md5 ?? '',
      sha1 ?? '',
      sha256 ?? '',
      photoDna ?? '',
      size === null ? '' : String(size),
      categories.map(({ scheme, code }) => (scheme === null ? code : `${scheme}:${code}`)).join(' '),
      key ?? '',
      json(flags),
      json(others),
      json(occurrences),
      json(properties),
    ];
    yield `${cells.map((cell) => csvCell(cell)).join(',')}\n`;
  }
}

/** A line an entry, with every digest that it names; one that names none has no line. Nothing else is said. */
export function* writeHashes(entries: Iterable<ListEntry>): Generator<string, void, void> {
  for (const { md5, sha1, sha256 } of entries) {
    const digests = [sha256, sha1, md5].filter((digest) => digest !== null);
    if (digests.length > 0) yield `${digests.join(',')}\n`;
  }
}
