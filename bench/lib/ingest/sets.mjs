// The sets that the ingest is measured on: drawn pictures, copies of them, and many small files, all from one seed.
import { createHash } from 'node:crypto';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { drawJpeg } from '../../../packages/synth/dist/index.js';

/** Rooms that are drawn; each picture is a window of one of them, so that no two show the same. */
const ROOMS = 40;
const FOLDER_FILES = 500;

const writeMany = async (folder, count, contentOf) => {
  for (let i = 0; i < count; i += 1) {
    const below = join(folder, String(Math.floor(i / FOLDER_FILES)).padStart(3, '0'));
    if (i % FOLDER_FILES === 0) await mkdir(below, { recursive: true });
    const { extension, bytes } = await contentOf(i);
    await writeFile(join(below, `${String(i).padStart(6, '0')}.${extension}`), bytes);
  }
};

const given = async (context, name, make) => {
  const folder = join(context.tempDir, name);
  const source = context.dataDir === null ? null : join(context.dataDir, name);
  if (source !== null && existsSync(source)) await cp(source, folder, { recursive: true });
  else await make(folder);
  return folder;
};

const drawRooms = async (context, count) => {
  const rooms = [];
  for (let i = 0; i < count; i += 1)
    rooms.push(await drawJpeg({ seed: `bench ${context.seed} ${i}`, width: 2400, height: 1800, quality: 95 }));
  return rooms;
};

/** A window of a room, enlarged or reduced to the wanted size. */
const windowOf = (room, random, width, height) => {
  const scale = 0.45 + 0.4 * random();
  const window = { width: Math.round(2400 * scale), height: Math.round(1800 * scale) };
  const left = Math.floor((2400 - window.width) * random());
  const top = Math.floor((1800 - window.height) * random());
  return sharp(room)
    .extract({ left, top, ...window })
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .jpeg({ quality: 90 })
    .toBuffer();
};

/** Numbers from 0 to 1 that follow from a text. */
const randomFrom = (text) => {
  let state = createHash('sha256').update(text).digest();
  return () => {
    state = createHash('sha256').update(state).digest();
    return state.readUInt32BE(0) / 2 ** 32;
  };
};

/** `new`: half 0.3, half 12 megapixels, in turn. */
export const newPictures = (context, count) =>
  given(context, 'new', async (folder) => {
    const rooms = await drawRooms(context, ROOMS);
    await writeMany(folder, count, async (i) => {
      const [width, height] = i % 2 === 0 ? [640, 480] : [4000, 3000];
      const random = randomFrom(`${context.seed} ${i}`);
      if (i % 100 === 99) context.say(`drawn ${i + 1} of ${count} pictures`);
      return { extension: 'jpg', bytes: await windowOf(rooms[Math.floor(random() * ROOMS)], random, width, height) };
    });
  });

const KNOWN_BYTES = 64 * 1024;

/** A picture filled up to 64 kB with bytes that no decoder reads. */
const filled = (jpeg) => {
  if (jpeg.length > KNOWN_BYTES) throw new Error('a drawn picture is larger than 64 kB');
  const whole = Buffer.alloc(KNOWN_BYTES);
  jpeg.copy(whole);
  return whole;
};

/** `known` and `duplicates`: 64 kB files, each of the second a copy of one of the first. */
export const duplicates = async (context, { known, count }) => {
  const rooms = await drawRooms(context, 4);
  const contents = [];
  for (let i = 0; i < known; i += 1) {
    const random = randomFrom(`${context.seed} known ${i}`);
    contents.push(filled(await windowOf(rooms[i % rooms.length], random, 400, 300)));
  }
  const contentOf = (i) => ({ extension: 'jpg', bytes: contents[i % known] });
  return {
    known: await given(context, 'known', (folder) => writeMany(folder, known, contentOf)),
    duplicates: await given(context, 'duplicates', (folder) => writeMany(folder, count, contentOf)),
  };
};

/** `small`: distinct files of 1 to 3 kB that are no pictures, so that what is measured is the way into the store. */
export const smallFiles = (context, count) =>
  given(context, 'small', (folder) =>
    writeMany(folder, count, (i) => ({
      extension: 'txt',
      bytes: Buffer.from(`postcard ${context.seed} ${i}\n${'A view of the harbour. '.repeat(40 + (i % 90))}`),
    })),
  );

/** Reads every file once, so that the page cache is warm; answers how many there are. */
export const warm = (folder) => {
  const files = filesBelow(folder);
  for (const file of files) readFileSync(file);
  return files.length;
};

export const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
