// NSRL RDS version 3: a SQLite file, in which FILE is a table (minimal set) or a view over METADATA (full set). Read only, in WebAssembly. Files of
// software: known good.
import { mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import { isRedthreadError } from '@redthread/core/errors';
import { entryOf, type Batches, type ListEntry, type ListHeader } from './entry.js';
import { digestOf } from './hashes.js';
import { invalidAt } from './invalid.js';
import type { Notes } from './notes.js';
import { countOf } from './stated.js';

/** Few, so that what waits is not copied by the collector again and again. */
const BATCH = 256;
const DIGESTS = ['sha256', 'sha1', 'md5'] as const;
const REST = ['file_name', 'file_size', 'package_id'] as const;

type Value = string | number | bigint | Uint8Array | null;
type SqlRow = Readonly<Record<string, Value>>;

export const SQLITE_MAGIC = 'SQLite format 3\0';

/** Errors: LIST_INVALID with the row. */
export async function* readNsrlRds3(path: string, header: ListHeader, notes: Notes): Batches {
  header.formatVersion = '3';
  header.polarity = 'known-good';
  // In a folder of its own: the program locks a database by a folder beside it, and the source is nowhere written to, nor read with what lies there.
  const folder = mkdtempSync(join(tmpdir(), 'redthread-list-'));
  let database: sqlite.Database | null = null;
  try {
    const most = guarded('file', () => statSync(path).size);
    database = guarded('file', () => openReadOnly(path, folder));
    yield* filesOf(database, most, header, notes);
  } finally {
    endQuietly(() => database?.close());
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `most`: bytes of the file. A view can give rows without end, and no file holds more of them than bytes. */
async function* filesOf(database: sqlite.Database, most: number, header: ListHeader, notes: Notes): Batches {
  const packages = guarded('file', () => describe(database, most, header));
  const columns = guarded('FILE', () => columnsOf(database, 'FILE'));
  const digests = DIGESTS.filter((name) => columns.has(name));
  if (digests.length === 0) throw invalidAt('FILE', 'no column md5, sha1 or sha256');
  const rest = REST.filter((name) => columns.has(name));
  // As the rows lie in the file: by an index they would come from all over it.
  const from = header.properties['set'] === 'minimal' ? 'FILE not indexed' : 'FILE';
  const statement = guarded('FILE', () =>
    database.prepare(`select ${[...digests, ...rest].map((name) => `${name} as ${name}`).join(', ')} from ${from}`),
  );
  const rows = guarded('FILE', () => statement.iterate()) as IterableIterator<SqlRow>;
  let number = 0;
  try {
    for (;;) {
      const batch: ListEntry[] = [];
      const isEnd = guarded(`row ${number + 1}`, () => {
        while (batch.length < BATCH) {
          const next = rows.next();
          if (next.done === true) return true;
          number += 1;
          if (number > most) throw tooManyRows('FILE');
          const entry = entryOfRow(next.value, `row ${number}`, packages, notes);
          if (entry !== null) batch.push(entry);
        }
        return false;
      });
      if (batch.length > 0) yield batch;
      if (isEnd) break;
    }
  } finally {
    endQuietly(() => statement.finalize());
  }
  header.properties['rows'] = number;
}

const tooManyRows = (table: string): Error => invalidAt(table, 'more rows than the file has bytes');

const openReadOnly = (path: string, folder: string): sqlite.Database => {
  if (statSync(path).size === 0) throw invalidAt('file', 'empty');
  const link = join(folder, 'list.db');
  symlinkSync(resolve(path), link);
  const database = new sqlite.Database(link, { readOnly: true, fileMustExist: true });
  // What the schema of a hostile file may call.
  database.exec('pragma trusted_schema = off; pragma cell_size_check = on; pragma query_only = on');
  return database;
};

/** A damaged file may leave a statement that cannot be ended; what was wrong with it has been said by then. */
const endQuietly = (end: () => void): void => {
  try {
    end();
  } catch {
    // Nothing is lost: nothing was written.
  }
};

const guarded = <T>(place: string, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    if (isRedthreadError(error)) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw invalidAt(place, why, error);
  }
};

const columnsOf = (database: sqlite.Database, table: string): Set<string> =>
  new Set(database.all(`select name from pragma_table_info('${table}')`).map(({ name }) => String(name).toLowerCase()));

/** Fills the header; answers the names of packages. */
const describe = (database: sqlite.Database, most: number, header: ListHeader): ReadonlyMap<string, string> => {
  const [file] = database.all(`select type from sqlite_master where name = 'FILE' collate nocase`);
  if (file === undefined) throw invalidAt('FILE', 'no such table: not a list of NSRL');
  header.properties['set'] = file['type'] === 'view' ? 'full' : 'minimal';
  if (columnsOf(database, 'VERSION').has('version')) {
    const version = database.get('select version, release_date from VERSION order by rowid desc limit 1');
    header.edition = typeof version?.['version'] === 'string' ? version['version'] : null;
  }
  const packages = new Map<string, string>();
  const columns = columnsOf(database, 'PKG');
  if (columns.has('package_id') && columns.has('name')) {
    const statement = database.prepare('select package_id as id, name as name from PKG');
    try {
      let count = 0;
      for (const { id, name } of statement.iterate() as IterableIterator<SqlRow>) {
        if (++count > most) throw tooManyRows('PKG');
        packages.set(textOf(id), textOf(name));
      }
    } finally {
      endQuietly(() => statement.finalize());
    }
  }
  header.properties['packages'] = packages.size;
  return packages;
};

/** A database says the type of each value anew: a name may be a number or bytes. */
const textOf = (value: Value | undefined): string =>
  value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : String(value ?? '');

const entryOfRow = (
  row: SqlRow,
  place: string,
  packages: ReadonlyMap<string, string>,
  notes: Notes,
): ListEntry | null => {
  const md5 = digestOf('md5', row['md5'], place, notes);
  const sha1 = digestOf('sha1', row['sha1'], place, notes);
  const sha256 = digestOf('sha256', row['sha256'], place, notes);
  if (md5 === null && sha1 === null && sha256 === null) return null;
  const id = textOf(row['package_id']);
  const size = row['file_size'];
  return entryOf({
    place,
    md5,
    sha1,
    sha256,
    size: countOf(typeof size === 'number' ? size : textOf(size), place, notes),
    properties: {
      name: (row['file_name'] ?? null) === null ? null : textOf(row['file_name']),
      packageId: id,
      package: packages.get(id) ?? null,
    },
  });
};
