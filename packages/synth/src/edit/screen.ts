// Pictures as they look on a screen: a screenshot with interface round it, and a photo taken of that screen.
import type { Random } from '../random/random.js';
import { createRandom } from '../random/random.js';
import { hex, hsl } from '../texture/colour.js';
import { drawText } from '../text/font.js';
import { remark, sentence, TOWNS } from '../text/words.js';
import { close, open, overlaySvg, type Raw } from './raw.js';
import sharp from 'sharp';

const fit = (raw: Raw, width: number, height: number): { width: number; height: number } => {
  const k = Math.min(width / raw.width, height / raw.height);
  return { width: Math.max(8, Math.round(raw.width * k)), height: Math.max(8, Math.round(raw.height * k)) };
};

const bars = (random: Random, w: number, h: number, ink: string): string => {
  const clock = `${random.int(7, 22)}:${String(random.int(0, 59)).padStart(2, '0')}`;
  const parts = [drawText(clock, w * 0.05, h * 0.028, { colour: ink, size: h * 0.014 })];
  for (let i = 0; i < 4; i++)
    parts.push(
      `<rect x="${w * (0.8 + i * 0.012)}" y="${h * (0.026 - 0.003 * (i + 1))}" width="${w * 0.008}" height="${h * 0.003 * (i + 1)}" fill="${ink}"/>`,
    );
  parts.push(
    `<rect x="${w * 0.9}" y="${h * 0.014}" width="${w * 0.05}" height="${h * 0.012}" rx="3" fill="none" stroke="${ink}" stroke-width="2"/><rect x="${w * 0.905}" y="${h * 0.016}" width="${w * 0.03}" height="${h * 0.008}" fill="${ink}"/>`,
  );
  return parts.join('');
};

/** A phone or browser window that shows the picture among its interface. */
export const screenshot = async (raw: Raw, seed: string): Promise<Raw> => {
  const random = createRandom(seed);
  const phone = random.chance(0.6);
  const [w, h] = phone ? [720, random.pick([1280, 1440, 1560])] : [1280, 800];
  const dark = random.chance(0.5);
  const ground = dark ? '#121316' : '#f4f4f1';
  const ink = dark ? '#e8e8e8' : '#202124';
  const soft = dark ? '#2a2c31' : '#dfe1e5';
  const accent = hex(hsl(random.range(0, 360), 0.55, 0.5));
  const top = h * (phone ? 0.11 : 0.13);
  const bottom = h * (phone ? random.range(0.62, 0.82) : 0.95);
  const side = phone ? random.pick([0, w * 0.05]) : w * 0.2;
  const size = fit(raw, w - 2 * side, bottom - top);
  const left = Math.round((w - size.width) / 2);
  const y = Math.round(top + (phone ? 0 : (bottom - top - size.height) / 2));
  const parts = [phone ? bars(random, w, h, ink) : ''];
  if (phone) {
    parts.push(
      `<rect y="${h * 0.04}" width="${w}" height="${h * 0.06}" fill="${accent}"/>`,
      drawText(random.pick(TOWNS) + ' swaps', w * 0.16, h * 0.078, { colour: '#fff', size: h * 0.018, weight: 0.16 }),
    );
    parts.push(`<circle cx="${w * 0.085}" cy="${h * 0.07}" r="${h * 0.021}" fill="${soft}"/>`);
    let line = y + size.height + h * 0.045;
    for (let i = 0; i < 4 && line < h * 0.9; i++, line += h * 0.055) {
      const text = i === 0 ? remark(random) : sentence(random).slice(0, 44);
      parts.push(
        `<rect x="${w * 0.04}" y="${line - h * 0.026}" width="${w * random.range(0.5, 0.9)}" height="${h * 0.042}" rx="14" fill="${soft}"/>`,
        drawText(text, w * 0.07, line, { colour: ink, size: h * 0.0125 }),
      );
    }
    parts.push(
      `<rect y="${h * 0.93}" width="${w}" height="${h * 0.07}" fill="${soft}"/><rect x="${w * 0.14}" y="${h * 0.945}" width="${w * 0.66}" height="${h * 0.036}" rx="20" fill="${ground}"/><circle cx="${w * 0.9}" cy="${h * 0.963}" r="${h * 0.02}" fill="${accent}"/>`,
    );
  } else {
    parts.push(
      `<rect width="${w}" height="${h * 0.055}" fill="${soft}"/><rect x="14" y="10" width="220" height="${h * 0.055 - 10}" rx="8" fill="${ground}"/>`,
    );
    for (let i = 0; i < 3; i++)
      parts.push(
        `<circle cx="${w - 26 - i * 26}" cy="${h * 0.027}" r="8" fill="${['#e25555', '#e2b84a', '#58b368'][i]}"/>`,
      );
    parts.push(drawText(random.pick(TOWNS) + ' album', 32, h * 0.038, { colour: ink, size: 12 }));
    parts.push(
      `<rect y="${h * 0.055}" width="${w}" height="${h * 0.05}" fill="${ground}"/><rect x="110" y="${h * 0.063}" width="${w - 260}" height="${h * 0.034}" rx="12" fill="${soft}"/>`,
      drawText(`https://stamps${random.int(1, 99)}.example.org/lot/${random.int(100, 999)}`, 130, h * 0.088, {
        colour: ink,
        size: 12,
      }),
    );
    for (let i = 0; i < 8; i++) {
      parts.push(
        `<rect x="24" y="${h * (0.15 + i * 0.09)}" width="${w * 0.13}" height="${h * 0.065}" rx="6" fill="${soft}"/>`,
        drawText(random.pick(TOWNS), 36, h * (0.19 + i * 0.09), { colour: ink, size: 12 }),
      );
      parts.push(
        `<rect x="${w * 0.84}" y="${h * (0.15 + i * 0.09)}" width="${w * random.range(0.06, 0.14)}" height="10" fill="${soft}"/><rect x="${w * 0.84}" y="${h * (0.175 + i * 0.09)}" width="${w * random.range(0.05, 0.13)}" height="10" fill="${soft}"/>`,
      );
    }
  }
  const canvas = sharp({ create: { width: w, height: h, channels: 3, background: ground } });
  const picture = await open(raw)
    .resize(size.width, size.height, { fit: 'fill' })
    .png({ compressionLevel: 0 })
    .toBuffer();
  const placed = await close(canvas.composite([{ input: picture, left, top: y }]));
  return overlaySvg(placed, parts.join(''));
};

/** Solves the plane projection that maps the unit square to four corners (Heckbert, 1989), row by row. */
const squareToQuad = (corners: readonly (readonly [number, number])[]): readonly number[] => {
  const [p0 = [0, 0], p1 = [1, 0], p2 = [1, 1], p3 = [0, 1]] = corners;
  const dx1 = p1[0] - p2[0];
  const dx2 = p3[0] - p2[0];
  const sx = p0[0] - p1[0] + p2[0] - p3[0];
  const dy1 = p1[1] - p2[1];
  const dy2 = p3[1] - p2[1];
  const sy = p0[1] - p1[1] + p2[1] - p3[1];
  const d = dx1 * dy2 - dx2 * dy1;
  const g = (sx * dy2 - dx2 * sy) / d;
  const h = (dx1 * sy - sx * dy1) / d;
  return [
    p1[0] - p0[0] + g * p1[0],
    p3[0] - p0[0] + h * p3[0],
    p0[0],
    p1[1] - p0[1] + g * p1[1],
    p3[1] - p0[1] + h * p3[1],
    p0[1],
    g,
    h,
    1,
  ];
};

const invert3 = (m: readonly number[]): readonly number[] => {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = m;
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ];
};

/** A photo of a monitor that shows the picture: perspective, bezel, moire between two grids, glare, blur. */
export const screenPhoto = async (raw: Raw, seed: string): Promise<Raw> => {
  const random = createRandom(seed);
  const width = 1024;
  const height = 768;
  const k = Math.min((width * 0.8) / raw.width, (height * 0.8) / raw.height);
  const [w, h] = [raw.width * k, raw.height * k];
  const source = await close(open(raw).resize(Math.round(w), Math.round(h), { fit: 'fill' }));
  const skew = (): number => random.range(-0.045, 0.045);
  const corner = (x: number, y: number): readonly [number, number] => [
    width / 2 + x * w * (0.5 + skew()),
    height / 2 + y * h * (0.5 + skew()),
  ];
  const matrix = invert3(squareToQuad([corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)]));
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, hh = 0, ii = 1] = matrix;
  const out = Buffer.alloc(width * height * 3);
  const wall = hsl(random.range(0, 360), 0.12, random.range(0.1, 0.3));
  const period = random.range(2.6, 3.4);
  const strength = random.range(0.05, 0.12);
  const glareX = random.range(0.1, 0.9) * width;
  const glareY = random.range(0, 0.6) * height;
  const glare = random.range(25, 70);
  const tint = [random.range(0.9, 1), random.range(0.94, 1), random.range(0.98, 1.06)];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const scale = g * x + hh * y + ii;
      const u = (a * x + b * y + c) / scale;
      const v = (d * x + e * y + f) / scale;
      const at = (y * width + x) * 3;
      const margin = Math.max(-u * w, (u - 1) * w, -v * h, (v - 1) * h);
      if (margin > 0) {
        const shadeOf = margin < 22 ? 14 + margin * 0.5 : 0;
        for (let k3 = 0; k3 < 3; k3++)
          out[at + k3] = margin < 22 ? shadeOf : (wall[k3] as number) * (1.15 - (0.4 * y) / height);
        continue;
      }
      const sx = Math.min(source.width - 2, Math.max(0, u * source.width - 0.5));
      const sy = Math.min(source.height - 2, Math.max(0, v * source.height - 0.5));
      const ix = Math.floor(sx);
      const iy = Math.floor(sy);
      const fx = sx - ix;
      const fy = sy - iy;
      const from = (iy * source.width + ix) * 3;
      const ripple =
        Math.sin((u * w * 2 * Math.PI) / period) * Math.sin((x * 2 * Math.PI) / 3.1) +
        Math.sin((v * h * 2 * Math.PI) / period + 1) * Math.sin((y * 2 * Math.PI) / 3.05);
      const distance = Math.hypot(x - glareX, (y - glareY) * 1.6) / (width * 0.45);
      const light = glare * Math.exp(-distance * distance * 3);
      for (let k3 = 0; k3 < 3; k3++) {
        const value =
          (source.data[from + k3] as number) * (1 - fx) * (1 - fy) +
          (source.data[from + 3 + k3] as number) * fx * (1 - fy) +
          (source.data[from + source.width * 3 + k3] as number) * (1 - fx) * fy +
          (source.data[from + source.width * 3 + 3 + k3] as number) * fx * fy;
        const result = (18 + value * 0.9) * (tint[k3] as number) * (1 + strength * ripple) + light;
        out[at + k3] = result < 0 ? 0 : result > 255 ? 255 : result;
      }
    }
  }
  return close(open({ data: out, width, height }).blur(0.7));
};
