// Plain lists: one hash a line, or several kinds in the cells of a row; without a header the length says the kind. Also what md5sum, sha1sum and
// sha256sum print.
import { fail } from '@redthread/core/errors';
import { entryOf, type Batches, type ListEntry, type ListHeader } from './entry.js';
import type { Row } from './delimited.js';
import { digestOf, kindOfHex, photoDnaHex, type Digest } from './hashes.js';
import type { Notes } from './notes.js';
import { entriesOfRows, isComment } from './table-input.js';

/** A digest, two signs, a name; a backslash before it where the name is escaped. */
const SUM_LINE = /^\\?([0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}) [ *]./;

export async function* readHashList(rows: AsyncIterable<readonly Row[]>, header: ListHeader, notes: Notes): Batches {
  let comments = 0;
  let good = 0;
  let skipped = 0;
  yield* entriesOfRows(rows, (row) => {
    const read = entryOfRow(row, notes);
    if (read === 'comment') {
      if (row.cells[0]!.trim() !== '') comments += 1;
      return null;
    }
    if (read === 'skipped') skipped += 1;
    else good += 1;
    return typeof read === 'string' ? null : read;
  });
  header.properties['comments'] = Number(header.properties['comments'] ?? 0) + comments;
  // Of a file that is mostly something else nobody knows what was meant.
  const bad = notes.all().find(({ code }) => code === 'LINE_SKIPPED');
  if (skipped > good) throw fail('LIST_INVALID', `no hash in ${bad?.places.join('; ')}`, { pointer: 'file' });
}

const entryOfRow = ({ line, cells }: Row, notes: Notes): ListEntry | 'comment' | 'skipped' | 'empty' => {
  const first = cells[0]!.trim();
  if (isComment(first) || cells.every((cell) => cell.trim() === '')) return 'comment';
  const place = `line ${line}`;
  const found: Partial<Record<Digest, string>> = {};
  let photoDna: string | null = null;
  const rest: string[] = [];
  let isHash = false;
  for (const cell of cells) {
    const bare = cell.trim().replace(/^"(.*)"$/, '$1');
    const text = SUM_LINE.exec(bare)?.[1] ?? bare;
    const kind = kindOfHex(text);
    if (kind !== null) {
      isHash = true;
      const value = digestOf(kind, text, place, notes);
      if (value === null) continue;
      if (found[kind] !== undefined && found[kind] !== value) notes.add('HASH_AMBIGUOUS', place, value);
      found[kind] ??= value;
      continue;
    }
    const opaque = photoDnaHex(text);
    if (opaque !== null) {
      isHash = true;
      photoDna ??= opaque;
    } else if (text !== '') rest.push(text);
  }
  if (!isHash) {
    notes.add('LINE_SKIPPED', place, cells.join(' '));
    return 'skipped';
  }
  if (photoDna === null && Object.keys(found).length === 0) return 'empty';
  return entryOf({ place, ...found, photoDna, ...(rest.length > 0 ? { properties: { cells: rest } } : {}) });
};
