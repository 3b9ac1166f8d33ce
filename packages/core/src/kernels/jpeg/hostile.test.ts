// Files that no encoder writes: other decoders read them in their own way or not at all, so they have to be left to them.
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { LEVELS, tinyJpeg, VALUES, type TinyJpeg } from '../../../test-support/tiny-jpeg.js';
import { jpegLuma } from '../index.js';

const END = [0, 0] as const;
const ONES = Array.from({ length: 64 }, () => 1);

/** Blocks of one level each, 0 and 200 by turns; each begins anew after a restart marker. */
const plain: TinyJpeg = {
  side: 4,
  block: (number) => [number % 2 === 0 ? [0, 0] : [8, 200], END],
};
/** Changes one byte of a segment, counted from its length on. */
const changed = (marker: number, at: number, value: number): Uint8Array => {
  const file = tinyJpeg(plain);
  const start = file.findIndex((byte, i) => byte === 0xff && file[i + 1] === marker) + 2;
  file[start + at] = value;
  return file;
};

describe('a hostile JPEG', () => {
  it('is written by the test as other decoders read it', async () => {
    for (const given of [plain, { ...plain, restart: 4, block: () => [[8, 200], END] as const }]) {
      const luma = jpegLuma(tinyJpeg(given))!;
      const { data, info } = await sharp(tinyJpeg(given)).raw().toBuffer({ resolveWithObject: true });
      luma.data.forEach((value, i) => {
        const pixel = 4 * Math.floor(i / luma.width) * info.width + 4 * (i % luma.width);
        expect(Math.abs(value - data[pixel * info.channels]!)).toBeLessThan(2);
      });
    }
  });

  it.each<[string, TinyJpeg]>([
    ['levels wrap in 16 bits', { ...plain, steps: [4096, ...ONES.slice(1)], block: () => [[5, 16], END] }],
    ['levels climb out of range', { ...plain, steps: [128, ...ONES.slice(1)], block: () => [[6, 32], END] }],
    ['coefficients wrap', { ...plain, steps: [1, 32_768, ...ONES.slice(2)], block: () => [[0, 0], [2, 2], END] }],
    ['restart markers begin late', { ...plain, restart: 4, restartNumber: (due) => (due + 1) & 7 }],
    ['restart markers stand still', { ...plain, restart: 4, restartNumber: () => 0 }],
    ['a run before nothing ends a block', { ...plain, block: () => [[0, 0], [0x10, 0], END] }],
    [
      'a run leads out of the block, and the end follows',
      { ...plain, block: () => [[0, 0], [0xf0, 0], [0xf0, 0], [0xf0, 0], [0xf1, 1], END] },
    ],
    ['the code of ones alone is used', { ...plain, dc: [...LEVELS, ...LEVELS.slice(0, 4)] }],
    ['a level has a run', { ...plain, dc: [...LEVELS, [0x13, 5]] }],
    [
      'codes are more than fit',
      {
        ...plain,
        ac: [
          ...VALUES,
          ...VALUES.slice(1).map(([s]) => [s, 5] as const),
          ...VALUES.slice(1).map(([s]) => [s, 5] as const),
        ],
      },
    ],
  ])('is left to others where %s', (_, given) => {
    expect(jpegLuma(tinyJpeg(given))).toBeNull();
  });

  it.each([
    ['tables of another class', 0xc4, 2, 0x20],
    ['codes that are not there', 0xc4, 2 + 8, 255],
    ['steps of another number', 0xdb, 2, 4],
    ['no height', 0xc0, 4, 0],
    ['another bit depth', 0xc0, 2, 12],
    ['samples of no size', 0xc0, 9, 0],
    ['samples of sixteen blocks', 0xc0, 9, 0x44],
    ['a scan longer than it is', 0xda, 1, 10],
  ])('is left to others with %s', (_, marker, at, value) => {
    expect(jpegLuma(changed(marker, at, value))).toBeNull();
  });

  it('shows nothing of the picture before it', () => {
    const white = tinyJpeg({ ...plain, side: 40, block: (number) => [number === 0 ? [10, 1000] : [0, 0], END] });
    expect(jpegLuma(white)!.data.every((value) => value > 250)).toBe(true);
    const file = tinyJpeg(plain);
    for (let length = 0; length < file.length - 3; length++) expect(jpegLuma(file.subarray(0, length))).toBeNull();
    expect(Math.max(...jpegLuma(tinyJpeg({ ...plain, block: () => [[0, 0], END] }))!.data)).toBe(128);
  });

  it('asks for no more memory than its blocks, and is done at once', () => {
    const file = tinyJpeg(plain);
    const frame = file.findIndex((byte, i) => byte === 0xff && file[i + 1] === 0xc0);
    file.fill(255, frame + 5, frame + 9); // 65,535 x 65,535
    const startedMs = performance.now();
    expect(jpegLuma(file)).toBeNull();
    expect(performance.now() - startedMs).toBeLessThan(2_000);
  });
});
