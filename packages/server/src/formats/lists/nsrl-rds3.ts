// NSRL RDS version 3: a SQLite file, in which FILE is a table (minimal set) or a view over METADATA (full set). Read only, in WebAssembly. Files of
// software: known good.
import { statSync } from 'node:fs';
import sqlite from 'node-sqlite3-wasm';
import { fail, isRedthreadError } from '@redthread/core/errors';
import { entryOf, type Batches, type ListEntry, type ListHeader } from './entry.js';
import { digestOf } from './hashes.js';
import type { Notes } from './notes.js';

const BATCH = 4096;
const DIGESTS = ['sha256', 'sha1', 'md5'] as const;
const REST = ['file_name', 'file_size', 'package_id'] as const;

type Value = string | number | bigint | Uint8Array | null;
type SqlRow = Readonly<Record<string, Value>>;

export const SQLITE_MAGIC = 'SQLite format 3\0';

/** Errors: LIST_INVALID with the row. */
export async function* readNsrlRds3(path: string, header: ListHeader, notes: Notes): Batches {
  header.formatVersion = '3';
  header.polarity = 'known-good';
  const database = guarded('file', () => openReadOnly(path));
  try {
    const packages = guarded('file', () => describe(database, header));
    const columns = guarded('FILE', () => columnsOf(database, 'FILE'));
    const digests = DIGESTS.filter((name) => columns.has(name));
    if (digests.length === 0) throw fail('LIST_INVALID', 'FILE: no column md5, sha1 or sha256', { pointer: 'FILE' });
    const rest = REST.filter((name) => columns.has(name));
    // As the rows lie in the file: by an index they would come from all over it.
    const from = header.properties['set'] === 'minimal' ? 'FILE not indexed' : 'FILE';
    const statement = guarded('FILE', () =>
      database.prepare(`select ${[...digests, ...rest].join(', ')} from ${from}`),
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
  } finally {
    endQuietly(() => database.close());
  }
}

const openReadOnly = (path: string): sqlite.Database => {
  if (statSync(path).size === 0) throw fail('LIST_INVALID', 'file: empty', { pointer: 'file' });
  const database = new sqlite.Database(path, { readOnly: true, fileMustExist: true });
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
    throw fail('LIST_INVALID', `${place}: ${why}`, { pointer: place, cause: error });
  }
};

const columnsOf = (database: sqlite.Database, table: string): Set<string> =>
  new Set(database.all(`select name from pragma_table_info('${table}')`).map(({ name }) => String(name).toLowerCase()));

/** Fills the header; answers the names of packages. */
const describe = (database: sqlite.Database, header: ListHeader): ReadonlyMap<string, string> => {
  const [file] = database.all(`select type from sqlite_master where name = 'FILE' collate nocase`);
  if (file === undefined) throw fail('LIST_INVALID', 'FILE: no such table: not a list of NSRL', { pointer: 'FILE' });
  header.properties['set'] = file['type'] === 'view' ? 'full' : 'minimal';
  if (columnsOf(database, 'VERSION').has('version')) {
    const version = database.get('select version, release_date from VERSION order by rowid desc limit 1');
    header.edition = typeof version?.['version'] === 'string' ? version['version'] : null;
  }
  const packages = new Map<string, string>();
  const columns = columnsOf(database, 'PKG');
  if (columns.has('package_id') && columns.has('name'))
    for (const row of database.all('select package_id, name from PKG') as SqlRow[])
      packages.set(String(row['package_id']), String(row['name']));
  header.properties['packages'] = packages.size;
  return packages;
};

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
  const id = String(row['package_id'] ?? '');
  const size = row['file_size'];
  return entryOf({
    place,
    md5,
    sha1,
    sha256,
    size: typeof size === 'number' ? size : null,
    properties: { name: row['file_name'] ?? null, packageId: id, package: packages.get(id) ?? null },
  });
};
