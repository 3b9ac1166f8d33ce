// Draws the large set on which is counted what all methods confuse together: thousands of pictures of which no two show the same, many of them made to be confused.
// Each: { file, kind, subject, shows? }. What was made by itself is a subject of its own; views of one room, and photographs of one place, are one.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { drawPlanted } from '../../../packages/synth/dist/index.js';
import { TEMPLATE_KINDS } from '../../../packages/synth/dist/texture/card.js';
import { createPool } from '../../../packages/synth/dist/world/pool.js';
import { masterPath } from '../../../packages/synth/dist/world/tasks.js';
import { filesBelow } from '../../../packages/server/dist/features/compare/index.js';
import { drawTemplates } from './templates.mjs';

/** Pixels of the longer side: hashes see 64 x 64 places. */
const SIDE = 640;
/** Views of a room and cards on a template that lie nearest to one another; most rooms and templates are shown once. */
const NEAR_GROUP = 4;
/** One in so many of these is also shown on a screen, and of the prints all pages of text: little is as much alike. */
const SCREENED = 6;
const FRAMES_READ = /\.(jpe?g|png)$/i;

/**
 * `near` rooms and cards in groups, `apart` of which each is alone, `prints` cards and pages of text of which each is alone, `contents` drawings on each template of the
 * tests, screenshots of a part of the first three, the pictures of `dataDir`.
 */
export const drawMany = async ({ seed, near, apart, prints, contents, dataDir, folder, say }) => {
  const planted = [
    ...(await drawRooms({ seed, pictures: near, group: NEAR_GROUP, out: join(folder, 'near') }, say)),
    ...(await drawRooms({ seed: seed + 1, pictures: apart, group: 1, out: join(folder, 'apart') }, say)),
    ...(await drawPrints({ seed, count: prints, folder: join(folder, 'prints') }, say)),
  ];
  const pictures = planted.map(({ file, group, id, kind }) => ({
    file,
    kind,
    // Cards of one template share its frame, and nothing of what is in it.
    subject: kind === 'room' ? group : id,
  }));
  const screened = pictures.filter((_, i) => i % SCREENED === 0);
  say(`drawing ${screened.length} screenshots and ${contents} contents a template`);
  pictures.push(...(await drawScreenshots(join(folder, 'screens'), screened)));
  for (const { file, group } of await drawTemplates(join(folder, 'templates'), seed, contents))
    pictures.push({ file, kind: group, subject: file });
  if (dataDir !== null) for await (const file of photographs(dataDir)) pictures.push(photograph(file));
  return pictures;
};

/** One in so many prints is a page of text; the others are cards, each on a template of its own. */
const PAGE_EVERY = 6;

const drawPrints = async ({ seed, count, folder }, say) => {
  say(`drawing ${count} cards and pages`);
  await mkdir(folder, { recursive: true });
  const frames = Array.from({ length: count }, (_, i) => {
    const id = `print-${seed}-${i}`;
    const size = { width: SIDE, height: Math.round(SIDE * 0.75), quality: 90 };
    if (i % PAGE_EVERY === 0) return { id, seed: id, ...size, kind: 'text', template: null, templateKind: null };
    return {
      id,
      seed: id,
      ...size,
      kind: 'card',
      template: id,
      templateKind: TEMPLATE_KINDS[i % TEMPLATE_KINDS.length],
    };
  });
  const pool = createPool(folder);
  try {
    await pool.run(
      frames.map((frame) => ({ kind: 'print', frame })),
      () => {},
    );
  } finally {
    await pool.close();
  }
  return frames.map(({ id, kind }) => ({ id, kind, group: id, file: masterPath(folder, id) }));
};

/** Of a folder that is made up like the shared data those parts in which no picture is a copy of another; of any other folder all. */
const ORIGINALS = ['photos/originals', 'scenes', 'camera', 'metadata'];
export async function* photographs(dataDir) {
  const parts = ORIGINALS.map((part) => join(dataDir, part)).filter((part) => existsSync(part));
  for (const folder of parts.length > 0 ? parts : [dataDir])
    for await (const file of filesBelow(folder)) if (FRAMES_READ.test(file)) yield file;
}

export const drawRooms = async (options, say) => {
  say(`drawing ${options.pictures} rooms and cards in groups of ${options.group}`);
  const onProgress = (done, total) => done % 100 === 0 && say(`${done} of ${total} drawn`);
  return (await drawPlanted({ ...options, edited: false, side: SIDE, onProgress })).pictures;
};

/** A folder of photographs is one place, but for `originals`, which have nothing in common. */
export const photograph = (file) => {
  const folder = file.slice(0, file.lastIndexOf('/'));
  return { file, kind: 'photograph', subject: folder.endsWith('/originals') ? file : folder };
};

/** Each picture among the same interface as every third of the others. */
export const drawScreenshots = async (folder, pictures) => {
  await mkdir(folder, { recursive: true });
  const drawn = [];
  for (const [i, picture] of pictures.entries()) {
    const screen = SCREENS[i % SCREENS.length];
    const file = join(folder, `${i}.png`);
    const shown = await sharp(picture.file)
      .resize(screen.picture.width, screen.picture.height, { fit: 'inside' })
      .toBuffer();
    await sharp(Buffer.from(screen.svg))
      .composite([{ input: shown, left: screen.picture.left, top: screen.picture.top }])
      .removeAlpha()
      .png()
      .toFile(file);
    drawn.push({ ...picture, file, shows: picture.file, kind: `screenshot (${screen.name})` });
  }
  return drawn;
};

const text = (x, y, words, size, fill) =>
  words
    .map((width, i) => {
      const left = x + words.slice(0, i).reduce((sum, before) => sum + before + size * 0.5, 0);
      return `<rect x="${left}" y="${y}" width="${width}" height="${size * 0.6}" rx="2" fill="${fill}"/>`;
    })
    .join('');
const svg = (width, height, ground, body) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${ground}"/>${body}</svg>`;

const BUBBLES = [0, 1, 2].map(
  (i) =>
    `<rect x="${i === 1 ? 130 : 20}" y="${690 + i * 90}" width="330" height="70" rx="14" fill="${i === 1 ? '#dcf8c6' : '#fff'}"/>` +
    text(i === 1 ? 150 : 40, 705 + i * 90, [60, 34, 88, 47], 20, '#333') +
    text(i === 1 ? 150 : 40, 732 + i * 90, [41, 96, 30], 20, '#333'),
);
const TILES = Array.from(
  { length: 8 },
  (_, i) => `<rect x="${8 + i * 60}" y="880" width="54" height="54" fill="hsl(${i * 47},40%,${30 + i * 6}%)"/>`,
);
const LINKS = Array.from({ length: 9 }, (_, i) => text(24, 130 + i * 58, [50 + ((i * 37) % 60), 40], 22, '#5b6470'));

const SCREENS = [
  {
    name: 'chat',
    svg: svg(
      500,
      960,
      '#ece5dd',
      `<rect width="500" height="90" fill="#075e54"/><circle cx="60" cy="48" r="28" fill="#cfe0dc"/>${text(110, 40, [90, 60], 26, '#fff')}${BUBBLES.join('')}`,
    ),
    picture: { left: 20, top: 110, width: 460, height: 560 },
  },
  {
    name: 'gallery',
    svg: svg(500, 960, '#101114', `${text(30, 30, [120, 70], 26, '#ddd')}${TILES.join('')}`),
    picture: { left: 0, top: 90, width: 500, height: 760 },
  },
  {
    name: 'browser',
    svg: svg(
      900,
      680,
      '#fff',
      `<rect width="900" height="44" fill="#dfe1e5"/><rect x="14" y="8" width="220" height="36" rx="8" fill="#fff"/><rect x="110" y="54" width="640" height="30" rx="12" fill="#eef0f2"/>${text(130, 64, [80, 140, 60], 16, '#444')}${LINKS.join('')}`,
    ),
    picture: { left: 170, top: 110, width: 640, height: 540 },
  },
];
