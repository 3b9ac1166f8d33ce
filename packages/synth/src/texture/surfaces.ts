// Natural surfaces computed texel by texel: wood, parquet, tiles, carpet, plaster, brick.
import { cellNoise, fractalNoise, noise } from '../random/noise.js';
import type { Random } from '../random/random.js';
import { hsl, mix, type Rgb } from './colour.js';
import { createTexture, modulate, paintTexture, type Texture } from './texture.js';

const put = (out: Float32Array, colour: Rgb, gain: number): void => {
  out[0] = colour[0] * gain;
  out[1] = colour[1] * gain;
  out[2] = colour[2] * gain;
};

export const woodTone = (random: Random): Rgb => {
  const lightness = random.pick([0.24, 0.34, 0.46, 0.56, 0.66]);
  return hsl(random.range(20, 38), random.range(0.28, 0.5), lightness * random.range(0.9, 1.1));
};

/** Brightness of wood at a point: u along the grain (one unit about a metre), v across. */
const grain = (u: number, v: number, offset: number): number => {
  const bend = fractalNoise(u * 1.1 + offset, v * 2 + offset * 3, 2) * 3;
  const rings = noise(u * 0.7 + offset * 7, v * 30 + bend * 2.2);
  const fibre = noise(u * 9 + offset, v * 150);
  return 0.78 + 0.26 * rings + 0.2 * (fibre - 0.5) + 0.16 * (bend / 3 - 0.5);
};

/** Wood with the grain along u. */
export const woodTexture = (random: Random, size: number, tone = woodTone(random)): Texture => {
  const offset = random.range(0, 200);
  return paintTexture(size, (u, v, out) => put(out, tone, grain(u * 1.5, v, offset)));
};

/** Planks in rows, each with its own grain and tone. */
export const plankTexture = (random: Random, size: number): Texture => {
  const tone = woodTone(random);
  const rows = random.pick([12, 14, 16, 18]);
  const perRow = random.pick([1, 2]);
  const base = random.int(0, 200);
  return paintTexture(size, (u, v, out) => {
    const row = Math.floor(v * rows);
    const along = (u + cellNoise(row, base)) * perRow;
    const plank = Math.floor(along) % perRow;
    const fx = along - Math.floor(along);
    const fy = v * rows - row;
    const id = cellNoise(row * 7 + base, plank * 3);
    const gap = Math.min(fy, 1 - fy) < 0.025 || Math.min(fx, 1 - fx) < 0.0035 * perRow ? 0.45 : 1;
    put(out, tone, gap * (0.82 + 0.34 * id) * grain(u * 2, v * 2, id * 90 + row));
  });
};

/** Herringbone parquet. */
export const herringboneTexture = (random: Random, size: number): Texture => {
  const tone = woodTone(random);
  const n = 16;
  const base = random.int(0, 200);
  return paintTexture(size, (u, v, out) => {
    const x = u * n;
    const y = v * n;
    const cx = Math.floor(x);
    const cy = Math.floor(y);
    const k = (((cx - cy) % 4) + 4) % 4;
    const flat = k < 2;
    const startX = flat ? cx - k : cx;
    const startY = flat ? cy : cy - (3 - k);
    const a = flat ? (x - startX) / 2 : (y - startY) / 2;
    const b = flat ? y - cy : x - cx;
    const id = cellNoise(((startX + n) % n) * 5 + base, ((startY + n) % n) * 11);
    const gap = Math.min(b, 1 - b) < 0.04 || Math.min(a, 1 - a) < 0.02 ? 0.5 : 1;
    put(out, tone, gap * (0.78 + 0.4 * id) * grain(a * 0.4 + id * 3, b * 0.25 + id, id * 77));
  });
};

/** Stone or ceramic tiles in two tones with grout. */
export const tileTexture = (random: Random, size: number): Texture => {
  const n = random.pick([4, 6, 8]);
  const hue = random.range(0, 360);
  const light = hsl(hue, random.range(0.03, 0.2), random.range(0.7, 0.85));
  const dark = random.chance(0.5)
    ? hsl(hue + 20, random.range(0.05, 0.35), random.range(0.22, 0.5))
    : mix(light, [90, 80, 70], 0.15);
  const grout: Rgb = mix(light, [120, 115, 110], 0.6);
  const base = random.int(0, 200);
  return paintTexture(size, (u, v, out) => {
    const x = Math.floor(u * n);
    const y = Math.floor(v * n);
    const fx = u * n - x;
    const fy = v * n - y;
    if (Math.min(fx, 1 - fx, fy, 1 - fy) < 0.02) {
      put(out, grout, 0.9 + 0.2 * noise(u * 200, v * 200));
      return;
    }
    const id = cellNoise(x + base, y * 3 + base);
    const vein = Math.abs(fractalNoise(u * n + id * 60, v * n + id * 20, 4) - 0.5);
    put(out, (x + y) % 2 ? light : dark, 0.86 + 0.16 * id + (vein < 0.03 ? -0.08 : 0.05 * vein));
  });
};

export const carpetTexture = (random: Random, size: number): Texture => {
  const tone = hsl(random.range(0, 360), random.range(0.05, 0.35), random.range(0.3, 0.62));
  const offset = random.range(0, 99);
  return paintTexture(size, (u, v, out) => {
    const pile = noise(u * 256, v * 256 + offset) + 0.6 * noise(u * 128 + 9, v * 128);
    const wear = fractalNoise(u * 4 + offset, v * 4, 3);
    put(out, tone, 0.55 + 0.4 * pile + 0.3 * (wear - 0.5));
  });
};

/** Painted plaster: nearly flat, with roller marks and stains. */
export const plasterTexture = (random: Random, size: number, tone: Rgb): Texture => {
  const offset = random.range(0, 99);
  return paintTexture(size, (u, v, out) => {
    const roller = noise(u * 180, v * 140 + offset) - 0.5;
    const stain = fractalNoise(u * 4 + offset, v * 4, 3) - 0.5;
    put(out, tone, 0.97 + 0.07 * roller + 0.1 * stain);
  });
};

export const brickTexture = (random: Random, size: number): Texture => {
  const tone = random.chance(0.5) ? hsl(random.range(8, 24), 0.45, random.range(0.34, 0.46)) : hsl(30, 0.08, 0.85);
  const mortar = mix(tone, [200, 195, 185], 0.6);
  const rows = 12;
  const columns = 4;
  const base = random.int(0, 200);
  return paintTexture(size, (u, v, out) => {
    const row = Math.floor(v * rows);
    const x = u * columns + (row % 2 ? 0.5 : 0);
    const column = Math.floor(x) % columns;
    const fx = x - Math.floor(x);
    const fy = v * rows - row;
    const wobble = 0.03 * (noise(u * 60, v * 60) - 0.5);
    const joint = Math.min(fx * 2.4, (1 - fx) * 2.4, fy, 1 - fy) + wobble < 0.07;
    const id = cellNoise(column * 9 + base, row * 5);
    const rough = fractalNoise(u * 90, v * 90, 2) - 0.5;
    put(out, joint ? mortar : tone, (joint ? 0.85 : 0.72 + 0.5 * id) + 0.3 * rough);
  });
};

/** Neutral fine texture that objects tint: paint, plastic, lacquer. */
export const plainTexture = (random: Random): Texture => {
  const offset = random.range(0, 99);
  const pixels = new Uint8Array(128 * 128 * 3).fill(240);
  modulate(128, pixels, 0.05, (x, y) => noise(x * 0.6 + offset, y * 0.6) + noise(x * 0.05, y * 0.05 + offset) - 1);
  return createTexture(128, pixels);
};
