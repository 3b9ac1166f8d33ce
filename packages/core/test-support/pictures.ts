// Decoding and editing for tests, as the media pipeline decodes and as files are edited in the wild.
import sharp, { type Sharp } from 'sharp';
import { lumaFromRgb } from '../src/kernels/index.js';
import { pictureSignals } from '../src/signals/index.js';
import type { ComparableMedia } from '../src/graph/index.js';
import type { Random } from './random.js';

export const render = (svg: string): Promise<Buffer> =>
  sharp(Buffer.from(svg)).flatten({ background: '#fff' }).png().toBuffer();

let serial = 0;

/** What is known of a picture, under a digest of its own. */
export const mediaOf = async (file: Buffer | string): Promise<ComparableMedia> => {
  const { data, info } = await sharp(file)
    .autoOrient()
    .resize(1024, 1024, { fit: 'inside', kernel: 'cubic', withoutEnlargement: true })
    .flatten({ background: '#808080' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const luma = info.channels === 1 ? data : lumaFromRgb(data, info.channels as 3 | 4);
  return {
    sha256: (++serial).toString(16).padStart(64, '0'),
    signals: pictureSignals(luma, info.width, info.height),
  };
};

const jpeg = (picture: Sharp, quality: number): Promise<Buffer> => picture.jpeg({ quality }).toBuffer();
const png = (picture: Sharp): Promise<Buffer> => picture.png({ compressionLevel: 1 }).toBuffer();

const scaled = async (file: Buffer, factor: number): Promise<Buffer> => {
  const { width, height } = await sharp(file).metadata();
  return png(sharp(file).resize(Math.round(width * factor), Math.round(height * factor), { fit: 'fill' }));
};

/** Pastes over `area` of the picture: a round face, or a plate with letters. */
const pasted = async (file: Buffer, kind: 'face' | 'plate', area: number, random: Random): Promise<Buffer> => {
  const { width, height } = await sharp(file).metadata();
  let body: string;
  if (kind === 'face') {
    const radius = Math.sqrt(area * width * height) / 2;
    const [x, y] = [random.between(radius, width - radius), random.between(radius, height - radius)];
    body = `<circle cx="${x}" cy="${y}" r="${radius}" fill="#ffcf3f"/><circle cx="${x - radius * 0.35}" cy="${y - radius * 0.2}" r="${radius * 0.13}"/><circle cx="${x + radius * 0.35}" cy="${y - radius * 0.2}" r="${radius * 0.13}"/>`;
  } else {
    const boxWidth = Math.min(width * 0.94, Math.sqrt(area * width * height * 10));
    const boxHeight = (area * width * height) / boxWidth;
    const [x, y] = [random.between(0, width - boxWidth), random.between(0, height - boxHeight)];
    body = `<rect x="${x}" y="${y}" width="${boxWidth}" height="${boxHeight}" fill="${random.pick(['#fff', '#111'])}" opacity="0.75"/>`;
    for (let i = 0; i < 14; i++)
      body += `<rect x="${x + (boxWidth * (i + 0.5)) / 15}" y="${y + boxHeight * 0.25}" width="${boxWidth / 28}" height="${boxHeight * 0.5}" fill="#c22"/>`;
  }
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${body}</svg>`;
  return png(sharp(file).composite([{ input: Buffer.from(svg) }]));
};

export type Edit = (file: Buffer, random: Random) => Promise<Buffer>;

/** What whole-picture methods must see through. */
export const FLOOR_EDITS: Readonly<Record<string, Edit>> = {
  'JPEG quality 30': (file) => jpeg(sharp(file), 30),
  'scale 0.4, quality 30': async (file) => jpeg(sharp(await scaled(file, 0.4)), 30),
  'rotated 90': (file) => jpeg(sharp(file).rotate(90), 80),
  'rotated 180': (file) => jpeg(sharp(file).rotate(180), 80),
  'rotated 270': (file) => jpeg(sharp(file).rotate(270), 80),
  mirrored: (file) => jpeg(sharp(file).flop(), 80),
  flipped: (file) => jpeg(sharp(file).flip(), 80),
  transposed: async (file) => jpeg(sharp(await png(sharp(file).rotate(90))).flop(), 80),
  transversed: async (file) => jpeg(sharp(await png(sharp(file).rotate(90))).flip(), 80),
  'messenger twice': async (file) => {
    const once = await jpeg(sharp(file).resize(1280, 1280, { fit: 'inside', withoutEnlargement: true }), 70);
    return jpeg(sharp(once).resize(800, 800, { fit: 'inside', withoutEnlargement: true }), 50);
  },
  'emoji over 5 %': async (file, random) => jpeg(sharp(await pasted(file, 'face', 0.05, random)), 80),
  'caption over 5 %': async (file, random) => jpeg(sharp(await pasted(file, 'plate', 0.05, random)), 80),
  'rotated, emoji, scale 0.4, quality 30': async (file, random) =>
    jpeg(sharp(await scaled(await pasted(await png(sharp(file).rotate(90)), 'face', 0.05, random), 0.4)), 30),
};
