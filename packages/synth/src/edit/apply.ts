// Applies a chain of edits to a picture and writes the file: deterministic for a given chain and version of sharp.
import sharp from 'sharp';
import { createRandom } from '../random/random.js';
import { drawText, textWidth } from '../text/font.js';
import { greeting, remark } from '../text/words.js';
import type { Edit, Orientation } from './edits.js';
import { close, encode, open, overlaySvg, type Raw } from './raw.js';
import { screenPhoto, screenshot } from './screen.js';
import { emojiOverlay, textOverlay } from './sticker.js';

/** Brings the pictures of other frames for a collage. */
export type LoadFrame = (frame: string) => Promise<Raw>;

/** Pixels that a viewer who honours the EXIF tag would show for stored pixels. */
export const orient = async (raw: Raw, orientation: Orientation): Promise<Raw> => {
  const image = open(raw);
  // sharp mirrors before it turns, whatever the order of the calls: the two diagonal mirrors take two steps.
  switch (orientation) {
    case 1:
      return raw;
    case 2:
      return close(image.flop());
    case 3:
      return close(image.rotate(180));
    case 4:
      return close(image.flip());
    case 5:
      return close(open(await close(image.rotate(90))).flop());
    case 6:
      return close(image.rotate(90));
    case 7:
      return close(open(await close(image.rotate(270))).flop());
    case 8:
      return close(image.rotate(270));
  }
};

const INVERSE: Readonly<Record<Orientation, Orientation>> = { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6 };

const tilt = async (raw: Raw, degrees: number): Promise<Raw> => {
  const turned = await close(open(raw).rotate(degrees, { background: '#000' }));
  const radians = (Math.abs(degrees) * Math.PI) / 180;
  // Largest upright rectangle of the same shape inside the turned one.
  const k = 1 / (Math.cos(radians) + Math.sin(radians) * Math.max(raw.width / raw.height, raw.height / raw.width));
  const [w, h] = [Math.floor(raw.width * k), Math.floor(raw.height * k)];
  return close(
    open(turned).extract({ left: (turned.width - w) >> 1, top: (turned.height - h) >> 1, width: w, height: h }),
  );
};

const captionBar = async (raw: Raw, seed: string): Promise<Raw> => {
  const random = createRandom(seed);
  const bar = Math.round(raw.height * random.range(0.12, 0.2));
  const light = random.chance(0.6);
  const top = random.chance(0.6);
  const extended = await close(
    open(raw).extend({ top: top ? bar : 0, bottom: top ? 0 : bar, background: light ? '#fff' : '#101010' }),
  );
  const text = random.chance(0.5) ? greeting(random) : remark(random);
  const size = Math.min(bar * 0.4, (raw.width * 0.9) / textWidth(text, 1));
  const y = (top ? 0 : raw.height) + bar / 2 + size / 2;
  return overlaySvg(
    extended,
    drawText(text, (raw.width - textWidth(text, size)) / 2, y, { colour: light ? '#111' : '#fff', size, weight: 0.16 }),
  );
};

const collage = async (raw: Raw, others: readonly Raw[], seed: string): Promise<Raw> => {
  const random = createRandom(seed);
  const all = random.shuffle([raw, ...others]);
  const columns = all.length > 3 ? 2 : all.length;
  const rows = Math.ceil(all.length / columns);
  const cell = { width: columns === 3 ? 400 : 560, height: 420 };
  const gap = random.int(4, 16);
  const width = columns * cell.width + (columns + 1) * gap;
  const height = rows * cell.height + (rows + 1) * gap;
  const parts = await Promise.all(
    all.map(async (picture, i) => ({
      input: await open(picture)
        .resize(cell.width, cell.height, { fit: 'cover' })
        .png({ compressionLevel: 0 })
        .toBuffer(),
      left: gap + (i % columns) * (cell.width + gap),
      top: gap + Math.floor(i / columns) * (cell.height + gap),
    })),
  );
  return close(
    sharp({
      create: { width, height, channels: 3, background: random.pick(['#ffffff', '#111111', '#e8dfd0']) },
    }).composite(parts),
  );
};

const shrink = (raw: Raw, factor: number): Promise<Raw> =>
  close(
    open(raw).resize(Math.max(16, Math.round(raw.width * factor)), Math.max(16, Math.round(raw.height * factor)), {
      fit: 'fill',
      kernel: 'cubic',
    }),
  );

const applyPixels = async (raw: Raw, edit: Edit, load: LoadFrame): Promise<Raw> => {
  switch (edit.kind) {
    case 'reencode':
      return raw;
    case 'scale':
      return shrink(raw, edit.factor);
    case 'messenger': {
      const k = edit.maxSide / Math.max(raw.width, raw.height);
      return k < 1 ? shrink(raw, k) : raw;
    }
    case 'orient':
      return orient(raw, edit.orientation);
    case 'orientation-tag':
      return orient(raw, INVERSE[edit.orientation]);
    case 'overlay': {
      const random = createRandom(edit.seed);
      const svg = edit.what === 'text' ? textOverlay(random, raw, edit.area) : emojiOverlay(random, raw, edit.area);
      return overlaySvg(raw, svg);
    }
    case 'crop': {
      const left = Math.round(raw.width * edit.left);
      const top = Math.round(raw.height * edit.top);
      return close(
        open(raw).extract({
          left,
          top,
          width: raw.width - left - Math.round(raw.width * edit.right),
          height: raw.height - top - Math.round(raw.height * edit.bottom),
        }),
      );
    }
    case 'tilt':
      return tilt(raw, edit.degrees);
    case 'caption-bar':
      return captionBar(raw, edit.seed);
    case 'screenshot':
      return screenshot(raw, edit.seed);
    case 'screen-photo':
      return screenPhoto(raw, edit.seed);
    case 'collage':
      return collage(raw, await Promise.all(edit.frames.map(load)), edit.seed);
  }
};

/** The file that results; a chain without a closing encoding is written as JPEG of quality 88. */
export const applyEdits = async (original: Raw, edits: readonly Edit[], load: LoadFrame): Promise<Buffer> => {
  let raw = original;
  let file: Buffer | undefined;
  for (const edit of edits) {
    if (file) raw = await close(sharp(file));
    raw = await applyPixels(raw, edit, load);
    file = undefined;
    if (edit.kind === 'reencode') file = await encode(raw, edit.format, edit.quality);
    if (edit.kind === 'messenger') file = await encode(raw, 'jpeg', edit.quality);
  }
  return file ?? encode(raw, 'jpeg', 88);
};
