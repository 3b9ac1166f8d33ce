// Files made to show people one picture and the hashes another: by contrast that viewers clip, and by colours that no screen has.
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { craftedJpeg } from '../../../test-support/crafted-jpeg.js';
import { jpegLuma, lumaFromRgb, pdqFromLuma } from '../index.js';

const SIDE = 32;
const PIXELS = 8 * SIDE;

/** Two pictures that have nothing to do with each other, 0..1. */
const seen = (x: number, y: number): number =>
  0.5 + 0.3 * Math.sin(x / 19) * Math.cos(y / 31) + 0.2 * Math.sin((x * y) / 2_100);
const hidden = (x: number, y: number): number =>
  0.5 + 0.3 * Math.cos((x + 2 * y) / 27) + 0.2 * Math.sin((x * x - y * y) / 3_000);

/** Corner of the quarter of a block that a pixel lies in. */
const corner = (at: number): number => at - (at % 4);

/** What viewers see: each pixel clipped, full resolution. */
const view = async (jpeg: Uint8Array) => {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  return { luma: info.channels === 1 ? new Uint8Array(data) : lumaFromRgb(data), side: info.width };
};
const means = ({ luma, side }: { readonly luma: ArrayLike<number>; readonly side: number }): number[] => {
  const across = side / 4;
  return Array.from({ length: across * across }, (_, i) => {
    const start = 4 * Math.floor(i / across) * side + 4 * (i % across);
    let sum = 0;
    for (let y = 0; y < 4; y++) for (let x = 0; x < 4; x++) sum += luma[start + y * side + x]!;
    return sum / 16;
  });
};

/** Halftones of cells of 1 or 2 pixels: viewers see as much white as `seen` says, while the mean is `hidden`, for black lies far below 0. */
const halftone = (cell: number, side: number): Uint8Array =>
  craftedJpeg(side, false, (_, x, y) => {
    const [left, top] = [corner(x), corner(y)];
    const share = [4, 8, 12][Math.floor(2.99 * seen(left, top))]!;
    const [column, row] = [Math.floor((x - left) / cell), Math.floor((y - top) / cell)];
    // Which cells of a quarter are white, in this order.
    const rank = cell === 1 ? 4 * row + ((column + 2 * row) % 4) : 4 * (2 * row + (row === 0 ? column : 1 - column));
    const isWhite = rank < share;
    const black = (16 * (40 + 170 * hidden(left, top)) - 290 * share) / (16 - share);
    return (isWhite ? 290 : Math.min(-5, Math.max(-300, black))) - 128;
  });

describe('a JPEG made to show two pictures', () => {
  it.each([1, 2])('is left to others where cells of %i pixels are clipped', async (cell) => {
    const jpeg = halftone(cell, SIDE);
    const whatIsSeen = means(await view(jpeg));
    expect(pdqFromLuma(Uint8Array.from(whatIsSeen), PIXELS / 4, PIXELS / 4).quality).toBeGreaterThan(50);
    expect(jpegLuma(jpeg)).toBeNull();
  });

  it('is left to others where it is so large that not all of its rows are looked at', () => {
    expect(jpegLuma(halftone(2, 136))).toBeNull();
  });

  it('is left to others where colours outside of RGB draw on dark luma', async () => {
    const jpeg = craftedJpeg(SIDE, true, (component, x, y) => {
      const strength = seen(8 * Math.floor(x / 8), 8 * Math.floor(y / 8));
      if (component === 0) return 30 + 60 * hidden(x, y) - 128;
      return (component === 1 ? 120 : 110) * strength;
    });
    expect((await view(jpeg)).side).toBe(PIXELS);
    expect(jpegLuma(jpeg)).toBeNull();
  });

  it('is left to others where only some pixels of a quarter have such a colour', () => {
    const jpeg = craftedJpeg(SIDE, true, (component, x, y) => {
      if (component === 0) return 70 + 60 * hidden(x, y) - 128;
      const isOn = (x + y) % 2 === 0;
      return component === 1 ? 0 : (isOn ? 120 : -120) * seen(x - (x % 8), y - (y % 8));
    });
    expect(jpegLuma(jpeg)).toBeNull();
  });

  it('is left to others where decoders that count in ten bits wrap around', () => {
    const jpeg = craftedJpeg(SIDE, false, (_, x, y) => ((x + y) % 2 === 0 ? 900 : -900) * (hidden(x, y) > 0.5 ? 1 : 0));
    expect(jpegLuma(jpeg)).toBeNull();
  });

  it('is left to others without its end marker', () => {
    const jpeg = craftedJpeg(SIDE, false, (_, x, y) => 200 * hidden(x, y) - 100);
    expect(jpegLuma(jpeg)).not.toBeNull();
    expect(jpegLuma(jpeg.subarray(0, -2))).toBeNull();
    expect(jpegLuma(Uint8Array.from([...jpeg.subarray(0, -2), 0xff, 0x01]))).toBeNull();
  });
});
