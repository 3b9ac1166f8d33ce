// Exhibits for the browser tests: drawn rooms, copies of them as files are in the wild, and files that cannot be read.
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { drawBadFiles } from '@redthread/synth';
import { drawnRoom } from '../../support/drawn.js';

const SIZE = { width: 640, height: 480 };

export interface Exhibits {
  readonly first: string;
  readonly second: string;
  /** Taken in while the browser watches. */
  readonly watched: string;
  /** Digests for a list, one a line. */
  readonly list: string;
}

const COPIES: readonly ((jpeg: Buffer) => Promise<Buffer>)[] = [
  (jpeg) => sharp(jpeg).jpeg({ quality: 40 }).toBuffer(),
  (jpeg) => sharp(jpeg).resize(400).jpeg({ quality: 75 }).toBuffer(),
  (jpeg) => sharp(jpeg).rotate(90).jpeg().toBuffer(),
];

const folderOf = async (root: string, name: string): Promise<string> => {
  const folder = join(root, name, 'DCIM', '100PHOTO');
  await mkdir(folder, { recursive: true });
  return folder;
};

/** `distinct` drawn pictures; `many` files in the exhibit that is watched. */
export const drawExhibits = async (root: string, distinct: number, many: number): Promise<Exhibits> => {
  const pictures: Buffer[] = [];
  for (let seed = 0; seed < distinct; seed += 1) pictures.push(await drawnRoom({ seed: `e2e-${seed}`, ...SIZE }));
  const [first, second, watched] = await Promise.all(
    ['first', 'second', 'watched'].map((name) => folderOf(root, name)),
  );
  if (first === undefined || second === undefined || watched === undefined) throw new Error('no folder');
  await Promise.all(pictures.map((jpeg, i) => writeFile(join(first, `IMG_${1000 + i}.jpg`), jpeg)));
  await writeFile(join(first, 'IMG_0001 (copy).jpg'), pictures[0] ?? '');
  await drawBadFiles(join(root, 'first', 'Downloads'));
  const half = pictures.slice(0, Math.ceil(distinct / 2));
  await Promise.all(
    half.map(async (jpeg, i) => {
      const copy = COPIES[i % COPIES.length];
      if (copy !== undefined) await writeFile(join(second, `photo-${i}.jpg`), i % 5 === 0 ? jpeg : await copy(jpeg));
    }),
  );
  for (let i = 0; i < many; i += 1) {
    const jpeg = await sharp(pictures[i % distinct])
      .jpeg({ quality: 30 + ((i * 7) % 65) })
      .withMetadata({ exif: { IFD0: { ImageDescription: `card ${i}` } } })
      .toBuffer();
    await writeFile(join(watched, `DSC_${2000 + i}.jpg`), jpeg);
  }
  const list = join(root, 'catalogue.txt');
  const digests = pictures.slice(0, 3).map((jpeg) => createHash('sha256').update(jpeg).digest('hex'));
  await writeFile(list, `${digests.join('\n')}\n`);
  return { first: join(root, 'first'), second: join(root, 'second'), watched: join(root, 'watched'), list };
};
