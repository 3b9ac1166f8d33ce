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

  it('gives every row in its order, whatever stands in its names and wherever its numbers lie', async () => {
    const numbers = [
      -(2n ** 63n),
      -5n,
      0n,
      ...Array.from({ length: 3_000 }, (_, i) => BigInt(i + 7)),
      2n ** 40n,
      2n ** 63n - 1n,
    ];
    const oddly: Readonly<Record<number, string | null>> = {
      1: 'a \u001e between',
      2: '\u001f\u001e\u001d',
      1_200: null,
      1_201: '',
      1_202: 'x'.repeat(9_000),
      2_500: 'Ärger \u{1F9F8}',
      3_004: '\u001e',
    };
    const nameOf = (index: number): string | null => (index in oddly ? oddly[index]! : `name ${index}`);
    const path = made(
      'e.db',
      'create table FILE (sha256 text, md5 text, file_name text, file_size int, package_id int)',
    );
    const database = new sqlite.Database(path);
    database.exec('begin');
    const insert = database.prepare(
      'insert into FILE (rowid, md5, file_name, file_size, package_id) values (?, ?, ?, ?, 1)',
    );
    const digestOf = (index: number): string => index.toString(16).padStart(32, '0').toUpperCase();
    numbers.forEach((number, index) => insert.run([number, digestOf(index), nameOf(index), index]));
    insert.finalize();
    database.exec('commit');
    database.close();
    const { entries, notes } = await readFile(path);
    expect(notes.all()).toEqual([]);
    expect(
      entries.map(({ md5: digest, place, properties, sha256, size }) => [
        place,
        digest,
        sha256,
        size,
        properties['name'],
      ]),
    ).toEqual(
      numbers.map((_, index) => [`row ${index + 1}`, digestOf(index).toLowerCase(), null, index, nameOf(index)]),
    );
    const without = made(
      'f.db',
      'create table FILE (md5 text primary key) without rowid',
      `insert into FILE values ('${md5}')`,
    );
    expect((await readFile(without)).entries).toHaveLength(1);
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
