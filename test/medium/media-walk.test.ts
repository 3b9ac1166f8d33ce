// The walk over real folders and honest archives.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bufferAccess, type RandomAccess, walk } from '../../packages/server/src/media/index.js';
import { extendedTimestamp, tarGzOf, tarOf, zipOf } from './media-archives.js';
import { at, paths, readAll, testFolder, text } from './media-walk-reading.js';

const folder = testFolder();

describe('folders', () => {
  it('come in the order of their names, whatever the disk says', async () => {
    for (const name of ['b.txt', 'a/2', 'a/10', 'a/b/c', 'A', 'a.txt', 'é']) folder.file(name, name);
    const first = paths(await readAll(folder.path));
    expect(first).toEqual(['A', 'a/10', 'a/2', 'a/b/c', 'a.txt', 'b.txt', 'é']);
    expect(paths(await readAll(folder.path))).toEqual(first);
  });

  it('hold many names without losing or doubling one', async () => {
    for (let i = 0; i < 1500; i++) folder.file(`many/${i % 3 === 0 ? `${i}/x` : i}`, String(i));
    const found = paths(await readAll(folder.path));
    expect(found).toHaveLength(1500);
    expect(new Set(found).size).toBe(1500);
  });

  it('report links and special files and never follow them', async () => {
    folder.file('real/secret.txt', 'x');
    symlinkSync('/etc/passwd', join(folder.path, 'link'));
    symlinkSync(join(folder.path, 'real'), join(folder.path, 'loop'));
    symlinkSync('..', join(folder.path, 'real', 'up'));
    execFileSync('mkfifo', [join(folder.path, 'pipe')]);
    const seen = await readAll(folder.path);
    expect(seen.map(({ entry, code }) => [entry.path, code])).toEqual([
      ['link', 'LINK_SKIPPED'],
      ['loop', 'LINK_SKIPPED'],
      ['pipe', 'SPECIAL_FILE_SKIPPED'],
      ['real/secret.txt', null],
      ['real/up', 'LINK_SKIPPED'],
    ]);
    await expect(at(seen, 'link').entry.open()).rejects.toMatchObject({ code: 'LINK_SKIPPED' });
  });

  it('keep names that are hostile or no text', async () => {
    const raw = Buffer.concat([Buffer.from(`${folder.path}/bad`), Buffer.from([0xff]), Buffer.from('name')]);
    writeFileSync(raw, 'bytes');
    folder.file('line\nbreak', 'control');
    folder.file('photo\u202egpj.exe', 'reversed');
    const seen = await readAll(folder.path);
    expect(at(seen, 'bad\ufffdname')).toMatchObject({ entry: { rawName: 'bad\\xffname', filePath: raw } });
    expect(text(seen, 'bad\ufffdname')).toBe('bytes');
    expect(at(seen, 'line\ufffdbreak').entry.notes[0]?.code).toBe('PATH_HOSTILE');
    expect(text(seen, 'photo\ufffdgpj.exe')).toBe('reversed');
  });

  it('state their times, far ones too', async () => {
    const path = folder.file('old.txt', 'x');
    utimesSync(path, new Date(4_000_000_000_000), new Date(-1_000_000_000_500));
    const { entry } = (await readAll(folder.path))[0]!;
    expect(entry.sourceTimes).toContainEqual({
      kind: 'modified',
      text: '1938-04-24 22:13:19.500000000Z',
      epochMs: -1_000_000_000_500,
      zone: 'utc',
      precisionMs: 1,
      basis: 'file-system',
    });
  });

  it.runIf(process.getuid?.() !== 0)('name what may not be read', async () => {
    chmodSync(folder.file('closed/x', 'x').replace(/\/x$/, ''), 0);
    expect((await readAll(folder.path))[0]).toMatchObject({ entry: { path: 'closed' }, code: 'FILE_UNREADABLE' });
    chmodSync(join(folder.path, 'closed'), 0o700);
  });
});

describe('archives', () => {
  it('open inside each other', async () => {
    const nested = fileURLToPath(new URL('../fixtures/media/zip-in-tar-in-zip.zip', import.meta.url));
    const seen = await readAll(nested);
    expect(paths(seen)).toEqual([
      'outer/middle.tar',
      'outer/middle.tar/box/inner.zip',
      'outer/middle.tar/box/inner.zip/toy-room-001.png',
      'outer/middle.tar/box/inner.zip/toy-room-002.png',
      'outer/middle.tar/box/toy-shelf-001.jpg',
      'outer/toy-room-003.png',
    ]);
    expect(seen[2]!.entry.container).toBe('outer/middle.tar/box/inner.zip');
    for (const { code } of seen) expect(code).toBeNull();
  });

  it('lie in folders under their own path, whatever their name, and only when asked for', async () => {
    folder.file('chats/export.jpg', zipOf([{ name: 'a.txt', data: Buffer.from('one') }]));
    folder.file('chats/logs.txt.gz', gzipSync('two'));
    expect(paths(await readAll(folder.path))).toEqual([
      'chats/export.jpg',
      'chats/export.jpg/a.txt',
      'chats/logs.txt.gz',
      'chats/logs.txt.gz/logs.txt',
    ]);
    const unasked: string[] = [];
    for await (const entry of walk(folder.path)) unasked.push(entry.path);
    expect(unasked).toEqual(['chats/export.jpg', 'chats/logs.txt.gz']);
  });

  it('of the kind .tar.gz are read in one stream, links and devices left out', async () => {
    const source = folder.file(
      'phone.tgz',
      await tarGzOf([
        { name: './dcim/1.jpg', data: randomBytes(300_000), mtime: new Date(1_700_000_000_000) },
        { name: 'etc', type: 'symlink', linkname: '/etc/passwd' },
        { name: 'hard', type: 'link', linkname: 'dcim/1.jpg' },
        { name: 'null', type: 'character-device' },
        { name: 'dcim/2.jpg', data: Buffer.from('two') },
      ]),
    );
    const seen = await readAll(source);
    expect(seen.map(({ entry, code }) => [entry.path, code])).toEqual([
      ['dcim/1.jpg', null],
      ['etc', 'LINK_SKIPPED'],
      ['hard', 'LINK_SKIPPED'],
      ['null', 'SPECIAL_FILE_SKIPPED'],
      ['dcim/2.jpg', null],
    ]);
    expect(seen[0]!.data).toHaveLength(300_000);
    expect(seen[0]!.entry.sourceTimes[0]).toMatchObject({
      text: '2023-11-14 22:13:20Z',
      zone: 'utc',
      basis: 'archive',
    });
  });

  it('go on when a TAR entry is left unread or half read', async () => {
    const source = folder.file(
      'a.tar',
      await tarOf([1, 2, 3].map((n) => ({ name: `${n}`, data: Buffer.alloc(900_000, n) }))),
    );
    const found: string[] = [];
    for await (const entry of walk(source)) {
      found.push(entry.path);
      if (entry.path === '2')
        (await entry.open()).once('data', function (this: { destroy(): void }) {
          this.destroy();
        });
    }
    expect(found).toEqual(['1', '2', '3']);
  });

  it('state DOS times without a zone and extended ones in UTC', async () => {
    const source = folder.file(
      't.zip',
      zipOf([
        { name: 'a', data: Buffer.from('a'), extra: extendedTimestamp(1_700_000_000) },
        { name: 'zero', data: Buffer.from('b'), dosDate: 0 },
        { name: 'last', data: Buffer.from('c'), dosDate: 0xffff },
      ]),
    );
    const seen = await readAll(source);
    expect(at(seen, 'a').entry.sourceTimes).toMatchObject([
      { text: '2026-02-03 04:05:06', zone: 'none', precisionMs: 2000 },
      { text: '2023-11-14 22:13:20Z', zone: 'utc', epochMs: 1_700_000_000_000, precisionMs: 1000 },
    ]);
    expect(at(seen, 'zero').entry.sourceTimes[0]!.text).toBe('1980-00-00 04:05:06');
    expect(at(seen, 'last').entry.sourceTimes[0]!.text).toBe('2107-15-31 04:05:06');
    expect(at(seen, 'zero').entry.sourceTimes[0]!.epochMs).toBeUndefined();
  });

  it('of other kinds are refused as a source', async () => {
    await expect(readAll(folder.file('x.rar', Buffer.from('Rar!\x1a\x07\0', 'latin1')))).rejects.toMatchObject({
      code: 'SOURCE_NOT_SUPPORTED',
    });
    await expect(readAll(join(folder.path, 'nothing-here'))).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' });
  });
});

describe('going on after an interruption', () => {
  it('costs nothing for the entries of a ZIP that are not opened', async () => {
    const parts = Array.from({ length: 300 }, (_, n) => ({ name: `${n}`, data: randomBytes(20_000) }));
    const archive = zipOf(parts);
    const outer = folder.file('outer.tar', await tarOf([{ name: 'inner.zip', data: archive }]));
    let readBytes = 0;
    const counted: RandomAccess = {
      sizeBytes: archive.length,
      read: async (offset, length) => {
        const piece = archive.subarray(offset, offset + length);
        readBytes += piece.length;
        return piece;
      },
    };
    let entries = 0;
    for await (const entry of walk(outer)) {
      entries++;
      if (entry.path === 'inner.zip') entry.descend(counted);
      if (entry.path === 'inner.zip/299') expect(await entry.bytes(1e6)).toEqual(parts[299]!.data);
    }
    expect(entries).toBe(301);
    expect(readBytes).toBeLessThan(archive.length / 5);
  });

  it('closes what it was given when the consumer stops early', async () => {
    const archive = zipOf([
      { name: 'a', data: Buffer.from('a') },
      { name: 'b', data: Buffer.from('b') },
    ]);
    const outer = folder.file('o.tar', await tarOf([{ name: 'i.zip', data: archive }]));
    let isClosed = false;
    const access = { ...bufferAccess(archive), close: async () => void (isClosed = true) };
    for await (const entry of walk(outer)) {
      if (entry.path === 'i.zip') entry.descend(access);
      if (entry.path === 'i.zip/a') break;
    }
    expect(isClosed).toBe(true);
  });
});
