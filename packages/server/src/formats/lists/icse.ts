// The hash list of INTERPOL's ICSE as its users receive it: 12 columns in one program, 16 and an extra empty cell a row in the field. ZZ40 and Lace
// are kept and not interpreted.
import { entryOf, type Batches, type ListEntry, type ListHeader, type OtherHash } from './entry.js';
import type { Row } from './delimited.js';
import { digestOf, photoDnaOf } from './hashes.js';
import type { Notes } from './notes.js';
import { countOf, statedOf, textOf } from './stated.js';
import { entriesOfRows, isBlank, plainName } from './table-input.js';

const FLAGS = {
  isdistributed: 'distributed',
  victimidentified: 'victimIdentified',
  offenderidentified: 'offenderIdentified',
  fileavailable: 'fileAvailable',
  baseline: 'baseline',
} as const;

const TEXTS: Readonly<Record<string, string>> = {
  seriesname: 'series',
  investigationname: 'investigation',
  agency: 'agency',
};

const KNOWN = new Set([
  ...Object.keys(FLAGS),
  ...Object.keys(TEXTS),
  'md5',
  'sha1',
  'photodna',
  'imageid',
  'numberofsubmissions',
  'mediatype',
  'zz40',
  'lace',
]);

export const isIcse = (columns: readonly string[]): boolean => {
  const plain = new Set(columns.map(plainName));
  return plain.has('imageid') && plain.has('numberofsubmissions') && plain.has('baseline') && plain.has('md5');
};

export async function* readIcse(
  columns: readonly string[],
  rows: AsyncIterable<readonly Row[]>,
  header: ListHeader,
  notes: Notes,
): Batches {
  header.polarity = 'known-bad';
  header.properties['notInterpreted'] = columns.filter((name) => /^(zz40|lace)$/.test(plainName(name)));
  const plain = columns.map(plainName);
  for (const [index, name] of plain.entries())
    if (!KNOWN.has(name) && name !== '') notes.add('KEY_UNKNOWN', 'line 1', columns[index]);
  yield* entriesOfRows(rows, (row) => (isBlank(row) ? null : entryOfRow(row, columns, plain, notes)));
}

const entryOfRow = (
  { line, cells }: Row,
  columns: readonly string[],
  plain: readonly string[],
  notes: Notes,
): ListEntry | null => {
  const place = `line ${line}`;
  const text = new Map<string, string>();
  const properties: Record<string, unknown> = {};
  const others: OtherHash[] = [];
  cells.forEach((cell, index) => {
    const value = cell.trim();
    const name = plain[index];
    if (value === '') return;
    if (name === undefined) notes.add('COLUMNS_MORE', place, value);
    else if (name === 'zz40' || name === 'lace') others.push({ method: name, value });
    else if (KNOWN.has(name)) text.set(name, value);
    else properties[columns[index]!] = value;
  });
  if (cells.length < columns.length) notes.add('COLUMNS_FEWER', place, `${cells.length} of ${columns.length}`);
  const of = (name: string): string | null => text.get(name) ?? null;
  const md5 = digestOf('md5', of('md5'), place, notes);
  const sha1 = digestOf('sha1', of('sha1'), place, notes);
  const photoDna = photoDnaOf(of('photodna'), place, notes);
  if (md5 === null && sha1 === null && photoDna === null) {
    notes.add('LINE_SKIPPED', place, cells.join(' '));
    return null;
  }
  const flags = Object.fromEntries(
    Object.entries(FLAGS).map(([column, flag]) => [flag, statedOf(of(column), place, notes)]),
  );
  for (const [column, name] of Object.entries(TEXTS)) {
    const value = textOf(of(column));
    if (value !== null) properties[name] = value;
  }
  const submissions = countOf(of('numberofsubmissions'), place, notes);
  if (submissions !== null) properties['submissions'] = submissions;
  const media = of('mediatype');
  if (media !== null) properties['media'] = media.toLowerCase();
  const { baseline = null } = flags;
  return entryOf({
    place,
    key: of('imageid'),
    md5,
    sha1,
    photoDna,
    others,
    flags,
    properties,
    // The baseline is a scheme of its own; a blank says nothing.
    categories:
      baseline === null ? [] : [{ scheme: 'interpol-baseline@1', code: baseline ? 'baseline' : 'not-baseline' }],
  });
};
