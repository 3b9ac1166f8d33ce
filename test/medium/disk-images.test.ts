// Disk images, read by the real programs of sleuthkit: what is in them, what was deleted, and what is wrong with them.
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FOLDER, truth, type Json } from '../../packages/server/test-support/sample-lists.js';
import { tarOf, zipOf } from './media-archives.js';
import { diskOf, fatVolume } from './media-disks.js';
import { at, paths, readAll, testFolder, type Seen } from './media-walk-reading.js';

const folder = testFolder();
const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/media/${name}`, import.meta.url));
const digest = (name: string, data: Buffer | null | undefined): string | null =>
  data === null || data === undefined ? null : createHash(name).update(data).digest('hex');
const files = (seen: readonly Seen[]): Seen[] => seen.filter(({ entry }) => entry.about === 'entry');
const news = (seen: readonly Seen[]) => seen.find(({ entry }) => entry.image !== undefined)?.entry;

const room = Buffer.from('a picture of a room '.repeat(60));
const shelf = Buffer.from('a shelf '.repeat(90));
const volume = fatVolume([
  { path: 'PICS/ROOM.PNG', data: room },
  { path: 'PICS/GONE.PNG', data: shelf, deleted: true },
  { path: 'NOTES.TXT', data: Buffer.from('wooden train') },
]);

describe('a disk image', () => {
  it('holds the files of its file system, deleted ones too, with the times as written', async () => {
    const seen = await readAll(folder.file('toy.dd', volume));
    expect(paths(files(seen)).sort()).toEqual(['NOTES.TXT', 'PICS/ROOM.PNG', 'PICS/_ONE.PNG']);
    expect(at(seen, 'PICS/ROOM.PNG')).toMatchObject({ data: room, entry: { deletion: null, container: null } });
    expect(at(seen, 'PICS/_ONE.PNG')).toMatchObject({ data: shelf, entry: { deletion: 'deleted' } });
    // FAT knows no zone: none is invented, and of an access it keeps the day alone.
    expect(at(seen, 'PICS/ROOM.PNG').entry.sourceTimes).toEqual([
      { kind: 'modified', text: '2025-06-01 12:00:00', zone: 'none', precisionMs: 2000, basis: 'file-system' },
      { kind: 'accessed', text: '2025-06-01 00:00:00', zone: 'none', precisionMs: 86_400_000, basis: 'file-system' },
      { kind: 'created', text: '2025-06-01 12:00:00', zone: 'none', precisionMs: 1000, basis: 'file-system' },
    ]);
    expect(news(seen)).toMatchObject({
      path: 'toy.dd',
      image: {
        format: 'raw',
        parts: 1,
        sizeBytes: volume.length,
        verdict: 'unstated',
        fileSystems: [{ place: '', type: 'fat12' }],
      },
    });
  });

  it('is walked partition by partition; one that nobody can read is an item of its own', async () => {
    const noise = randomBytes(20 * 512);
    const disk = diskOf([
      { type: 0x01, data: volume },
      { type: 0x83, data: noise },
      { type: 0x83, data: gunzipSync(readFileSync(fixture('toy-ext4.dd.gz'))) },
    ]);
    const seen = await readAll(folder.file('disk.img', disk));
    expect(at(seen, 'partition 1/PICS/ROOM.PNG').data).toEqual(room);
    expect(at(seen, 'partition 2')).toMatchObject({ code: 'FILE_SYSTEM_UNKNOWN', entry: { sizeBytes: noise.length } });
    expect(at(seen, 'partition 3/gone3.png')).toMatchObject({ entry: { deletion: 'deleted' } });
    expect(digest('md5', at(seen, 'partition 3/gone3.png').data)).toBe('2f1e96dd6bbc7f1d47c54809ce833f22');
    // ext4 counts in UTC.
    expect(at(seen, 'partition 3/gone3.png').entry.sourceTimes[0]).toMatchObject({
      text: '2026-11-23 20:21:17Z',
      zone: 'utc',
    });
  });

  it('never gives the bytes of another file as those of a deleted one', async () => {
    const taken = fatVolume([
      { path: 'LIVE.TXT', data: room, cluster: 2 },
      { path: 'GONE.TXT', data: Buffer.alloc(0), cluster: 2, sizeBytes: 900, deleted: true },
      { path: 'SMALL.TXT', data: Buffer.alloc(0), cluster: 3, sizeBytes: 300, deleted: true },
    ]);
    const seen = await readAll(folder.file('taken.dd', taken));
    expect(at(seen, 'LIVE.TXT').data).toEqual(room);
    for (const path of ['_ONE.TXT', '_MALL.TXT']) {
      expect(at(seen, path).data, path).toBeNull();
      expect(at(seen, path).code, path).toBe('DELETED_CONTENT_GONE');
    }
  });

  it('lies in folders and archives, and holds archives', async () => {
    const inner = fatVolume([{ path: 'A.ZIP', data: zipOf([{ name: 'x.txt', data: room }]) }]);
    folder.file('in/disk.dd', inner);
    folder.file('in/box.zip', zipOf([{ name: 'deep/disk.dd', data: inner }]));
    folder.file('in/box.tar', await tarOf([{ name: 'disk.dd', data: volume }]));
    const seen = await readAll(join(folder.path, 'in'));
    expect(at(seen, 'disk.dd/A.ZIP/x.txt').data).toEqual(room);
    expect(at(seen, 'box.zip/deep/disk.dd/A.ZIP/x.txt').data).toEqual(room);
    expect(at(seen, 'box.tar/disk.dd/PICS/_ONE.PNG')).toMatchObject({ data: shelf, entry: { deletion: 'deleted' } });
    expect(at(seen, 'disk.dd').data).toEqual(inner);
  });

  it('may be split, and closed to all but its owner', async () => {
    const cut = 90_000;
    for (const [name, part] of [
      ['toy.001', volume.subarray(0, cut)],
      ['toy.002', volume.subarray(cut)],
    ] as const)
      chmodSync(folder.file(name, part), 0o600);
    const seen = await readAll(join(folder.path, 'toy.001'));
    expect(at(seen, 'PICS/ROOM.PNG').data).toEqual(room);
    expect(news(seen)?.image).toMatchObject({
      parts: 2,
      sizeBytes: volume.length,
      computed: { md5: digest('md5', volume), sha256: digest('sha256', volume) },
    });
  });

  it('of EnCase is held against the hash that it stores', async () => {
    const image = readFileSync(fixture('toy-fat12.E01'));
    const sound = await readAll(folder.file('toy.E01', image));
    expect(digest('md5', at(sound, 'PICS/_one8.png').data)).toBe('0fdc396da60458ab4f85e4e3fed3696d');
    expect(news(sound)).toMatchObject({
      image: { format: 'ewf', verdict: 'verified', stored: { md5: '449a25de37a2e50b7f98587cb58a1eab' } },
    });
    expect(news(sound)?.failure).toBeUndefined();

    const changed = await readAll(folder.file('changed.E01', otherHash(image)));
    expect(files(changed)).toHaveLength(4);
    expect(news(changed)).toMatchObject({
      image: { verdict: 'differs' },
      failure: { code: 'DISK_IMAGE_HASH_DIFFERS' },
    });

    // What says that it goes on, and does not.
    const first = Buffer.from(image);
    first.write('next', first.lastIndexOf('done'), 'latin1');
    const cut = await readAll(folder.file('part.E01', first));
    expect(cut.map(({ code }) => code)).toEqual(['DISK_IMAGE_INCOMPLETE']);
    const second = Buffer.from(image);
    second.writeUInt16LE(2, 9);
    folder.file('apart/part.E02', second);
    expect((await readAll(join(folder.path, 'apart'))).map(({ code }) => code)).toEqual([null]);
  });

  it.each(FOLDER === undefined ? [] : Object.keys(truth['files'] as Json).filter((name) => name.startsWith('disk/')))(
    '%s says what its makers say',
    async (name) => {
      const { expect: wanted, sha256 } = (truth['files'] as Json)[name] as Json;
      expect(digest('sha256', readFileSync(`${FOLDER}${name}`))).toBe(sha256);
      const seen = await readAll(`${FOLDER}${name}`);
      const said = files(seen).map(({ entry, data }) => [entry.path, entry.deletion, digest('sha256', data)]);
      expect(said.sort()).toEqual(
        [
          ...wanted['live'].map((file: Json) => [file['path'], null, file['sha256']]),
          ...wanted['deleted'].map((file: Json) => [file['path_seen_as'], 'deleted', file['sha256']]),
        ].sort(),
      );
      if (wanted['media_md5'] !== undefined)
        expect(news(seen)?.image).toMatchObject({ verdict: 'verified', computed: { md5: wanted['media_md5'] } });
    },
  );
});

/** The same image with another MD5 and SHA-1 stored, each with its checksum right. */
const otherHash = (image: Buffer): Buffer => {
  const changed = Buffer.from(image);
  for (const [type, bytes] of [
    ['hash', 32],
    ['digest', 76],
  ] as const) {
    const at = changed.indexOf(Buffer.from(`${type}\0`, 'latin1')) + 76;
    changed[at] = (changed[at]! + 1) % 256;
    changed.writeUInt32LE(adler32(changed.subarray(at, at + bytes)), at + bytes);
  }
  return changed;
};

const adler32 = (bytes: Buffer): number => {
  let [a, b] = [1, 0];
  for (const byte of bytes) [a, b] = [(a + byte) % 65_521, (b + a + byte) % 65_521];
  return ((b << 16) | a) >>> 0;
};

describe('a hostile disk image', () => {
  const code = (seen: readonly Seen[]) => seen.map((one) => one.code);

  it('ends where its partitions lead back to themselves', async () => {
    const disk = diskOf([{ type: 0x05, data: Buffer.alloc(64 * 512) }]);
    // The table of the extended partition names itself as the next.
    const table = 63 * 512;
    disk[table + 446 + 16 + 4] = 0x05;
    disk.writeUInt32LE(0, table + 446 + 16 + 8);
    disk.writeUInt32LE(64, table + 446 + 16 + 12);
    disk[table + 446 + 4] = 0x01;
    disk.writeUInt32LE(1, table + 446 + 8);
    disk.writeUInt32LE(60, table + 446 + 12);
    disk.writeUInt16LE(0xaa55, table + 510);
    const seen = await readAll(folder.file('loop.dd', disk));
    expect(code(seen).every((one) => one === 'FILE_SYSTEM_UNKNOWN' || one === null)).toBe(true);
  }, 30_000);

  it('ends where a folder lies within itself, and where records name what is not there', async () => {
    const loop = Buffer.from(volume);
    // The folder's first file becomes a folder at the cluster of its parent.
    const rows = loop.indexOf(Buffer.from('ROOM    PNG', 'latin1'));
    loop[rows + 11] = 0x10;
    loop.writeUInt16LE(loop.readUInt16LE(loop.indexOf(Buffer.from('.          ', 'latin1')) + 26), rows + 26);
    const seen = await readAll(folder.file('folder.dd', loop));
    expect(paths(seen).length).toBeLessThan(50);
    expect(at(seen, 'NOTES.TXT').data?.toString()).toBe('wooden train');
  });

  it('is no bomb, however much a file of it is said to hold', async () => {
    const bomb = fatVolume([
      { path: 'BOMB.BIN', data: Buffer.alloc(0), cluster: 3, sizeBytes: 0xffff_fff0 },
      { path: 'NOTES.TXT', data: Buffer.from('x') },
    ]);
    const seen = await readAll(folder.file('bomb.dd', bomb));
    expect(at(seen, 'BOMB.BIN')?.data ?? null).toBeNull();
    expect(at(seen, 'NOTES.TXT').data?.toString()).toBe('x');
    const few = await readAll(folder.file('many.dd', volume), { limits: { maxEntries: 2 } });
    expect(code(few)).toContain('ARCHIVE_BOMB');
  });

  it('of noise behind its first sector names what is wrong, and nothing is half taken in', async () => {
    for (let seed = 0; seed < 6; seed++) {
      const noisy = Buffer.from(volume);
      for (let i = 0; i < 40; i++)
        noisy.writeUInt8((seed * 37 + i * 91) % 256, 512 + ((seed * 7919 + i * 4801) % 5000));
      for (const { data, entry, code: said } of files(await readAll(folder.file(`noise-${seed}.dd`, noisy))))
        expect(data !== null ? data.length === entry.sizeBytes : said !== null, entry.path).toBe(true);
    }
  });

  it('is not reached through a link', async () => {
    folder.file('real/toy.dd', volume);
    symlinkSync(join(folder.path, 'real', 'toy.dd'), join(folder.path, 'real', 'link.dd'));
    expect(at(await readAll(join(folder.path, 'real')), 'link.dd').code).toBe('LINK_SKIPPED');
  });
});

describe('a machine without sleuthkit', () => {
  it('says which programs are missing, and keeps the image as a file', () => {
    const script = join(folder.path, 'walk.mjs');
    const media = fileURLToPath(new URL('../../packages/server/dist/media/index.js', import.meta.url));
    writeFileSync(
      script,
      `import { walk, bufferAccess } from ${JSON.stringify(media)};
      for await (const entry of walk(process.argv[2])) {
        if (entry.about === 'entry') entry.descend(bufferAccess(await entry.bytes(1e9)));
        console.log(entry.path, entry.failure?.code ?? 'read');
      }`,
    );
    folder.file('in/toy.dd', volume);
    const said = execFileSync(process.execPath, [script, join(folder.path, 'in')], { env: { PATH: '/nowhere' } });
    expect(said.toString().trim().split('\n')).toEqual(['toy.dd read', 'toy.dd DISK_PROGRAM_MISSING']);
  });
});
