// Luma from coefficients against luma from pixels, and what has to be left to another decoder.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import sharp, { type JpegOptions } from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { jpegLuma, lumaFromRgb } from '../index.js';

const WIDTH = 333;
const HEIGHT = 250;

const drawn = () =>
  sharp(
    Buffer.from(
      Array.from({ length: WIDTH * HEIGHT * 3 }, (_, i) => {
        const [x, y, channel] = [Math.floor(i / 3) % WIDTH, Math.floor(i / 3 / WIDTH), i % 3];
        return 128 + 70 * Math.sin(x / 11 + channel) + 40 * Math.cos(y / (5 + channel)) + ((x * y) % 17);
      }),
    ),
    { raw: { width: WIDTH, height: HEIGHT, channels: 3 } },
  );

/** The mean of each 4 x 4 pixels, as any other decoder sees them. */
const means = async (jpeg: Buffer): Promise<Float32Array> => {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  const luma = info.channels === 1 ? data : lumaFromRgb(data);
  const [width, height] = [Math.floor(info.width / 4), Math.floor(info.height / 4)];
  return Float32Array.from({ length: width * height }, (_, i) => {
    const start = 4 * Math.floor(i / width) * info.width + 4 * (i % width);
    let sum = 0;
    for (let y = 0; y < 4; y++) for (let x = 0; x < 4; x++) sum += luma[start + y * info.width + x]!;
    return sum / 16;
  });
};

const expectMeans = async (jpeg: Buffer): Promise<void> => {
  const luma = jpegLuma(jpeg)!;
  const expected = await means(jpeg);
  expect(luma.data).toHaveLength(expected.length);
  const differences = expected.map((value, i) => Math.abs(value - luma.data[i]!));
  // Another decoder rounds and clips each pixel before the mean.
  expect(differences.reduce((sum, value) => sum + value, 0) / expected.length).toBeLessThan(0.6);
  expect(Math.max(...differences)).toBeLessThan(4);
};

describe('jpegLuma', () => {
  let jpeg: Buffer;
  beforeAll(async () => {
    jpeg = await drawn().jpeg({ quality: 88 }).toBuffer();
  });

  it.each<[string, JpegOptions]>([
    ['4:2:0', {}],
    ['4:4:4', { chromaSubsampling: '4:4:4' }],
    ['own Huffman tables', { optimizeCoding: true, quality: 97 }],
    ['few bits', { quality: 20 }],
    ['all bits', { quality: 100, optimizeCoding: true, chromaSubsampling: '4:4:4' }],
  ])('reads %s', async (_, options) => {
    await expectMeans(await drawn().jpeg(options).toBuffer());
  });

  it('reads grey', async () => {
    await expectMeans(await drawn().toColourspace('b-w').jpeg().toBuffer());
  });

  it('reads pictures with other tables one after another', async () => {
    for (const optimizeCoding of [true, false, true])
      await expectMeans(await drawn().jpeg({ optimizeCoding }).toBuffer());
  });

  it('reads restart markers', async () => {
    // Drawn for this test: 120 x 88 pixels, 4:2:0, a restart marker after every 3 units.
    await expectMeans(readFileSync(fileURLToPath(new URL('../../../test-fixtures/jpeg-restart.jpg', import.meta.url))));
  });

  it('reads pictures smaller than one value', async () => {
    const tiny = await drawn().resize(3, 2).jpeg().toBuffer();
    expect(jpegLuma(tiny)).toMatchObject({ width: 1, height: 1 });
  });

  it('leaves progressive, CMYK and other files to others', async () => {
    expect(jpegLuma(await drawn().jpeg({ progressive: true }).toBuffer())).toBeNull();
    expect(jpegLuma(await drawn().toColourspace('cmyk').jpeg().toBuffer())).toBeNull();
    expect(jpegLuma(await drawn().png().toBuffer())).toBeNull();
    expect(jpegLuma(new Uint8Array(0))).toBeNull();
  });

  it('takes no truncated file for a whole one', () => {
    for (const share of [0.1, 0.3, 0.5, 0.9, 0.99]) {
      expect(jpegLuma(jpeg.subarray(0, Math.floor(share * jpeg.length)))).toBeNull();
    }
  });

  it('survives any damage', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(jpeg.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        (damage) => {
          const broken = Uint8Array.from(jpeg);
          for (const [at, value] of damage) broken[at] = value;
          const luma = jpegLuma(broken);
          expect(luma === null || luma.data.length === luma.width * luma.height).toBe(true);
        },
      ),
    );
  });
});
