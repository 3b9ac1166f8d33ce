// Every format through the real decoder child; what is damaged, mislabelled or too large gets its code and harms nothing else.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { deflateSync, crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { lumaFromRgb, pdqFromLuma } from '@redthread/core/kernels';
import { localFeatures, pdq, signalOf, type Signal } from '@redthread/core/signals';
import { jpegStructure } from '@redthread/core/traces';
import {
  createDecoder,
  identify,
  isTransientFailure,
  type MeasuredImage,
} from '../../packages/server/src/media/index.js';
import { distanceBits, drawn, hashAt } from './media-pictures.js';

const decoder = createDecoder();
afterAll(() => decoder.close());

const decode = (bytes: Buffer) => decoder.decode(bytes, { mime: identify(bytes).mime });
const refusal = (bytes: Buffer, mime = identify(bytes).mime) =>
  decoder.decode(bytes, { mime }).then(
    () => 'decoded',
    (error: { code: string }) => error.code,
  );
const pdqOf = ({ signals }: MeasuredImage): Signal => {
  const signal = signalOf(signals, pdq);
  if (signal === undefined) throw new Error('no pdq');
  return signal;
};

const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/media/${name}`, import.meta.url));

describe('every format', () => {
  it.each([
    ['jpeg', (picture: Sharp) => picture.jpeg()],
    ['png', (picture: Sharp) => picture.png()],
    ['webp', (picture: Sharp) => picture.webp()],
    ['gif', (picture: Sharp) => picture.gif()],
    ['tiff', (picture: Sharp) => picture.tiff({ compression: 'lzw' })],
    ['avif', (picture: Sharp) => picture.avif()],
  ])('decodes %s', async (format, encode) => {
    const reference = await decode(await drawn(600, 400).png().toBuffer());
    const image = await decode(await encode(drawn(600, 400)).toBuffer());
    expect(image).toMatchObject({ format, widthPx: 600, heightPx: 400, orientation: 1, pageCount: 1, notes: [] });
    expect(image.clear).toMatchObject({ mime: 'image/jpeg', widthPx: 600, heightPx: 400 });
    expect(image.decoder).toMatchObject({ name: 'sharp', version: sharp.versions.sharp });
    expect(pdqOf(image).quality).toBeGreaterThanOrEqual(50);
    expect(pdqOf(image).value).toHaveLength(256);
    expect(image.signals.map(({ method }) => method)).toEqual(['pdq', 'edge-hash', 'luma-grid']);
    const distance = distanceBits(hashAt(pdqOf(image).value, 0), hashAt(pdqOf(reference).value, 0));
    expect(distance).toBeLessThanOrEqual(20);
  });

  it('decodes HEIC, and applies its own rotation', async () => {
    const upright = await decode(fixture('drawn.heic'));
    expect(upright).toMatchObject({ format: 'heic', widthPx: 320, heightPx: 240, hasAlpha: false });
    expect(upright.decoder.name).toBe('heic-decode');
    const turned = await decode(fixture('drawn-turned.heic'));
    expect(turned).toMatchObject({ widthPx: 240, heightPx: 320 });
    expect(distanceBits(hashAt(pdqOf(upright).value, 3), hashAt(pdqOf(turned).value, 0))).toBeLessThan(20);
  });

  it('counts the frames of an animation and the pages of a TIFF, and decodes the first', async () => {
    const frames = await Promise.all([200, 100, 50].map((grey) => flat(64, 64, grey).png().toBuffer()));
    const gif = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    expect(await decode(gif)).toMatchObject({ format: 'gif', pageCount: 3, widthPx: 64, heightPx: 64 });
    const webp = await sharp(frames, { join: { animated: true } })
      .webp()
      .toBuffer();
    expect(await decode(webp)).toMatchObject({ format: 'webp', pageCount: 3, heightPx: 64 });
  });

  it('reads grey, 16-bit and CMYK pictures', async () => {
    expect((await decode(await drawn(300, 200).greyscale().png().toBuffer())).widthPx).toBe(300);
    expect((await decode(await drawn(300, 200).toColourspace('rgb16').png().toBuffer())).widthPx).toBe(300);
    expect((await decode(await drawn(300, 200).toColourspace('cmyk').jpeg().toBuffer())).widthPx).toBe(300);
  });

  it('flattens alpha on neutral grey', async () => {
    const clear = { r: 255, g: 0, b: 0, alpha: 0 };
    const png = await sharp({ create: { width: 40, height: 40, channels: 4, background: clear } })
      .png()
      .toBuffer();
    const image = await decode(png);
    expect(image.hasAlpha).toBe(true);
    const { data } = await sharp(image.clear.bytes).raw().toBuffer({ resolveWithObject: true });
    for (const value of data) expect(Math.abs(value - 128)).toBeLessThanOrEqual(2);
  });
});

describe('renditions', () => {
  it('are small, upright, without metadata, and never enlarged', async () => {
    const source = drawn(4000, 3000).withMetadata({ orientation: 6, exif: { IFD0: { Artist: 'nobody' } } });
    const image = await decode(await source.jpeg().toBuffer());
    expect(image).toMatchObject({ widthPx: 3000, heightPx: 4000, orientation: 6 });
    const clear = await sharp(image.clear.bytes).metadata();
    expect(clear.exif).toBeUndefined();
    expect(clear.orientation).toBeUndefined();
    expect(Math.max(clear.width, clear.height)).toBeLessThanOrEqual(1024);
    expect(Math.max(clear.width, clear.height)).toBeGreaterThanOrEqual(768);
    expect(clear.height).toBeGreaterThan(clear.width);
    const tiny = await decode(await drawn(30, 20).png().toBuffer());
    expect(tiny.clear).toMatchObject({ widthPx: 30, heightPx: 20 });
    expect(tiny.veiled).toMatchObject({ widthPx: 30, heightPx: 20 });
  });

  it('keep about 64 px of grey information in the veiled one', async () => {
    const stripes = sharp(Buffer.from(Array.from({ length: 800 * 600 }, (_, i) => (i % 2 ? 0 : 255))), {
      raw: { width: 800, height: 600, channels: 1 },
    });
    const { veiled } = await decode(await stripes.png().toBuffer());
    const metadata = await sharp(veiled.bytes).metadata();
    expect(metadata).toMatchObject({ width: 64, height: 48, channels: 1 });
    const { channels } = await sharp(veiled.bytes).stats();
    expect(channels[0]!.stdev).toBeLessThan(4); // nothing is left of black and white stripes
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('undo EXIF orientation %i', async (orientation) => {
    const upright = await decode(await drawn(480, 320).png().toBuffer());
    const turned = await storedAs(orientation);
    const image = await decode(turned);
    expect(image).toMatchObject({ orientation, widthPx: 480, heightPx: 320 });
    expect(distanceBits(hashAt(pdqOf(image).value, 0), hashAt(pdqOf(upright).value, 0))).toBeLessThan(20);
  });

  it('gives the hash of each of the eight orientations', async () => {
    const upright = await decode(await drawn(480, 320).png().toBuffer());
    const turned = await decode(
      await sharp(await drawn(480, 320).png().toBuffer())
        .rotate(90)
        .png()
        .toBuffer(),
    );
    const mirrored = await decode(await drawn(480, 320).flop().png().toBuffer());
    expect(distanceBits(hashAt(pdqOf(upright).value, 1), hashAt(pdqOf(turned).value, 0))).toBeLessThan(20);
    expect(distanceBits(hashAt(pdqOf(upright).value, 4), hashAt(pdqOf(mirrored).value, 0))).toBeLessThan(20);
  });

  it('shrinks a JPEG while loading without losing its PDQ', async () => {
    const full = await decode(await drawn(4032, 3024).png().toBuffer());
    const fast = await decode(await drawn(4032, 3024).jpeg({ quality: 85 }).toBuffer());
    expect(distanceBits(hashAt(pdqOf(full).value, 0), hashAt(pdqOf(fast).value, 0))).toBeLessThan(16);
  });
});

describe('measuring alone', () => {
  const measure = (bytes: Buffer, isExact = false) => decoder.measure(bytes, { mime: identify(bytes).mime, isExact });

  it('yields the signals without renditions, and local features besides', async () => {
    const png = await drawn(1600, 1200).png().toBuffer();
    const { signals, decoder: measured } = await measure(png);
    const image = await decode(png);
    expect(signals.filter(({ method }) => method !== localFeatures.name)).toEqual(image.signals);
    expect(signals).toHaveLength(image.signals.length + 1);
    expect(measured).toEqual(image.decoder);
  });

  it('yields the same local features alone', async () => {
    for (const bytes of [await drawn(1600, 1200).png().toBuffer(), await drawn(4000, 3000).jpeg().toBuffer()]) {
      const mime = identify(bytes).mime;
      const [all, alone] = [await decoder.measure(bytes, { mime }), await decoder.features(bytes, { mime })];
      expect(alone.signals).toEqual(all.signals.filter(({ method }) => method === localFeatures.name));
      expect(alone.decoder).toEqual(all.decoder);
    }
  });

  it('reads full resolution when exact, drops alpha, and says so', async () => {
    const png = await drawn(1600, 1200).png().toBuffer();
    const image = await measure(png, true);
    const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
    const { hashes } = pdqFromLuma(lumaFromRgb(data), info.width, info.height);
    expect(pdqOf(image).value).toEqual(Buffer.from(hashes));
    expect(image.decoder.options).toContain('exact=full-resolution');
    const clear = await sharp(png).ensureAlpha(0).png().toBuffer();
    expect(pdqOf(await measure(clear, true)).value).toEqual(pdqOf(image).value);
    expect((await measure(fixture('drawn.heic'), true)).decoder.options).toContain('exact=full-resolution');
  });

  it('reads large JPEGs from their coefficients, in each EXIF orientation', async () => {
    const stored = await drawn(3200, 2400).jpeg({ quality: 85 }).toBuffer();
    for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const jpeg = await sharp(stored).keepExif().withMetadata({ orientation }).jpeg({ quality: 85 }).toBuffer();
      const [measured, image] = [await measure(jpeg), await decode(jpeg)];
      expect(measured.decoder).toMatchObject({ name: 'redthread-jpeg' });
      expect(measured).toMatchObject({ widthPx: image.widthPx, heightPx: image.heightPx, orientation, notes: [] });
      for (const k of [0, 1, 4]) {
        expect(distanceBits(hashAt(pdqOf(measured).value, k), hashAt(pdqOf(image).value, k))).toBeLessThanOrEqual(10);
      }
    }
    const cut = await measure(stored.subarray(0, Math.floor(stored.length * 0.7)));
    expect(cut).toMatchObject({ notes: ['IMAGE_TRUNCATED'], decoder: { name: 'sharp' } });
  });

  it('turns ink to light without a profile', async () => {
    const cmyk = await drawn(400, 300).toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer();
    const inks = await sharp(cmyk).pipelineColourspace('cmyk').toColourspace('cmyk').raw().toBuffer();
    const rgb = Uint8Array.from({ length: 400 * 300 * 3 }, (_, i) => {
      const pixel = 4 * Math.floor(i / 3);
      return ((255 - inks[pixel + (i % 3)]!) * (255 - inks[pixel + 3]!)) / 255;
    });
    const { hashes } = pdqFromLuma(lumaFromRgb(rgb), 400, 300);
    for (const isExact of [false, true]) expect(pdqOf(await measure(cmyk, isExact)).value).toEqual(Buffer.from(hashes));
  });
});

describe('bad input', () => {
  it('has the structure of a JPEG read in the child, also where nothing in it can be decoded', async () => {
    const bytes = await drawn(900, 600).jpeg({ quality: 80 }).toBuffer();
    // Quantisation, frame and tables are there, and of the picture only the first bytes.
    const cut = bytes.subarray(0, bytes.indexOf(Buffer.from([0xff, 0xda])) + 20);
    const structureOf = async (file: Buffer) => (await decoder.traces(file))?.structure;
    expect(await structureOf(bytes)).toEqual(jpegStructure(bytes));
    expect(await structureOf(cut)).toEqual(jpegStructure(cut));
    // The longest that there can be: as many segments as are read, none as the one before.
    const many = Array.from({ length: 5_000 }, (_, i) => Buffer.from([0xff, i % 2 === 0 ? 0xfe : 0xe5, 0, 2]));
    const long = Buffer.concat([bytes.subarray(0, 2), ...many.slice(0, 3_000), bytes.subarray(2)]);
    expect(await structureOf(long)).toEqual(jpegStructure(long));
    expect(await decoder.traces(randomBytes(64))).toEqual({ structure: null, boxes: null, marks: [] });
    expect(await decoder.traces(Buffer.alloc(0))).toBeNull();
  });

  it('decodes what is there of a truncated picture and says so', async () => {
    for (const encode of [(p: Sharp) => p.jpeg(), (p: Sharp) => p.png({ compressionLevel: 1 })]) {
      const whole = await encode(drawn(900, 600)).toBuffer();
      const image = await decode(whole.subarray(0, Math.floor(whole.length * 0.7)));
      expect(image).toMatchObject({ widthPx: 900, heightPx: 600, notes: ['IMAGE_TRUNCATED'] });
    }
  });

  it('refuses what holds nothing', async () => {
    const jpeg = await drawn(900, 600).jpeg().toBuffer();
    expect(await refusal(jpeg.subarray(0, 200))).toBe('IMAGE_CORRUPT');
    expect(await refusal(randomBytes(50_000), 'image/jpeg')).toMatch(/^IMAGE_(UNSUPPORTED|CORRUPT)$/);
    expect(await refusal(Buffer.alloc(0), 'image/jpeg')).toBe('FILE_EMPTY');
    expect(await refusal(randomBytes(5000), 'image/heic')).toBe('IMAGE_CORRUPT');
    expect(await refusal(Buffer.from('%PDF-1.7'))).toBe('IMAGE_UNSUPPORTED');
    expect(isTransientFailure('IMAGE_CORRUPT')).toBe(false);
    expect(isTransientFailure('DECODER_TIMEOUT')).toBe(true);
  });

  it('takes a PNG named or called JPEG for what it is', async () => {
    const png = await drawn(100, 80).png().toBuffer();
    expect(await decoder.decode(png, { mime: 'image/jpeg' })).toMatchObject({ format: 'png' });
  });

  it('runs no loader but those of its formats', async () => {
    const svg = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
    );
    const ppm = Buffer.from(`P6 2 2 255 ${'x'.repeat(12)}`);
    for (const bytes of [svg, ppm]) expect(await refusal(bytes, 'image/png')).toBe('IMAGE_UNSUPPORTED');
  });

  it('refuses a pixel bomb from its header', async () => {
    expect(await refusal(bombPng(60_000, 60_000))).toBe('IMAGE_TOO_LARGE');
    expect(await decode(await drawn(50, 50).png().toBuffer())).toMatchObject({ widthPx: 50 });
  });
});

const flat = (width: number, height: number, grey: number): Sharp =>
  sharp({ create: { width, height, channels: 3, background: { r: grey, g: grey, b: 255 - grey } } });

/** What turns the upright picture into the stored one: the inverse of the EXIF orientation, one pipeline a step. */
const STORED_BY: Readonly<Record<number, readonly ((picture: Sharp) => Sharp)[]>> = {
  1: [],
  2: [(picture) => picture.flop()],
  3: [(picture) => picture.rotate(180)],
  4: [(picture) => picture.flip()],
  5: [(picture) => picture.rotate(90), (picture) => picture.flop()],
  6: [(picture) => picture.rotate(270)],
  7: [(picture) => picture.rotate(270), (picture) => picture.flop()],
  8: [(picture) => picture.rotate(90)],
};

/** The drawn 480 x 320 picture, stored so that EXIF orientation `n` makes it upright again. */
const storedAs = async (n: number): Promise<Buffer> => {
  let stored = await drawn(480, 320).png().toBuffer();
  for (const step of STORED_BY[n]!) stored = await step(sharp(stored)).png().toBuffer();
  return sharp(stored).jpeg({ quality: 92 }).withMetadata({ orientation: n }).toBuffer();
};

/** A PNG of a few hundred bytes that states a giant size. */
const bombPng = (width: number, height: number): Buffer => {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};
