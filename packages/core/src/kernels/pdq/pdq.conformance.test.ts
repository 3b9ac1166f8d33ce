// Agreement with the public reference: every vector that is here, printed as a table (distance of the hash, quality, verdict).
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  distanceBits256,
  HASH_BYTES,
  hashFromHex,
  lumaFromRgb,
  ORIENTATIONS,
  pdqFromLuma,
  type Orientation,
  type PdqHashes,
} from '../index.js';

const core = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const shared = process.env['REDTHREAD_SHARED'] ?? resolve(core, '../../../shared');
const publicVectors = join(shared, 'conformance/pdq');

// The reference's own rule: another decoder or scaler may differ by 10 bits; nothing is asserted under quality 50.
const TOLERANCE_BITS = 10;
const ASSERTED_QUALITY = 50;

interface Vector {
  readonly name: string;
  readonly hash: Uint8Array;
  readonly quality: number;
}

/** Rows of a reference table: the first field names it, the last two are hash and quality. */
const readVectors = (file: string): Vector[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const fields = line.trim().split(',');
      return { name: fields[0]!, hash: hashFromHex(fields.at(-2)!), quality: Number(fields.at(-1)) };
    });

/** Pixels as stored: the reference looks neither at the EXIF orientation nor at alpha. */
const hashFile = async (file: string): Promise<PdqHashes> => {
  const { space } = await sharp(file).metadata();
  if (space === 'cmyk') return hashInks(file);
  const picture = sharp(file).toColourspace('srgb').removeAlpha().raw();
  const { data, info } = await picture.toBuffer({ resolveWithObject: true });
  return pdqFromLuma(info.channels === 1 ? data : lumaFromRgb(data, 3), info.width, info.height);
};

/** Ink as the reference reads it: (255 - c)(255 - k) / 255, without a profile. */
const hashInks = async (file: string): Promise<PdqHashes> => {
  const inks = sharp(file).pipelineColourspace('cmyk').toColourspace('cmyk').raw();
  const { data, info } = await inks.toBuffer({ resolveWithObject: true });
  const rgb = Uint8Array.from({ length: (data.length / 4) * 3 }, (_, i) => {
    const pixel = 4 * Math.floor(i / 3);
    return Math.floor(((255 - data[pixel + (i % 3)]!) * (255 - data[pixel + 3]!)) / 255);
  });
  return pdqFromLuma(lumaFromRgb(rgb), info.width, info.height);
};

const printTable = (title: string, rows: readonly (readonly string[])[]): void => {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  const lines = rows.map((row) => row.map((cell, i) => cell.padEnd(widths[i]!)).join('  '));
  process.stdout.write(`\n${title}\n${lines.join('\n')}\n`);
};

const checkFolder = async (title: string, folder: string): Promise<void> => {
  const rows = [['picture', 'bits', 'quality', 'reference', '']];
  const wrong: string[] = [];
  for (const { name, hash, quality } of readVectors(join(folder, 'expected.csv'))) {
    const ours = await hashFile(join(folder, name));
    const bits = distanceBits256(ours.hashes, hash);
    const asserted = quality >= ASSERTED_QUALITY;
    if (asserted && bits > TOLERANCE_BITS) wrong.push(name);
    const verdict = asserted ? (bits > TOLERANCE_BITS ? 'WRONG' : 'ok') : 'not asserted';
    rows.push([name, String(bits), String(ours.quality), String(quality), verdict]);
    if (asserted) expect(Math.abs(ours.quality - quality), name).toBeLessThanOrEqual(1);
  }
  printTable(title, rows);
  expect(wrong).toEqual([]);
};

/** The reference turns counter-clockwise and calls a mirroring by the axis it keeps. */
const REFERENCE_NAMES: Readonly<Record<Orientation, string>> = {
  upright: 'original',
  rotate90: 'rotate270',
  rotate180: 'rotate180',
  rotate270: 'rotate90',
  mirror: 'flipy',
  flip: 'flipx',
  transpose: 'flip-plus-1',
  transverse: 'flip-minus-1',
};

describe('PDQ against the reference', () => {
  it('agrees on the pictures drawn for this project', async () => {
    await checkFolder('PDQ: own pictures', join(core, 'test-fixtures/pdq-own'));
  });

  if (!existsSync(publicVectors)) {
    process.stdout.write(`\nPDQ: public vectors SKIPPED, no ${publicVectors} (set REDTHREAD_SHARED)\n`);
  }

  it.skipIf(!existsSync(publicVectors))('agrees on the public pictures', async () => {
    await checkFolder('PDQ: public pictures', publicVectors);
  });

  it.skipIf(!existsSync(publicVectors))('agrees on the eight orientations of one DCT', async () => {
    const expected = new Map(readVectors(join(publicVectors, 'dihedral-expected.csv')).map((row) => [row.name, row]));
    const { hashes } = await hashFile(join(publicVectors, 'dih/bridge-1-original.jpg'));
    const rows = [['orientation', 'reference calls it', 'bits']];
    ORIENTATIONS.forEach((orientation, k) => {
      const vector = expected.get(REFERENCE_NAMES[orientation])!;
      const bits = distanceBits256(hashes, vector.hash, k * HASH_BYTES);
      rows.push([orientation, vector.name, String(bits)]);
      expect(bits, orientation).toBeLessThanOrEqual(TOLERANCE_BITS);
    });
    printTable('PDQ: eight orientations', rows);
  });
});
