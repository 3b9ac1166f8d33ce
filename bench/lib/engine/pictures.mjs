// Drawn pictures of the sizes and formats that hashing is measured on, each set in a folder of its own.
import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { drawJpeg } from '../../../packages/synth/dist/index.js';
import { inRoot } from '../../../scripts/lib/repository.mjs';

const SIDES = { 1: [1156, 867], 3: [2000, 1500], 12: [4000, 3000], 24: [5656, 4242] };
const ENCODERS = {
  jpeg: (picture) => picture.jpeg({ quality: 90 }),
  png: (picture) => picture.png({ compressionLevel: 6 }),
  webp: (picture) => picture.webp({ quality: 85, effort: 2 }),
};
const HEIC_FIXTURES = ['drawn.heic', 'drawn-turned.heic'];

const rooms = new Map();
const room = async (seed, i) => {
  const key = `bench ${seed} hashing ${i}`;
  if (!rooms.has(key)) rooms.set(key, await drawJpeg({ seed: key, width: 2400, height: 1800, quality: 95 }));
  return rooms.get(key);
};

/** Files of a set: those of `--data DIR` where it has the folder, else drawn now. `format` is jpeg, png or webp. */
export const drawnSet = async (context, format, megapixels, count) => {
  const name = `hashing-${format}-${megapixels}mp`;
  const given = context.dataDir === null ? null : join(context.dataDir, name);
  const folder = given !== null && existsSync(given) ? given : join(context.tempDir, name);
  if (folder !== given) {
    mkdirSync(folder);
    const [width, height] = SIDES[megapixels];
    for (let i = 0; i < count; i += 1) {
      const window = { left: 90 * i, top: 60 * i, width: 1600, height: 1200 };
      const picture = sharp(await room(context.seed, i))
        .extract(window)
        .resize(width, height, { fit: 'fill', kernel: 'cubic' });
      writeFileSync(join(folder, `${i}.${format}`), await ENCODERS[format](picture).toBuffer());
    }
    context.say(`  drawn: ${count} x ${megapixels} MP ${format}`);
  }
  return filesOf(folder);
};

/** Nothing here writes HEIC, so the two drawn fixtures have to do. */
export const heicSet = (context) => {
  const folder = join(context.tempDir, 'hashing-heic');
  mkdirSync(folder);
  for (const name of HEIC_FIXTURES) copyFileSync(inRoot(`test/fixtures/media/${name}`), join(folder, name));
  return filesOf(folder);
};

const filesOf = (folder) => ({ folder, files: readdirSync(folder).map((name) => join(folder, name)) });
