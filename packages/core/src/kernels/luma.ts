// Luma (ITU-R BT.601 weights) as 32-bit floats: the grey picture that every picture kernel reads.
import { AT, pdqKernel } from './pdq/kernel.js';

/** Pixels worked on at once: small enough to stay in the nearest cache on their way through the kernel. */
const CHUNK_PIXELS = 8_192;

/**
 * Luma of interleaved 8-bit pixels, rounded at each step as single-precision arithmetic does, so that it agrees with the PDQ
 * reference bit for bit. `channels` is 3 (RGB) or 4 (RGBA: alpha is not read; flatten before). Yields one value a pixel, 0..255.
 */
export const lumaFromRgb = (pixels: Uint8Array, channels: 3 | 4 = 3): Float32Array => {
  const { run, bytes, floats } = pdqKernel();
  const luma = new Float32Array(Math.floor(pixels.length / channels));
  for (let start = 0; start < luma.length; start += CHUNK_PIXELS) {
    const count = Math.min(CHUNK_PIXELS, luma.length - start);
    bytes.set(pixels.subarray(start * channels, (start + count) * channels), AT.here);
    run.luma(AT.here, AT.there, count, channels);
    luma.set(floats.subarray(AT.there / 4, AT.there / 4 + count), start);
  }
  return luma;
};
