// PDQ's own properties: turned pictures, tiny ones, flat ones, and what is refused.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bitCount32,
  distanceBits256,
  HASH_BYTES,
  hashFromHex,
  hashToHex,
  lumaFromRgb,
  ORIENTATION_COUNT,
  orientationMap,
  ORIENTATIONS,
  pdqFromLuma,
} from '../index.js';

const SIDE = 96;

/** A square of soft blobs: textured enough for quality 100, and nowhere symmetric. */
const blobs = (seed: number): Float32Array => {
  const luma = new Float32Array(SIDE * SIDE);
  for (let i = 0; i < luma.length; i++) {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
    luma[i] =
      128 + 60 * Math.sin(x / (5 + (seed % 3)) + y / 17 + seed) + 60 * Math.cos(y / 7 - (x * y) / (900 + 31 * seed));
  }
  return luma;
};

describe('pdqFromLuma', () => {
  it('hashes a turned picture as the entry of that orientation says', () => {
    const upright = blobs(1);
    const { hashes } = pdqFromLuma(upright, SIDE, SIDE);
    ORIENTATIONS.forEach((orientation, k) => {
      const map = orientationMap(SIDE, orientation);
      const turned = Float32Array.from(map, (from) => upright[from]!);
      const { hashes: own } = pdqFromLuma(turned, SIDE, SIDE);
      // Cell centres of 1.5 pixels do not mirror onto themselves: a few bits move.
      expect(distanceBits256(hashes, own, k * HASH_BYTES), orientation).toBeLessThanOrEqual(24);
    });
  });

  it('sets exactly 128 bits in each orientation of a textured picture', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 }), (seed) => {
        const { hashes, quality } = pdqFromLuma(blobs(seed), SIDE, SIDE);
        expect(quality).toBeGreaterThan(50);
        for (let k = 0; k < ORIENTATION_COUNT; k++) {
          const set = hashes
            .subarray(k * HASH_BYTES, (k + 1) * HASH_BYTES)
            .reduce((sum, byte) => sum + bitCount32(byte), 0);
          expect(set).toBe(128);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('gives the negative of a picture the complement of its hash', () => {
    const luma = blobs(3);
    const { hashes } = pdqFromLuma(luma, SIDE, SIDE);
    const { hashes: negative } = pdqFromLuma(
      luma.map((value) => 255 - value),
      SIDE,
      SIDE,
    );
    expect(distanceBits256(hashes, negative)).toBeGreaterThanOrEqual(250);
  });

  it('gives flat and tiny pictures quality 0', () => {
    expect(pdqFromLuma(new Uint8Array(64 * 64).fill(200), 64, 64).quality).toBe(0);
    expect(pdqFromLuma(new Uint8Array(4 * 400), 4, 400)).toEqual({ hashes: new Uint8Array(256), quality: 0 });
  });

  it('accepts every size down to 5 pixels, and strips', () => {
    for (const [width, height] of [
      [5, 5],
      [5, 600],
      [511, 6],
      [64, 64],
      [65, 63],
      [1200, 40],
    ] as const) {
      const luma = Uint8Array.from({ length: width * height }, (_, i) => (i * 37) % 256);
      expect(pdqFromLuma(luma, width, height).hashes).toHaveLength(ORIENTATION_COUNT * HASH_BYTES);
    }
  });

  it('refuses sizes that do not fit the data', () => {
    expect(() => pdqFromLuma(new Uint8Array(10), 3, 4)).toThrow(/HASH_INVALID.*10 luma values/);
  });
});

describe('hash as text', () => {
  it('reads what it writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (hash) => {
        expect(hashFromHex(hashToHex(hash))).toEqual(hash);
      }),
    );
  });

  it('refuses anything else', () => {
    expect(() => hashFromHex('d8f8')).toThrow(/HASH_INVALID/);
    expect(() => hashFromHex('z'.repeat(64))).toThrow(/HASH_INVALID/);
  });
});

describe('lumaFromRgb', () => {
  it('weighs the channels and skips alpha', () => {
    expect(Array.from(lumaFromRgb(Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255)), Math.round)).toEqual([76, 150, 29]);
    expect(lumaFromRgb(Uint8Array.of(10, 10, 10, 0), 4)[0]).toBeCloseTo(10, 4);
  });

  it('rounds each step to single precision, whatever the number of pixels', () => {
    const { fround } = Math;
    const weighed = (weight: number, value: number): number => fround(fround(weight) * value);
    for (const count of [0, 1, 7, 8_191, 8_192, 8_193, 20_002]) {
      const pixels = Uint8Array.from({ length: 3 * count }, (_, i) => (i * 89 + (i >> 5)) % 256);
      const expected = Float32Array.from({ length: count }, (_, i) => {
        const [red, green, blue] = [pixels[3 * i]!, pixels[3 * i + 1]!, pixels[3 * i + 2]!];
        return fround(weighed(0.299, red) + weighed(0.587, green)) + weighed(0.114, blue);
      });
      expect(lumaFromRgb(pixels)).toEqual(expected);
    }
  });
});
