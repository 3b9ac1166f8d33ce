// Drawn pictures for the media tests, in every format that sharp can write.
import sharp, { type Sharp } from 'sharp';

/** A picture with enough structure for PDQ: soft noise, a bright box at the top left, a dark one at the right. */
export const drawn = (widthPx: number, heightPx: number): Sharp => {
  const data = Buffer.alloc(widthPx * heightPx * 3);
  for (let y = 0, at = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const u = x / widthPx;
      const v = y / heightPx;
      const wave = 60 * Math.sin(9 * u + 4 * v * v) + 40 * Math.cos(13 * v - 5 * u);
      const box = u < 0.25 && v < 0.25 ? 90 : u > 0.7 && v > 0.3 && v < 0.6 ? -90 : 0;
      data[at++] = Math.max(0, Math.min(255, 128 + wave + box));
      data[at++] = Math.max(0, Math.min(255, 120 + wave * 0.8 + box));
      data[at++] = Math.max(0, Math.min(255, 110 - wave * 0.5 + box));
    }
  }
  return sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 } });
};

/** Number of bits in which two hashes (of any number of bytes) differ. */
export const distanceBits = (a: Uint8Array, b: Uint8Array): number => {
  let bits = 0;
  for (let i = 0; i < a.length; i++) for (let x = a[i]! ^ b[i]!; x > 0; x &= x - 1) bits++;
  return bits;
};

/** Hash number `k` of eight. */
export const hashAt = (hashes: Uint8Array, k: number): Uint8Array => hashes.subarray(32 * k, 32 * k + 32);
