// Luma (ITU-R BT.601 weights) as 32-bit floats: the grey picture that every picture kernel reads.

const table = (weight: number): Float32Array => {
  const single = Math.fround(weight);
  return Float32Array.from({ length: 256 }, (_, value) => single * value);
};
const RED = table(0.299);
const GREEN = table(0.587);
const BLUE = table(0.114);

/**
 * Luma of interleaved 8-bit pixels, rounded at each step as single-precision arithmetic does, so that it agrees with the PDQ
 * reference bit for bit. `channels` is 3 (RGB) or 4 (RGBA: alpha is not read; flatten before). Yields one value a pixel, 0..255.
 */
export const lumaFromRgb = (pixels: Uint8Array, channels: 3 | 4 = 3): Float32Array => {
  const count = Math.floor(pixels.length / channels);
  const luma = new Float32Array(count);
  for (let i = 0, at = 0; i < count; i++, at += channels) {
    luma[i] = Math.fround(RED[pixels[at]!]! + GREEN[pixels[at + 1]!]!) + BLUE[pixels[at + 2]!]!;
  }
  return luma;
};
