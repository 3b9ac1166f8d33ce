// Hostile and broken files for tests: everything here is harmless to hold and small on disk.
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { crc32 } from '../archive/crc32.js';
import { createTar, gzip } from '../archive/tar.js';
import { createZip, type ZipEntry } from '../archive/zip.js';
import { drawJpeg } from '../picture.js';
import { createRandom } from '../random/random.js';
import { WORLD_FROM_MS } from './clock.js';

export interface BadFile {
  /** Relative to the folder. */
  readonly name: string;
  /** What is wrong, in one line. */
  readonly fault: string;
  /** Code of the error catalogue that a reader should give it, or null where the file is merely odd. */
  readonly code: string | null;
}

const MEBIBYTE = 1024 * 1024;
const entry = (name: string | Buffer, data: Buffer, more: Partial<ZipEntry> = {}): ZipEntry => ({
  name,
  data,
  modifiedMs: WORLD_FROM_MS,
  ...more,
});

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, tail]);
};

/** A grey PNG that claims `side` x `side` pixels; its data ends after a few rows. */
export const pixelBomb = (side: number): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc((side + 1) * 8));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

/** A ZIP whose only entry expands to `megabytes`; its headers tell the truth about it. */
export const zipBomb = (megabytes: number): Buffer =>
  createZip([entry('flat.bin', Buffer.alloc(megabytes * MEBIBYTE), { compress: true })]);

const nestedZip = (depth: number, core: Buffer): Buffer => {
  let inner = core;
  for (let i = 0; i < depth; i++) inner = createZip([entry(i === 0 ? 'card.jpg' : `level-${i}.zip`, inner)]);
  return inner;
};

/** Writes the set into `folder` and says what each is. */
export const drawBadFiles = async (folder: string): Promise<BadFile[]> => {
  await mkdir(folder, { recursive: true });
  const random = createRandom('bad-files');
  const jpeg = await drawJpeg({ seed: 'bad-files', width: 480, height: 360 });
  const noise = Buffer.from(Array.from({ length: 4096 }, () => random.int(0, 255)));
  const text = Buffer.from('A list of stamps and nothing else.\n');
  const files: BadFile[] = [];
  const write = async (name: string, fault: string, code: string | null, data: Buffer): Promise<void> => {
    await writeFile(join(folder, name), data);
    files.push({ name, fault, code });
  };

  await write('empty.jpg', 'no bytes at all', 'FILE_EMPTY', Buffer.alloc(0));
  await write(
    'truncated.jpg',
    'ends in the middle of its pixels',
    'IMAGE_TRUNCATED',
    jpeg.subarray(0, Math.floor(jpeg.length / 2)),
  );
  await write(
    'damaged.jpg',
    'a JPEG whose tables were overwritten',
    'IMAGE_CORRUPT',
    Buffer.concat([jpeg.subarray(0, 12), noise.subarray(0, 1500)]),
  );
  await write('random.jpg', 'random bytes named as a picture', null, noise);
  await write('text.png', 'text named as a picture', 'TYPE_MISMATCH', text);
  await write('picture.txt', 'a JPEG named as text', 'TYPE_MISMATCH', jpeg);
  await write('pixel-bomb.png', 'claims 50,000 x 50,000 pixels', 'IMAGE_TOO_LARGE', pixelBomb(50_000));

  await write(
    'password.zip',
    'its entry is protected by a password',
    'ARCHIVE_ENCRYPTED',
    createZip([
      entry('secret.jpg', Buffer.concat([noise.subarray(0, 12), jpeg]), {
        protectedFlag: true,
        claimedSize: jpeg.length,
      }),
      entry('open.txt', text),
    ]),
  );
  await write(
    'slip.zip',
    'names point outside',
    'PATH_HOSTILE',
    createZip([
      entry('../../outside.jpg', jpeg),
      entry('a/../../b.txt', text),
      entry('..\\..\\windows.txt', text),
      entry('good/inside.txt', text),
    ]),
  );
  await write(
    'absolute.zip',
    'names are absolute',
    'PATH_HOSTILE',
    createZip([entry('/etc/postcards.txt', text), entry('C:\\postcards.txt', text)]),
  );
  await write(
    'odd-names.zip',
    'names with control, long and non-UTF-8 characters',
    null,
    createZip([
      entry(Buffer.from([0x62, 0xff, 0xfe, 0x2e, 0x74, 0x78, 0x74]), text),
      entry('line\nbreak.txt', text),
      entry(`${'long-'.repeat(120)}.txt`, text),
      entry('right\u202Egpj.txt', text),
    ]),
  );
  await write(
    'link.zip',
    'a symbolic link to a file outside',
    'LINK_SKIPPED',
    createZip([entry('link', Buffer.from('/etc/hostname'), { unixMode: 0o120777 }), entry('plain.txt', text)]),
  );
  await write(
    'link.tar',
    'a symbolic link to a file outside',
    'LINK_SKIPPED',
    createTar([
      { name: 'link', data: Buffer.alloc(0), modifiedMs: WORLD_FROM_MS, linkTo: '/etc/hostname' },
      { name: 'plain.txt', data: text, modifiedMs: WORLD_FROM_MS },
    ]),
  );
  await write(
    'slip.tar.gz',
    'names point outside',
    'PATH_HOSTILE',
    gzip(
      createTar([
        { name: '../outside.txt', data: text, modifiedMs: WORLD_FROM_MS },
        { name: '/absolute.txt', data: text, modifiedMs: WORLD_FROM_MS },
      ]),
    ),
  );
  await write('bomb.zip', 'expands a thousandfold to 512 MiB', 'ARCHIVE_BOMB', zipBomb(512));
  await write(
    'liar.zip',
    'claims 10 bytes and holds a megabyte',
    'ARCHIVE_BOMB',
    createZip([entry('liar.bin', Buffer.alloc(MEBIBYTE), { compress: true, claimedSize: 10 })]),
  );
  await write('deep.zip', 'forty archives inside each other', 'ARCHIVE_TOO_DEEP', nestedZip(40, jpeg));
  const whole = createZip([entry('first.jpg', jpeg), entry('second.jpg', jpeg)]);
  await write(
    'cut.zip',
    'ends before its directory',
    'ARCHIVE_CORRUPT',
    whole.subarray(0, Math.floor(whole.length * 0.6)),
  );
  await write(
    'cut.tar.gz',
    'its compressed stream ends early',
    'ARCHIVE_CORRUPT',
    gzip(createTar([{ name: 'first.jpg', data: jpeg, modifiedMs: WORLD_FROM_MS }])).subarray(0, 9000),
  );
  await symlink('/etc/hostname', join(folder, 'link-out'));
  files.push({ name: 'link-out', fault: 'a symbolic link that leaves the folder', code: 'LINK_SKIPPED' });
  return files;
};
