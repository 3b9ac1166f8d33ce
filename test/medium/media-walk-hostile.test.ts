// The walk over archives that were made to harm, and over damaged ones.
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { walk } from '../../packages/server/src/media/index.js';
import { tarGzOf, tarOf, zipOf } from './media-archives.js';
import { paths, readAll, testFolder } from './media-walk-reading.js';

const folder = testFolder();

describe('hostile archives', () => {
  const data = Buffer.from('content');

  it('cannot name a place outside', async () => {
    const names = [
      '../../etc/passwd',
      '/abs/x',
      'C:\\win\\a.txt',
      'a\\..\\..\\b',
      '..',
      './ok/./y',
      'tab\there',
      'x'.repeat(400),
    ];
    for (const archive of [
      zipOf(names.map((name) => ({ name, data }))),
      await tarOf(names.map((name) => ({ name, data }))),
    ]) {
      const seen = await readAll(folder.file('evil', archive));
      expect(seen).toHaveLength(names.length);
      for (const [index, { entry }] of seen.entries()) {
        expect(entry.path).not.toMatch(/(^|\/)\.\.?(\/|$)|^\/|\\|[\u0000-\u001f]/);
        expect(Buffer.byteLength(entry.path)).toBeLessThanOrEqual(255);
        expect(entry.notes[0]?.code).toBe(index === 5 ? undefined : 'PATH_HOSTILE');
        expect(entry.rawName).toBeDefined();
        expect(seen[index]!.data).toEqual(data);
      }
      expect(paths(seen).slice(0, 6)).toEqual(['_/_/etc/passwd', 'abs/x', 'win/a.txt', 'a/_/_/b', '_~2', 'ok/y']);
    }
  });

  it('keep both of two entries with one name, and a file apart from a folder of its name', async () => {
    const source = folder.file(
      'd.zip',
      zipOf(['a.jpg', 'a.jpg', 'a.jpg/b', 'c/d', 'c'].map((name) => ({ name, data: Buffer.from(name) }))),
    );
    expect(paths(await readAll(source))).toEqual(['a.jpg', 'a.jpg~2', 'a.jpg~3/b', 'c/d', 'c~2']);
  });

  it('keep names of any encoding', async () => {
    const source = folder.file(
      'n.zip',
      zipOf([
        { name: 'größe.txt', data },
        { name: Buffer.from([0x81, 0x62, 0x65, 0x72]), data }, // code page 437
        { name: Buffer.from([0xff, 0x41]), data, flags: 0x800 }, // said to be UTF-8, and is not
        { name: Buffer.from('nul\0byte'), data },
      ]),
    );
    const seen = await readAll(source);
    expect(paths(seen)).toEqual(['größe.txt', 'über', '\ufffdA', 'nul\ufffdbyte']);
    expect(seen[3]!.entry.rawName).toBe('nul\\x00byte');
  });

  it.each(['locked.zip', 'locked-aes.zip'])('say of %s that it wants a password', async (name) => {
    const seen = await readAll(fileURLToPath(new URL(`../fixtures/media/${name}`, import.meta.url)));
    expect(seen).toMatchObject([{ code: 'ARCHIVE_ENCRYPTED', data: null }]);
  });

  it('keep what lies before the damage', async () => {
    const parts = Array.from({ length: 20 }, (_, n) => ({ name: `f${n}`, data: randomBytes(5000) }));
    for (const [archive, kept] of [
      [zipOf(parts), 10],
      [await tarOf(parts), 10],
      [await tarGzOf(parts), 9],
    ] as const) {
      const seen = await readAll(folder.file('cut', archive.subarray(0, Math.floor(archive.length * 0.55))));
      const last = seen.at(-1)!;
      expect(last).toMatchObject({ entry: { about: 'container', path: 'cut' }, code: 'ARCHIVE_CORRUPT' });
      const whole = seen.filter((one) => one.data !== null);
      expect(whole.length).toBeGreaterThanOrEqual(kept);
      for (const { entry, data: bytes } of whole) expect(bytes).toEqual(parts[Number(entry.path.slice(1))]!.data);
    }
  });

  it('are checked: a wrong checksum or size is damage of that entry alone', async () => {
    const source = folder.file(
      'c.zip',
      zipOf([
        { name: 'sum', data, statedCrc32: 1 },
        { name: 'short', data, statedBytes: 3 },
        { name: 'long', data, statedBytes: 30 },
        { name: 'method', data, method: 12 },
        { name: 'link', data: Buffer.from('/etc/passwd'), unixMode: 0o120777 },
        { name: 'fine', data },
      ]),
    );
    const codes = (await readAll(source)).map(({ entry, code }) => [entry.path, code]);
    expect(codes).toEqual([
      ['sum', 'ARCHIVE_CORRUPT'],
      ['short', 'ARCHIVE_CORRUPT'],
      ['long', 'ARCHIVE_CORRUPT'],
      ['method', 'ARCHIVE_METHOD_UNSUPPORTED'],
      ['link', 'LINK_SKIPPED'],
      ['fine', null],
    ]);
    for await (const entry of walk(source)) {
      if (!['sum', 'short', 'long'].includes(entry.path)) continue;
      const stream = await entry.open();
      await expect(
        (async () => {
          for await (const _ of stream);
        })(),
      ).rejects.toMatchObject({ code: 'ARCHIVE_CORRUPT' });
    }
  });

  it('cannot expand without end', async () => {
    const zeros = Buffer.alloc(20 * 2 ** 20);
    const limits = { ratioFreeBytes: 2 ** 20, maxRatio: 100 };
    const bomb = await readAll(
      folder.file(
        'b.zip',
        zipOf([
          { name: 'zeros', data: zeros },
          { name: 'fine', data },
        ]),
      ),
      { limits },
    );
    expect(bomb.map(({ code }) => code)).toEqual(['ARCHIVE_BOMB', null]);

    const gz = await readAll(folder.file('b.gz', gzipSync(zeros)), { limits });
    expect(gz).toMatchObject([{ code: 'ARCHIVE_BOMB', data: null }]);

    const tar = await readAll(
      folder.file(
        'b.tgz',
        await tarGzOf([
          { name: 'a', data },
          { name: 'zeros', data: zeros },
        ]),
      ),
      { limits },
    );
    expect(tar[0]).toMatchObject({ code: null });
    expect(tar.at(-1)).toMatchObject({ entry: { about: 'container' }, code: 'ARCHIVE_BOMB' });

    // ten archives of 90:1 inside one of 90:1: each passes alone
    const noise = Array.from({ length: 10 }, (_, n) => ({
      name: `${n}.zip`,
      data: zipOf([{ name: 'z', data: Buffer.alloc(400_000, n) }]),
    }));
    const nested = await readAll(folder.file('n.zip', zipOf(noise)), { limits: { ...limits, maxRatio: 1032 } });
    expect(nested.at(-1)).toMatchObject({ code: 'ARCHIVE_BOMB' });
  });

  it('have limits of entries and of depth', async () => {
    const many = zipOf(Array.from({ length: 50 }, (_, n) => ({ name: `${n}`, data })));
    const seen = await readAll(folder.file('many.zip', many), { limits: { maxEntries: 20 } });
    expect(seen).toHaveLength(21);
    expect(seen[20]).toMatchObject({ entry: { about: 'container', path: 'many.zip' }, code: 'ARCHIVE_BOMB' });

    let deep = zipOf([{ name: 'bottom', data }]);
    for (let n = 0; n < 5; n++) deep = zipOf([{ name: `${n}.zip`, data: deep }]);
    const found = await readAll(folder.file('deep.zip', deep), { limits: { maxDepth: 3 } });
    expect(found.at(-1)).toMatchObject({
      entry: { path: '4.zip/3.zip/2.zip/1.zip', about: 'container' },
      code: 'ARCHIVE_TOO_DEEP',
    });
    expect(paths(found)).not.toContain('4.zip/3.zip/2.zip/1.zip/0.zip');
  });

  it('of random bytes behind a signature are damage, not a crash', async () => {
    for (const start of ['PK\x03\x04', '\x1f\x8b\x08']) {
      const seen = await readAll(folder.file('r', Buffer.concat([Buffer.from(start, 'latin1'), randomBytes(5000)])));
      expect(seen.at(-1)!.code).toBe('ARCHIVE_CORRUPT');
    }
  });
});

/** In the header of entry `index` of a TAR whose contents fit into one block each; its checksum holds again. */
const writeField = (tar: Buffer, index: number, at: number, bytes: Buffer): void => {
  const header = tar.subarray(1024 * index, 1024 * index + 512);
  bytes.copy(header, at);
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
};

describe('names that are no UTF-8', () => {
  const names = [0xe8, 0xe9].map((last) => Buffer.from([...Buffer.from('caf'), last]));
  const contents = names.map((name) => Buffer.from(`content of ${name.toString('hex')}`));
  const made = {
    folder: () => {
      names.forEach((name, i) => {
        writeFileSync(Buffer.concat([Buffer.from(`${folder.path}/`), name]), contents[i] ?? '');
      });
      return folder.path;
    },
    zip: () =>
      folder.file(
        'n.zip',
        zipOf(names.map((name, i) => ({ name, data: contents[i] ?? Buffer.alloc(0), flags: 0x800 }))),
      ),
    tar: async () => {
      const tar = await tarOf(contents.map((data, i) => ({ name: `caf${i}`, data })));
      names.forEach((name, i) => writeField(tar, i, 0, name));
      return folder.file('n.tar', tar);
    },
  };
  it.each(['folder', 'zip', 'tar'] as const)(
    'of a %s are kept apart, byte by byte, and the same each time',
    async (kind) => {
      const source = await made[kind]();
      for (let time = 0; time < 2; time += 1)
        expect(
          (await readAll(source)).map(({ entry, data }) => [
            entry.path,
            entry.rawName,
            data?.toString(),
            entry.container,
          ]),
        ).toEqual([
          ['caf\ufffd', 'caf\\xe8', contents[0]?.toString(), null],
          ['caf\ufffd~2', 'caf\\xe9', contents[1]?.toString(), null],
        ]);
    },
  );
});

describe('sizes in a TAR that lie', () => {
  const data = Buffer.from('what is really there');
  /** The second entry of three, with this in the field of its size and a checksum that holds. */
  const lying = async (size: Buffer): Promise<Buffer> => {
    const tar = await tarOf(['before', 'lies', 'after'].map((name) => ({ name, data })));
    writeField(tar, 1, 124, size);
    return tar;
  };
  const base256 = (first: number, rest: bigint): Buffer => {
    const field = Buffer.alloc(12, first === 0xff ? 0xff : 0);
    field[0] = first;
    field.writeBigUInt64BE(rest & 0xffff_ffff_ffff_ffffn, 4);
    return field;
  };
  it.each([
    ['below nothing', base256(0xff, -1n)],
    ['far below nothing', base256(0xff, -512n)],
    ['beyond what a number can say', base256(0x80, 0xffff_ffff_ffff_ffffn)],
    ['of an exabyte', base256(0x80, 1n << 60n)],
    ['of eight gigabytes', Buffer.from('77777777777\0', 'latin1')],
    ['of more than follows', Buffer.from('00000003000\0', 'latin1')],
    ['that are no number', Buffer.from('size: none\0\0', 'latin1')],
    ['of no digit', Buffer.alloc(12)],
  ])(
    '%s end in an entry or in the damage of the archive, and keep what stands before',
    async (_what, size) => {
      const seen = await readAll(folder.file('lying.tar', await lying(size)), {});
      expect(seen[0]).toMatchObject({ entry: { path: 'before', sizeBytes: data.length }, code: null, data });
      expect(seen.length).toBeLessThanOrEqual(4);
      for (const { entry, data: bytes, code } of seen.slice(1)) {
        expect(entry.sizeBytes ?? 0).toBeGreaterThanOrEqual(0);
        expect(Number.isSafeInteger(entry.sizeBytes ?? 0)).toBe(true);
        expect(code === null ? (bytes?.length ?? -1) === entry.sizeBytes : code).toBeTruthy();
      }
      expect(paths(seen)).not.toContain('lies~2');
    },
    20_000,
  );
  it.each(['-1', '1e3', '99999999999999999999', 'none', ''])(
    'in a PAX header, %j, do the same',
    async (size) => {
      const tar = await tarOf([
        { name: 'before', data },
        { name: 'lies', data, pax: { size } } as never,
        { name: 'after', data },
      ]);
      const seen = await readAll(folder.file('lying.tar', tar));
      expect(seen[0]).toMatchObject({ entry: { path: 'before' }, code: null });
      for (const { entry, code } of seen.slice(1))
        expect([Number.isSafeInteger(entry.sizeBytes ?? 0) && (entry.sizeBytes ?? 0) >= 0, code]).toEqual([true, code]);
    },
    20_000,
  );
});
