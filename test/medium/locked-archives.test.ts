// Archives under a password, and 7z archives, which the 7-Zip of the machine opens.
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { programPath } from '../../packages/server/src/media/child/program-path.js';
import { zipOf } from './media-archives.js';
import { at, paths, readAll, testFolder, type Seen } from './media-walk-reading.js';

const folder = testFolder();
const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/media/${name}`, import.meta.url));
const codes = (seen: readonly Seen[]) => seen.map(({ entry, code }) => [entry.path, code]);
const md5 = (seen: readonly Seen[], path: string) => createHash('md5').update(at(seen, path).data!).digest('hex');

describe('a ZIP under a password', () => {
  it.each([
    ['locked.zip', 'toy-room-006.png', 'cbaaa74787d46d16559e7933fd808527'],
    ['locked-aes.zip', 'toy-room-007.png', 'fe91a76c2a21f50db8d9d5fde5556891'],
  ])('%s shows its names, and opens by the one of several that fits', async (name, path, digest) => {
    expect(codes(await readAll(fixture(name)))).toEqual([[path, 'ARCHIVE_ENCRYPTED']]);
    expect(codes(await readAll(fixture(name), { passwords: ['', 'train', 'pässwörd'] }))).toEqual([
      [path, 'ARCHIVE_ENCRYPTED'],
    ]);
    const passwords = [...Array.from({ length: 600 }, (_, i) => `wrong-${i}`), 'wooden-train-7'];
    expect(
      md5(await readAll(fixture(name), { passwords: name === 'locked.zip' ? passwords : passwords.slice(590) }), path),
    ).toBe(digest);
  });

  it('opens inside another archive, and a damaged one gives nothing', async () => {
    const passwords = ['wooden-train-7'];
    const inner = readFileSync(fixture('locked-aes.zip'));
    const seen = await readAll(folder.file('box.zip', zipOf([{ name: 'in/locked.zip', data: inner }])), { passwords });
    expect(md5(seen, 'in/locked.zip/toy-room-007.png')).toBe('fe91a76c2a21f50db8d9d5fde5556891');
    for (const place of [200, 600, 1200]) {
      const damaged = Buffer.from(inner);
      damaged[place] = damaged[place]! ^ 0x10;
      const [one] = await readAll(folder.file(`damaged-${place}.zip`, damaged), { passwords });
      expect([one?.data, one?.code], String(place)).toEqual([null, 'ARCHIVE_CORRUPT']);
    }
  });
});

const sevenZip = programPath('7zz') ?? programPath('7z');

describe.skipIf(sevenZip === null)('a 7z archive', () => {
  const content = {
    'a/room.txt': 'a room',
    'b/shelf.bin': randomBytes(70_000),
    'empty.txt': '',
    'two\nlines.txt': 'x',
  };
  const pack = (name: string, ...options: string[]): string => {
    const from = join(folder.path, 'from');
    for (const [path, data] of Object.entries(content)) {
      mkdirSync(join(from, path, '..'), { recursive: true });
      writeFileSync(join(from, path), data);
    }
    if (!options.includes('-nolink')) symlinkSync('a/room.txt', join(from, 'link'));
    const args = ['a', '-bso0', '-bsp0', '-snl', ...options.filter((option) => option !== '-nolink')];
    execFileSync(sevenZip!, [...args, join(folder.path, name), '.'], { cwd: from });
    return join(folder.path, name);
  };

  it('is walked file by file; a link is not followed, and no name leads anywhere', async () => {
    const seen = await readAll(pack('x.7z'));
    expect(codes(seen).sort()).toEqual([
      ['a/room.txt', null],
      ['b/shelf.bin', null],
      ['empty.txt', null],
      ['link', 'LINK_SKIPPED'],
      ['two_lines.txt', null],
    ]);
    expect(at(seen, 'b/shelf.bin').data).toEqual(content['b/shelf.bin']);
    expect(at(seen, 'a/room.txt').entry.sourceTimes[0]).toMatchObject({
      kind: 'modified',
      zone: 'utc',
      basis: 'archive',
    });
    const inner = readFileSync(join(folder.path, 'x.7z'));
    const nested = await readAll(folder.file('box.zip', zipOf([{ name: 'x.7z', data: inner }])));
    expect(at(nested, 'x.7z/a/room.txt').data?.toString()).toBe('a room');
  });

  it('opens by its password, whether or not its names are locked too', async () => {
    const plain = pack('locked.7z', '-psecret', '-nolink');
    const shut = pack('shut.7z', '-psecret', '-mhe=on', '-nolink');
    for (const path of [plain, shut]) {
      const seen = await readAll(path, { passwords: ['wrong', 'secret'] });
      expect(at(seen, 'a/room.txt').data?.toString()).toBe('a room');
      const refused = await readAll(path, { passwords: ['wrong'] });
      expect(refused.filter(({ data }) => data !== null && data.length > 0)).toEqual([]);
      expect(refused.map(({ code }) => code)).toContain('ARCHIVE_ENCRYPTED');
    }
    expect(paths(await readAll(plain))).toContain('a/room.txt');
    expect(codes(await readAll(shut))).toEqual([['shut.7z', 'ARCHIVE_ENCRYPTED']]);
  });

  it('is no bomb, and a damaged one keeps what is whole', async () => {
    const bomb = join(folder.path, 'bomb.7z');
    execFileSync(sevenZip!, ['a', '-bso0', '-bsp0', '-mx1', '-sizeros.bin', bomb], {
      input: Buffer.alloc(80 * 2 ** 20),
    });
    expect(codes(await readAll(bomb))).toEqual([['zeros.bin', 'ARCHIVE_BOMB']]);
    const whole = readFileSync(pack('whole.7z', '-nolink'));
    for (const place of [40, 20_000, whole.length - 20]) {
      const damaged = Buffer.from(whole);
      damaged[place] = damaged[place]! ^ 0xff;
      const seen = await readAll(folder.file(`damaged-${place}.7z`, damaged));
      expect(
        seen.some(({ code }) => code === 'ARCHIVE_CORRUPT' || code === 'ARCHIVE_METHOD_UNSUPPORTED'),
        String(place),
      ).toBe(true);
      for (const { entry, data } of seen)
        if (data !== null)
          expect(data).toEqual(
            Buffer.from((content as Record<string, string | Buffer>)[entry.path.replace('_', '\n')] ?? ''),
          );
    }
    expect(codes(await readAll(folder.file('cut.7z', whole.subarray(0, 500))))[0]?.[1]).toMatch(/^ARCHIVE_/);
  });
});
