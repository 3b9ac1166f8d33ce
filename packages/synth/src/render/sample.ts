// Reads textures and light maps between their texels: the innermost loops of the shader.
import type { Texture } from '../texture/texture.js';
import type { LightMap } from './bake.js';

const BYTE_TO_UNIT = 1 / 255;

/** Trilinear sample as linear light, written to `out`; v grows upwards. */
export const sampleTexture = (texture: Texture, u: number, v: number, level: number, out: Float32Array): void => {
  const top = texture.levels.length - 1;
  const clamped = level < 0 ? 0 : level > top ? top : level;
  const low = Math.floor(clamped);
  const blend = clamped - low;
  out[0] = out[1] = out[2] = 0;
  for (let step = 0; step < 2; step++) {
    const weight = step === 0 ? 1 - blend : blend;
    if (weight < 0.02) continue;
    const index = low + step > top ? top : low + step;
    const pixels = texture.levels[index] as Uint8Array;
    const size = texture.size >> index;
    const mask = size - 1;
    const x = u * size - 0.5;
    const y = (1 - v) * size - 0.5;
    const xf = Math.floor(x);
    const yf = Math.floor(y);
    const fx = x - xf;
    const fy = y - yf;
    const x0 = xf & mask;
    const x1 = (xf + 1) & mask;
    const y0 = (yf & mask) * size;
    const y1 = ((yf + 1) & mask) * size;
    const a = (y0 + x0) * 3;
    const b = (y0 + x1) * 3;
    const c = (y1 + x0) * 3;
    const d = (y1 + x1) * 3;
    const wa = (1 - fx) * (1 - fy) * weight;
    const wb = fx * (1 - fy) * weight;
    const wc = (1 - fx) * fy * weight;
    const wd = fx * fy * weight;
    for (let k = 0; k < 3; k++)
      out[k] =
        (out[k] as number) +
        wa * (pixels[a + k] as number) +
        wb * (pixels[b + k] as number) +
        wc * (pixels[c + k] as number) +
        wd * (pixels[d + k] as number);
  }
  for (let k = 0; k < 3; k++) {
    const value = (out[k] as number) * BYTE_TO_UNIT;
    out[k] = value * value;
  }
};

/** Adds the bilinear light at u, v to `out`. */
export const addLight = (
  map: LightMap,
  width: number,
  height: number,
  u: number,
  v: number,
  out: Float32Array,
): void => {
  const x = Math.min(width - 1.001, Math.max(0, u * width - 0.5));
  const y = Math.min(height - 1.001, Math.max(0, v * height - 0.5));
  const i = Math.floor(x);
  const j = Math.floor(y);
  const fx = x - i;
  const fy = y - j;
  const a = (j * width + i) * 3;
  const c = a + width * 3;
  for (let k = 0; k < 3; k++) {
    const upper = (map[a + k] as number) * (1 - fx) + (map[a + 3 + k] as number) * fx;
    const lower = (map[c + k] as number) * (1 - fx) + (map[c + 3 + k] as number) * fx;
    out[k] = (out[k] as number) + upper * (1 - fy) + lower * fy;
  }
};
