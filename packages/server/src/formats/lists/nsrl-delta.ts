// A delta of NSRL RDS version 3: an SQL script that is read and never run. What it adds to FILE are entries, what it deletes are entries taken
// back; a script that does more to the files than that is refused, for half a delta is a wrong list.
import { entryOf, type Batches, type ListEntry, type ListHeader } from './entry.js';
import { digestOf, kindOfHex, type Digest } from './hashes.js';
import { invalidAt } from './invalid.js';
import type { Notes } from './notes.js';
import { SqlStatements, type SqlStatement, type SqlToken } from './sql-statements.js';
import { countOf } from './stated.js';
import { textChunks, type ByteInput } from './text-input.js';

/** Tables that hold files: of the minimal set, and inside the full one. */
const FILES = new Set(['file', 'metadata']);
/** Names and packages: they say nothing of which files are known. */
const AROUND = new Set(['pkg', 'mfg', 'os', 'package', 'package_object', 'manufacturer', 'operating_system']);
const HARMLESS = new Set(['begin', 'commit', 'end', 'pragma', 'analyze', 'vacuum']);

/** Errors: LIST_INVALID with the line. */
export async function* readNsrlDelta(input: ByteInput, header: ListHeader, notes: Notes): Batches {
  header.formatVersion = '3';
  header.polarity = 'known-good';
  const statements = new SqlStatements();
  let count = 0;
  const read = (found: readonly SqlStatement[]): ListEntry[] =>
    found.flatMap((statement) => {
      const entries = entriesOf(statement, header, notes);
      count += entries.length;
      return entries;
    });
  for await (const chunk of textChunks(input, header, notes)) {
    const entries = read(statements.write(chunk));
    if (entries.length > 0) yield entries;
  }
  statements.end();
  if (count === 0) throw refused(1, 'adds no file and deletes none');
}

const refused = (line: number, why: string): Error => invalidAt(`line ${line}`, why);

const word = (token: SqlToken | undefined): string => (token?.kind === 'word' ? token.text.toLowerCase() : '');

const entriesOf = (statement: SqlStatement, header: ListHeader, notes: Notes): ListEntry[] => {
  const { line, tokens } = statement;
  const verb = word(tokens[0]);
  if (verb === 'insert') return inserted(statement, header, notes);
  if (verb === 'delete' || verb === 'update') {
    const table = word(tokens[verb === 'delete' ? 2 : 1]);
    if (FILES.has(table) && verb === 'delete') return [deleted(statement, notes)];
    if (FILES.has(table)) throw refused(line, 'changes files where they are: that is not read');
    if (AROUND.has(table) || table === 'version') return [];
    throw refused(line, `${verb} of ${table}: no table of NSRL`);
  }
  if (HARMLESS.has(verb)) return [];
  if (verb === 'create') throw refused(line, 'a schema script, and no list');
  throw refused(line, `${verb === '' ? 'something' : verb}: not a statement of a delta`);
};

const inserted = ({ line, tokens }: SqlStatement, header: ListHeader, notes: Notes): ListEntry[] => {
  let at = tokens.findIndex((token) => word(token) === 'into') + 1;
  const table = word(tokens[at++]);
  if (at === 1 || (!FILES.has(table) && !AROUND.has(table) && table !== 'version'))
    throw refused(line, `adds to ${table}: no table of NSRL`);
  const columns: string[] = [];
  if (tokens[at]?.text === '(') {
    for (at += 1; at < tokens.length && tokens[at]!.text !== ')'; at++)
      if (tokens[at]!.kind === 'word') columns.push(word(tokens[at]));
    at += 1;
  }
  if (word(tokens[at]) !== 'values') throw refused(line, 'adds rows in a form that is not read');
  const rows = rowsOf(tokens, at + 1, line);
  if (table === 'version') header.edition = rows[0]?.[Math.max(0, columns.indexOf('version'))]?.text ?? null;
  if (!FILES.has(table)) return [];
  return rows.map((row) => entryOfRow(row, columns, `line ${line}`, notes)).filter((entry) => entry !== null);
};

const rowsOf = (tokens: readonly SqlToken[], from: number, line: number): SqlToken[][] => {
  const rows: SqlToken[][] = [];
  let row: SqlToken[] | null = null;
  let isComma = false;
  for (const token of tokens.slice(from)) {
    const { kind, text } = token;
    if (kind === 'sign' && text === '(' && row === null) {
      row = [];
      isComma = true;
    } else if (kind === 'sign' && text === ')' && row !== null) {
      rows.push(row);
      row = null;
    } else if (kind === 'sign' && text === ',') isComma = true;
    else if (row !== null && kind !== 'sign' && isComma) {
      row.push(token);
      isComma = false;
    } else throw refused(line, `values that are not read, at ${text.slice(0, 20)}`);
  }
  if (row !== null) throw refused(line, 'values that do not end');
  return rows;
};

/** By the names of the columns; without them each digest is known by its length. */
const entryOfRow = (
  row: readonly SqlToken[],
  columns: readonly string[],
  place: string,
  notes: Notes,
): ListEntry | null => {
  const found: Partial<Record<Digest, string | null>> = {};
  const properties: Record<string, unknown> = {};
  let size: number | null = null;
  row.forEach(({ kind, text }, index) => {
    const name = columns[index] ?? (kind === 'text' ? kindOfHex(text) : null);
    if (name === 'md5' || name === 'sha1' || name === 'sha256') found[name] ??= digestOf(name, text, place, notes);
    else if (name === 'file_name') properties['name'] = text;
    else if (name === 'file_size' || name === 'bytes') size = countOf(text, place, notes);
    else if (name === 'package_id') properties['packageId'] = text;
  });
  if (Object.values(found).every((value) => value === null)) return null;
  return entryOf({ place, ...found, size, properties });
};

/** `where column = value`, joined by `and`; anything else is refused. */
const deleted = ({ line, tokens }: SqlStatement, notes: Notes): ListEntry => {
  if (word(tokens[1]) !== 'from' || word(tokens[3]) !== 'where')
    throw refused(line, 'deletes in a form that is not read');
  const place = `line ${line}`;
  const digests: Partial<Record<Digest, string | null>> = {};
  const conditions: Record<string, string> = {};
  for (let at = 4; at < tokens.length; at += 4) {
    const [column, sign, value, and] = [tokens[at], tokens[at + 1], tokens[at + 2], tokens[at + 3]];
    if (sign?.text !== '=' || value === undefined || (and !== undefined && word(and) !== 'and'))
      throw refused(line, 'deletes in a form that is not read');
    const name = word(column);
    if (name === 'md5' || name === 'sha1' || name === 'sha256')
      digests[name] = digestOf(name, value.text, place, notes);
    else conditions[name] = value.text;
  }
  if (Object.values(digests).every((value) => value === null || value === undefined))
    throw refused(line, 'deletes by something other than a hash');
  return entryOf({ place, isWithdrawn: true, ...digests, properties: { conditions } });
};
