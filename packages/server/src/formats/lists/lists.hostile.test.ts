// Lists that somebody made to do harm: names that every object has, a small file that would grow to any size, a database that gives rows without end.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readList, type ListEntry, type ListReading } from './index.js';

const md5 = '0123456789abcdef0123456789abcdef';
const SPACE = 'https://hashsharing.ncmec.org/hashsharing/v2';

type Read = Pick<ListReading, 'header' | 'notes'> & { readonly entries: ListEntry[] };

const readBytes = async (bytes: Uint8Array, path: string | null): Promise<Read> => {
  const { header, notes, entries } = await readList({ head: bytes.subarray(0, 65_536), open: () => [bytes], path });
  const all: ListEntry[] = [];
  for await (const batch of entries) all.push(...batch);
  return { header, notes, entries: all };
};
const read = (text: string): Promise<Read> => readBytes(Buffer.from(text), null);

describe('a name that every object has', () => {
  it('is no kind of signal', async () => {
    for (const signalType of ['constructor', '__proto__', 'toString']) {
      const { entries, notes } = await read(JSON.stringify({ hashRecords: [{ signalType, hashValue: md5 }] }));
      expect(entries).toEqual([]);
      expect(notes.count('SIGNAL_UNKNOWN')).toBe(1);
    }
  });

  it('is no column of hashes, no status and no region', async () => {
    const table = await read(`md5,constructor,set,status\n${md5},1,a,constructor\n`);
    expect(table.entries[0]).toMatchObject({ md5, properties: { constructor: '1' } });
    expect(table.header.polarity).toBeNull();
    const vics = await read(
      JSON.stringify({
        '@odata.context': 'http://x.example/DataModels/2.0.xml/constructor/$metadata#Media',
        value: [{ MediaID: 1, MD5: md5, Category: 1 }],
      }),
    );
    expect(vics.entries[0]?.categories).toEqual([{ scheme: 'vics-number-constructor@2.0', code: '1' }]);
  });
});

describe('a small file that would grow to any size', () => {
  const ncmec = (inner: string): string =>
    `<queryResult xmlns="${SPACE}"><images><image><member id="1">a</member><id>i</id>${inner}</image></images></queryResult>`;

  it('is refused where each reason counts for each member', async () => {
    const feedback = `<feedback><negativeFeedback type="Md5"><reasons>${'<reason name="r"/>'.repeat(5_000)}</reasons>
      <members>${'<member id="5">C</member>'.repeat(5_000)}</members></negativeFeedback></feedback>`;
    await expect(read(ncmec(feedback))).rejects.toMatchObject({ code: 'LIST_INVALID', pointer: 'line 1' });
  });

  it('is refused where an entry has no end of fingerprints or reasons', async () => {
    for (const inner of [
      `<fingerprints>${'<x>1</x>'.repeat(10_001)}</fingerprints>`,
      `<feedback><affirmativeFeedback type="Md5"><reasons>${'<reason name="r"/>'.repeat(10_001)}</reasons></affirmativeFeedback></feedback>`,
    ])
      await expect(read(ncmec(inner))).rejects.toMatchObject({ code: 'LIST_INVALID', pointer: 'line 1' });
  });
});

describe('a script with a text of ten million characters', () => {
  it('is read like any other', async () => {
    for (const name of ['a'.repeat(10_000_000), "''".repeat(1_000_000)]) {
      const { entries } = await read(`insert into FILE (md5, file_name) values ('${md5}', '${name}'); -- end`);
      expect(entries).toHaveLength(1);
      expect(entries[0]).toMatchObject({ md5 });
      expect(entries[0]?.properties['name']).toBe(name.replaceAll("''", "'"));
    }
  });
});

describe('a database', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'redthread-hostile-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const made = (name: string, ...statements: readonly string[]): string => {
    const path = join(folder, name);
    const database = new sqlite.Database(path);
    for (const statement of statements) database.exec(statement);
    database.close();
    return path;
  };
  const readFile = (path: string): Promise<Read> => readBytes(Buffer.from('SQLite format 3\0'), path);
  const ENDLESS = 'with recursive r (x) as (select 1 union all select x + 1 from r)';

  it('is refused where it gives more rows than it has bytes', async () => {
    const files = made('a.db', `create view FILE as ${ENDLESS} select printf('%032x', x) as md5 from r`);
    await expect(readFile(files)).rejects.toMatchObject({ code: 'LIST_INVALID', pointer: 'FILE' });
    const packages = made(
      'b.db',
      'create table FILE (md5 text)',
      `create view PKG as ${ENDLESS} select x as package_id, 'n' as name from r`,
    );
    await expect(readFile(packages)).rejects.toMatchObject({ code: 'LIST_INVALID', pointer: 'PKG' });
  });

  it('is read whatever the case of its columns and the type of its values', async () => {
    const path = made(
      'c.db',
      'create table FILE (MD5, FILE_NAME, FILE_SIZE, PACKAGE_ID)',
      `insert into FILE values ('${md5}', 'a', 5, 1), ('${md5}', x'62', -5, x'31'), (zeroblob(20000000), 'c', 1, 1), (9223372036854775807, 'd', 1, 1)`,
    );
    const { entries, notes } = await readFile(path);
    expect(entries.map(({ md5: digest, size, properties }) => [digest, size, properties['name']])).toEqual([
      [md5, 5, 'a'],
      [md5, null, 'b'],
    ]);
    expect(notes.all().map(({ code, count }) => [code, count])).toEqual([
      ['SIZE_UNREADABLE', 1],
      ['HASH_INVALID', 2],
    ]);
  });

  it('is read while a lock lies beside it, and leaves nothing there', async () => {
    const path = made('d.db', 'create table FILE (md5 text)', `insert into FILE values ('${md5}')`);
    mkdirSync(`${path}.lock`);
    const before = readdirSync(folder);
    const { entries } = await readFile(path);
    expect(entries).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(before);
  });
});
